package verify_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
)

// clusterOf is a fleet with one cluster that has the given fields, and a network if it says none.
func clusterOf(fields string) string {
	head, _, _ := strings.Cut(fleetOfRecipes, "    network:")
	if !strings.Contains("\n"+fields, "\nnetwork:") {
		fields += "network: {cidr: 10.10.0.0/16}\n"
	}
	return head + indented(fields)
}

// TestPublic: what public repositories say of clusters of EKS Auto Mode can be said here, and nothing is wrong with what it
// gives; or it is refused with the words that the first line has. Each file has the fields of a cluster.
func TestPublic(t *testing.T) {
	want := regexp.MustCompile(`^# want: (.+)`)
	for dir, atLeast := range map[string]int{"direct": 17, "refused": 11} {
		files, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "public", dir, "*.yaml"))
		if err != nil || len(files) < atLeast {
			t.Fatalf("there are only %d files that are %s: %v", len(files), dir, err)
		}
		for _, file := range files {
			t.Run(dir+"/"+filepath.Base(file), func(t *testing.T) {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if match := want.FindSubmatch(content); dir == "refused" && match != nil {
					refused(t, clusterOf(string(content)), string(match[1]))
				} else if dir == "refused" {
					t.Error("the first line must be: # want: what gen says")
				} else {
					sound(t, clusterOf(string(content)))
				}
			})
		}
	}
}

// TestPage: every block of docs/clusters.md is taken as it is, and nothing is wrong with what it gives.
func TestPage(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "clusters.md"))
	if err != nil {
		t.Fatal(err)
	}
	sections := strings.Split(string(content), "\n## ")[1:]
	if len(sections) < 12 {
		t.Errorf("the page has %d sections", len(sections))
	}
	for _, section := range sections {
		heading, text, _ := strings.Cut(section, "\n")
		_, block, _ := strings.Cut(text, "```yaml\n")
		block, _, _ = strings.Cut(block, "```")
		if block == "" && heading != "Not supported" {
			t.Errorf("%s has no block", heading)
		}
		if block != "" {
			t.Run(heading, func(t *testing.T) { sound(t, clusterOf(block)) })
		}
	}
}

// refused wants words among what the loader says.
func refused(t *testing.T, source, words string) {
	t.Helper()
	_, problems := config.Load("clusters/clusters.yaml", []byte(source))
	var text strings.Builder
	if err := problems.Print(&text); err != nil {
		t.Fatal(err)
	}
	if !problems.HasErrors() || !strings.Contains(text.String(), words) {
		t.Errorf("want %q, got\n%s", words, &text)
	}
}

// sound wants that neither the loader nor gen verify says anything.
func sound(t *testing.T, source string) {
	t.Helper()
	fleet, problems := config.Load("clusters/clusters.yaml", []byte(source))
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, source)
	}
	tree, err := generate.Tree(fleet, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"clusters/clusters.yaml": {Data: []byte(source)}}
	for name, content := range golden.Files(tree) {
		files[name] = &fstest.MapFile{Data: content}
	}
	if text := told(t, files, embedded(t)); text != "" {
		t.Error(text)
	}
}
