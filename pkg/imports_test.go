package pkg_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "eks-auto-gitops/"

// order lists the packages as data flows through them. A package may import only what stands above its own line,
// so packages on one line never import each other. "x/*" is every package below x; the first line that fits counts.
var order = [][]string{
	{"pkg/diag", "pkg/schema", "pkg/render", "pkg/revision"},
	{"pkg/policy", "pkg/readfile", "pkg/instance", "pkg/charts"},
	{"pkg/resource"},
	{"templates"},
	{"pkg/config"},
	{"pkg/ack/apis/*", "pkg/iam", "pkg/teardown", "pkg/cost"},
	{"pkg/ack"},
	{"pkg/ack/*", "pkg/flux", "pkg/karpenter"},
	{"pkg/component"},
	{"pkg/component/*"},
	{"pkg/catalog"},
	{"pkg/layout"},
	{"pkg/generate"},
	{"pkg/manifest", "pkg/output", "pkg/ci", "pkg/hub"},
	{"pkg/verify/check"},
	{"pkg/verify/check/*"},
	{"pkg/verify"},
	{"pkg/diff/change"},
	{"pkg/diff/effect"},
	{"pkg/diff/danger"},
	{"pkg/diff", "pkg/diff/report"},
	{"pkg/start", "pkg/list", "pkg/explain", "pkg/edit", "pkg/graph", "pkg/upgrade", "pkg/importer", "pkg/status"},
	{"pkg/cli"},
	{"cmd/gen"},
}

// TestImportDirection reads the files itself, rather than ask go list, so that a cached result is never out of date.
func TestImportDirection(t *testing.T) {
	imports := readImports(t, "..")
	if len(imports) == 0 {
		t.Fatal("found no packages of this module")
	}
	for from, targets := range imports {
		if isTestHelp(from) {
			continue
		}
		if rank(from) < 0 {
			t.Errorf("%s is not in the list: add it to order in pkg/imports_test.go and to docs/architecture.md, where its data comes from above it", from)
			continue
		}
		for to, file := range targets {
			if why := refuse(from, to); why != "" {
				t.Errorf("%s: %s imports %s: %s", file, from, to, why)
			}
		}
	}
}

func TestRefuse(t *testing.T) {
	for _, tc := range []struct {
		from, to string
		allowed  bool
	}{
		{"pkg/config", "pkg/diag", true},
		{"pkg/diag", "pkg/config", false},
		{"pkg/ack/eks", "pkg/ack/apis/eks/v1alpha1", true},
		{"pkg/ack/eks", "pkg/ack", true},
		{"pkg/ack/eks", "pkg/iam", true},
		{"pkg/ack/eks", "pkg/ack/ec2", false},
		{"pkg/iam", "pkg/ack/iam", false},
		{"pkg/iam", "pkg/ack/apis/eks/v1alpha1", false},
		{"pkg/flux", "pkg/iam", false},
		{"pkg/flux", "pkg/ack", true},
		{"pkg/flux", "pkg/ack/eks", false},
		{"pkg/flux", "pkg/karpenter", false},
		{"pkg/component/dns", "pkg/component", true},
		{"pkg/component/dns", "pkg/component/network", false},
		{"pkg/generate", "pkg/layout", true},
		{"pkg/output", "pkg/layout", true},
		{"pkg/output", "pkg/verify", false},
		{"pkg/verify", "pkg/manifest", true},
		{"pkg/manifest", "pkg/verify", false},
		{"pkg/verify", "pkg/verify/check/iam", true},
		{"pkg/verify/check/iam", "pkg/verify/check", true},
		{"pkg/verify/check/iam", "pkg/verify/check/hub", false},
		{"pkg/verify/check/iam", "pkg/verify", false},
		{"pkg/verify/check", "pkg/verify/check/iam", false},
		{"pkg/diff", "pkg/diff/effect", true},
		{"pkg/diff/danger", "pkg/diff/effect", true},
		{"pkg/diff/report", "pkg/diff/danger", true},
		{"pkg/diff/change", "pkg/diff/effect", false},
		{"pkg/diff/effect", "pkg/diff/danger", false},
		{"pkg/diff/danger", "pkg/diff/report", false},
		{"pkg/diff/effect", "pkg/diff", false},
		{"pkg/diff", "pkg/diff/report", false},
		{"pkg/diff/effect", "pkg/verify", false},
		{"pkg/cli", "internal/golden", false},
		{"pkg/cli", "pkg/unheard", false},
	} {
		if why := refuse(tc.from, tc.to); (why == "") != tc.allowed {
			t.Errorf("%s imports %s: want allowed %v, got %q", tc.from, tc.to, tc.allowed, why)
		}
	}
}

// refuse says why from may not import to, or nothing if it may.
func refuse(from, to string) string {
	// pkg/ack itself is allowed: it has the names of the annotations that ACK reads from namespaces.
	toAWS := strings.HasPrefix(to, "pkg/ack/") || to == "pkg/iam"
	switch {
	case strings.HasPrefix(to, "internal/"):
		return "internal packages are for tests"
	case rank(to) < 0:
		return "which is not in the list"
	case rank(to) == rank(from):
		return "which stands beside it"
	case rank(to) > rank(from):
		return "which stands below it"
	case isIn(from, "pkg/diff") && isIn(to, "pkg/verify"):
		return "which is for something else: what both need is in pkg/manifest"
	case toAWS && (from == "pkg/flux" || from == "pkg/karpenter"):
		return "which makes AWS objects, and this one does not"
	}
	return ""
}

// isIn reports whether a package is one, or in one of its rooms.
func isIn(pkg, house string) bool { return pkg == house || strings.HasPrefix(pkg, house+"/") }

// isTestHelp reports whether a package is for tests or for measuring, and so may import all others.
func isTestHelp(pkg string) bool { return strings.HasPrefix(pkg, "internal/") }

// rank is the line of a package in order, or -1.
func rank(pkg string) int {
	return slices.IndexFunc(order, func(line []string) bool {
		return slices.ContainsFunc(line, func(name string) bool {
			parent, isFamily := strings.CutSuffix(name, "*")
			return name == pkg || isFamily && strings.HasPrefix(pkg, parent)
		})
	})
}

// readImports returns, for each package with code that is not a test, the packages of this module
// that it imports, each with the file that does.
func readImports(t *testing.T, root string) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipDir(root, path)
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg = filepath.ToSlash(pkg)
		if found[pkg] == nil {
			found[pkg] = map[string]string{}
		}
		return addImports(found[pkg], path)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// addImports adds what one file imports from this module.
func addImports(targets map[string]string, path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if own, ok := strings.CutPrefix(name, module); ok {
			targets[own] = filepath.ToSlash(path)
		}
	}
	return nil
}

// skipDir leaves out what the go command leaves out: other modules, testdata and hidden folders.
func skipDir(root, path string) error {
	if path == root {
		return nil
	}
	name := filepath.Base(path)
	if name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}
