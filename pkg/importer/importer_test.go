package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/importer"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

func settings() importer.Settings {
	return importer.Settings{
		Name: "example", Repository: "https://github.com/example/fleet.git", HubAccount: "777788889999",
		OIDCIssuer:  "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
		Environment: "prod", Branch: "main",
	}
}

// TestImport imports each folder of testdata. What comes out is generated and verified: it may have notes and warnings, as a
// cluster that runs has, and no error; in full, too.
func TestImport(t *testing.T) {
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("testdata/*/*")
	if err != nil {
		t.Fatal(err)
	}
	byFolder := map[string][]importer.File{}
	for _, name := range folders {
		if content, err := os.ReadFile(name); err == nil {
			dir := filepath.Base(filepath.Dir(name))
			byFolder[dir] = append(byFolder[dir], importer.File{Name: filepath.Base(name), Content: content})
		}
	}
	if len(byFolder) < 10 {
		t.Errorf("testdata has %d inputs, want 10", len(byFolder))
	}
	for dir, files := range byFolder {
		t.Run(dir, func(t *testing.T) {
			content, problems := importer.Fleet(files, settings())
			golden.Compare(t, filepath.Join("testdata", dir, "want"), map[string][]byte{"clusters.yaml": content, "notes.txt": []byte(text(t, problems))})
			verified(t, crds, content)
			verified(t, crds, []byte(strings.ReplaceAll(string(content), "mode: read-only", "mode: full")))
		})
	}
}

func text(t *testing.T, problems diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := problems.Print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// verified does what gen clusters and gen verify do.
func verified(t *testing.T, crds *schema.Set, source []byte) {
	t.Helper()
	fleet, problems := config.Load(layout.ClustersFile, source)
	if problems.HasErrors() {
		t.Fatal(text(t, problems))
	}
	made, err := generate.Tree(fleet, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{layout.ClustersFile: {Data: source}}
	for path, content := range golden.Files(made) {
		files[path] = &fstest.MapFile{Data: content}
	}
	tree, err := manifest.Load(files, crds)
	if err != nil {
		t.Fatal(err)
	}
	tree.Today = time.Date(2026, time.November, 21, 15, 0, 0, 0, time.UTC)
	for _, f := range verify.Run(tree, verify.Checks()) {
		if f.Severity == diag.Error {
			t.Errorf("%s: %v", f.Check, f.Problem)
		}
	}
}

// TestRefuses holds each archive of testdata to what is said of it, which is all that it gives.
func TestRefuses(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) < 10 {
		t.Fatal(err, len(archives))
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var files []importer.File
			want := &archive.Files[len(archive.Files)-1]
			for _, f := range archive.Files[:len(archive.Files)-1] {
				files = append(files, importer.File{Name: f.Name, Content: f.Data})
			}
			content, problems := importer.Fleet(files, settings())
			got := text(t, problems)
			if os.Getenv(golden.Update) != "" && os.Getenv("CI") == "" {
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(want.Data) {
				t.Errorf("says\n%s\nwant\n%s", got, want.Data)
			}
			if refused := strings.HasPrefix(string(archive.Comment), "Refused"); problems.HasErrors() != refused || (content == nil) != refused {
				t.Errorf("%d bytes of clusters.yaml", len(content))
			}
		})
	}
}
