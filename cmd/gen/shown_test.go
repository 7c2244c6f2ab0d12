package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"eks-auto-gitops/pkg/cli"
)

// TestShown runs what the pages show: a block that says console has commands of gen behind "$ " and what they print. The quick
// start of the README begins with its first block that says yaml; each block of the tutorial stands where its own commands have led,
// which is for TestScripts.
func TestShown(t *testing.T) {
	page := read(t, "README.md")
	_, rest, _ := strings.Cut(page, "```yaml\n")
	clusters, rest, _ := strings.Cut(rest, "```")
	_, rest, _ = strings.Cut(rest, "```console\n")
	shown, _, _ := strings.Cut(rest, "```")
	t.Chdir(t.TempDir())
	write(t, clusters)
	if got := converse(t, shown); got != shown {
		t.Errorf("the quick start shows\n%s\nand gen prints\n%s", shown, got)
	}

	_, rest, _ = strings.Cut(page, "Errors are reported")
	_, rest, _ = strings.Cut(rest, "```\n")
	wrong, _, _ := strings.Cut(rest, "```")
	write(t, strings.Replace(clusters, "dev-1,  environment", "dev-1,  "+strings.Replace("environment", "nment", "ment", 1), 1))
	if got := converse(t, "$ gen clusters\n"); got != "$ gen clusters\n"+wrong {
		t.Errorf("the README shows\n%s\nand gen prints\n%s", wrong, got)
	}
}

// TestPicture: the picture that the README shows is there and no burden for those who clone.
func TestPicture(t *testing.T) {
	if !strings.Contains(read(t, "README.md"), "](docs/review.png)") {
		t.Error("the README does not show docs/review.png")
	}
	if picture := read(t, "docs/review.png"); len(picture) > 200_000 || !strings.HasPrefix(picture, "\x89PNG") {
		t.Errorf("docs/review.png is no PNG, or larger than 200,000 bytes: %d", len(picture))
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, clusters string) {
	t.Helper()
	if err := os.MkdirAll("clusters", 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("clusters/clusters.yaml", []byte(clusters), 0o600); err != nil {
		t.Fatal(err)
	}
}

// converse runs the commands of a console and returns it with what they print now.
func converse(t *testing.T, console string) string {
	t.Helper()
	var now bytes.Buffer
	for line := range strings.Lines(console) {
		if words, ok := strings.CutPrefix(line, "$ gen "); ok {
			now.WriteString(line)
			cli.Main(t.Context(), append([]string{"gen"}, strings.Fields(words)...), cli.Streams{
				In: strings.NewReader(""), Out: &now, Err: &now, Getenv: func(string) string { return "" },
				Now: func() time.Time { return time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC) },
			})
		}
	}
	return now.String()
}
