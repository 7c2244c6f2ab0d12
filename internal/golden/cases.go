package golden

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
)

// A Case is a folder below testdata/golden: a clusters.yaml, the user's patches, and the tree it must give.
type Case struct {
	// Name is the folder's name, Dir the way to it from the working directory.
	Name, Dir string
	// File is the way from Dir to its clusters.yaml.
	File string
}

// Shipped is the fleet of this repository: its tree stands where gen clusters writes it.
func Shipped(t *testing.T) Case {
	t.Helper()
	return Case{Name: "shipped", Dir: Root(t), File: filepath.FromSlash(layout.ClustersFile)}
}

// WithShipped lists the golden cases and the fleet of this repository.
func WithShipped(t *testing.T) []Case {
	t.Helper()
	return append(Cases(t), Shipped(t))
}

// Root is the way from the working directory of a test to the root of the module.
func Root(t *testing.T) string {
	t.Helper()
	for root := "."; ; root = filepath.Join("..", root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return root
		}
		if path, err := filepath.Abs(root); err != nil || path == filepath.Dir(path) {
			t.Fatalf("there is no go.mod above the test: %v", err)
		}
	}
}

// Cases lists the golden cases.
func Cases(t *testing.T) []Case {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(Root(t), "testdata", "golden", "*", "clusters.yaml"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("there are no golden cases in testdata/golden: %v", err)
	}
	cases := make([]Case, 0, len(dirs))
	for _, file := range dirs {
		dir := filepath.Dir(file)
		cases = append(cases, Case{Name: filepath.Base(dir), Dir: dir, File: "clusters.yaml"})
	}
	return cases
}

// Source returns the bytes of the case's clusters.yaml.
func (c Case) Source(t *testing.T) []byte {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(c.Dir, c.File))
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// Fleet loads clusters.yaml.
func (c Case) Fleet(t *testing.T) *config.Fleet {
	t.Helper()
	fleet, problems := config.Load(layout.ClustersFile, c.Source(t))
	if problems.HasErrors() {
		var text strings.Builder
		_ = problems.Print(&text)
		t.Fatalf("gen does not take %s any more; change the case, or what gen takes:\n%s", filepath.Join(c.Dir, c.File), &text)
	}
	return fleet
}

// Tree generates the tree, with the case's patches.
func (c Case) Tree(t *testing.T) *layout.Tree {
	t.Helper()
	fleet := c.Fleet(t)
	patches, problems, err := generate.FindPatches(os.DirFS(c.Dir), fleet)
	if err != nil || len(problems) > 0 {
		t.Fatalf("case %s: patches: %v %v", c.Name, problems, err)
	}
	tree, err := generate.Tree(fleet, generate.Options{Patches: patches})
	if err != nil {
		t.Fatalf("case %s: %v", c.Name, err)
	}
	return tree
}

// Files returns what the tree holds. The JSON Schema is left out: it is the same in every case, and
// pkg/config keeps it.
func Files(tree *layout.Tree) map[string][]byte {
	files := map[string][]byte{}
	for _, path := range tree.Paths() {
		if content, _ := tree.Get(path); path != layout.SchemaFile {
			files[path] = content
		}
	}
	return files
}

// Build runs plain kustomize build, with its default restrictions, over every directory of the case's tree
// that has a kustomization.yaml. The result is YAML by directory.
func (c Case) Build(t *testing.T, tree *layout.Tree) map[string][]byte {
	t.Helper()
	files := Files(tree)
	for path, content := range read(t, filepath.Join(c.Dir, "patches")) {
		files["patches/"+path] = content
	}
	disk := filesys.MakeFsInMemory()
	for path, content := range files {
		if err := disk.WriteFile("/"+path, bytes.Clone(content)); err != nil {
			t.Fatal(err)
		}
	}
	built := map[string][]byte{}
	for path := range files {
		dir, ok := strings.CutSuffix(path, "/kustomization.yaml")
		if !ok || strings.HasPrefix(path, "patches/") {
			continue
		}
		objects, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(disk, "/"+dir)
		if err == nil {
			built[dir], err = objects.AsYaml()
		}
		if err != nil {
			t.Errorf("case %s: kustomize build %s: %v", c.Name, dir, err)
		}
	}
	return built
}
