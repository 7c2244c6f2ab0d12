package pkg_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
)

// TestLinks: every link of a page to another file, or to a heading, leads somewhere.
func TestLinks(t *testing.T) {
	root := golden.Root(t)
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) < 10 {
		t.Fatalf("only %d pages are found: %v", len(pages), err)
	}
	pages = append(pages, filepath.Join(root, "README.md"), filepath.Join(root, "CONTRIBUTING.md"), filepath.Join(root, "hub", "README.md"))
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	seen := 0
	for _, page := range pages {
		for _, match := range link.FindAllStringSubmatch(read(t, "", page), -1) {
			file, heading, _ := strings.Cut(match[1], "#")
			if strings.Contains(file, "://") {
				continue
			}
			seen++
			target := page
			if file != "" {
				target = filepath.Join(filepath.Dir(page), file)
			}
			if _, err := os.Stat(target); errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: there is no file %s", filepath.Base(page), match[1])
			} else if heading != "" && !headings(read(t, "", target))[heading] {
				t.Errorf("%s: %s has no such heading", filepath.Base(page), match[1])
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d links are seen", seen)
	}
}

// headings are those of a page, as links name them (GitHub Docs, Basic writing and formatting syntax, Section links).
func headings(page string) map[string]bool {
	all := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(match[1]), "")
		all[strings.ReplaceAll(name, " ", "-")] = true
	}
	return all
}
