package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// TestReleaseIsStamped: the linker says nothing about a variable that is not there, so the names in .goreleaser.yaml are
// held to those here.
func TestReleaseIsStamped(t *testing.T) {
	config, err := os.ReadFile(filepath.Join("..", "..", ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]string{}
	for _, found := range regexp.MustCompile(`-X main\.(\w+)=({{ \.\w+ }})`).FindAllStringSubmatch(string(config), -1) {
		set[found[1]] = found[2]
	}
	// The values are those that main was linked with here: none.
	want := map[string]string{"version": version + "{{ .Version }}", "commit": commit + "{{ .FullCommit }}", "date": date + "{{ .CommitDate }}"}
	if !maps.Equal(set, want) {
		t.Errorf(".goreleaser.yaml sets %v, want %v", slices.Sorted(maps.Keys(set)), want)
	}
}
