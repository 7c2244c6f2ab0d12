// Package house measures the code: how large packages, files and functions are, and how many references between the
// files of a package point back.
package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A pkg is what go list says of a package.
type pkg struct {
	Dir, ImportPath, Export string
	GoFiles                 []string
	Module                  *struct{ Main bool }
}

// A room is a package as it was measured.
type room struct {
	name string
	// files and functions are numbers of lines, references those from one file of the package to another.
	files, functions []int
	references       map[[2]string]bool
}

// mostBack is how many references of a hundred may point back: where there are more, a package is a heap, in which nothing can
// be read without all the rest.
const mostBack = 14

// TestHouse prints the house, and holds packages to what CONTRIBUTING says of sizes.
func TestHouse(t *testing.T) {
	listed := list(t)
	all := room{}
	references, back := 0, 0
	t.Logf("%-32s %6s %6s %6s %6s", "package", "files", "lines", "refs", "back")
	for _, path := range slices.Sorted(maps.Keys(listed)) {
		p := listed[path]
		if p.Module == nil || !p.Module.Main || !strings.Contains(p.ImportPath, "/pkg/") {
			continue
		}
		r := measure(t, p, listed)
		n := pointBack(r.references)
		t.Logf("%-32s %6d %6d %6d %6d", r.name, len(r.files), sum(r.files), len(r.references), n)
		all.files, all.functions = append(all.files, r.files...), append(all.functions, r.functions...)
		references, back = references+len(r.references), back+n
	}
	if len(all.files) == 0 {
		t.Fatal("found no packages of this module")
	}
	t.Logf("%d files, p50 %d lines; %d functions, p50 %d, p90 %d lines; %d references, %d back",
		len(all.files), at(all.files, 50), len(all.functions), at(all.functions, 50), at(all.functions, 90), references, back)
	if half, longest := at(all.files, 50), at(all.files, 100); half >= 120 || longest > 400 {
		t.Errorf("files: half have more than %d lines, the longest %d", half, longest)
	}
	if half, longest := at(all.functions, 50), at(all.functions, 100); half >= 12 || longest > 80 {
		t.Errorf("functions: half have more than %d lines, the longest %d", half, longest)
	}
	if back*100 > references*mostBack {
		t.Errorf("%d of %d references between files point back", back, references)
	}
}

// list has the packages of this module and what they import, compiled.
func list(t *testing.T) map[string]pkg {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-json=Dir,ImportPath,Export,GoFiles,Module", "./pkg/...")
	command.Dir = "../.."
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]pkg{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); err == io.EOF {
			return listed
		} else if err != nil {
			t.Fatal(err)
		}
		listed[p.ImportPath] = p
	}
}

// measure reads a package. Generated files are left out: nobody reads them.
func measure(t *testing.T, p pkg, listed map[string]pkg) room {
	t.Helper()
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(set, filepath.Join(p.Dir, name), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !ast.IsGenerated(file) {
			files = append(files, file)
		}
	}
	_, name, _ := strings.Cut(p.ImportPath, "/")
	r := room{name: name, references: map[[2]string]bool{}}
	for _, file := range files {
		r.files = append(r.files, set.Position(file.FileEnd).Line)
		for _, declaration := range file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok {
				r.functions = append(r.functions, set.Position(f.End()).Line-set.Position(f.Pos()).Line+1)
			}
		}
	}
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	lookup := func(path string) (io.ReadCloser, error) { return os.Open(listed[path].Export) }
	config := types.Config{Importer: importer.ForCompiler(set, "gc", lookup), Error: func(error) {}} // what is generated is missing, so it always fails
	checked, _ := config.Check(p.ImportPath, set, files, &info)
	for id, object := range info.Uses {
		if object.Pkg() == checked && object.Pos().IsValid() {
			from, to := set.Position(id.Pos()).Filename, set.Position(object.Pos()).Filename
			if from != to && isGlobal(checked, object) {
				r.references[[2]string{from, to}] = true
			}
		}
	}
	return r
}

// isGlobal reports whether an object is one of the package: fields come with their type.
func isGlobal(in *types.Package, object types.Object) bool {
	_, isFunction := object.(*types.Func)
	return isFunction || object.Parent() == in.Scope()
}

// pointBack is how many references point back where files are in the order in which the fewest do, as far as a simple search
// finds it: files that use nothing come last, files that nothing uses first, and of the others the one that uses most and is
// used least (Eades, Lin and Smyth, A fast and effective heuristic for the feedback arc set problem).
func pointBack(references map[[2]string]bool) int {
	left := map[string]bool{}
	for r := range references {
		left[r[0]], left[r[1]] = true, true
	}
	var first, last []string
	for len(left) > 0 {
		best, most, isSink := "", 0, false
		for file := range left {
			uses, used := 0, 0
			for r := range references {
				if left[r[0]] && left[r[1]] {
					uses, used = uses+count(r[0] == file), used+count(r[1] == file)
				}
			}
			weight := uses - used
			if uses == 0 {
				weight = 1 << 20
			}
			if best == "" || weight > most || weight == most && file < best {
				best, most, isSink = file, weight, uses == 0
			}
		}
		delete(left, best)
		if isSink {
			last = append(last, best)
		} else {
			first = append(first, best)
		}
	}
	slices.Reverse(last)
	place := map[string]int{}
	for i, file := range append(first, last...) {
		place[file] = i
	}
	back := 0
	for r := range references {
		back += count(place[r[0]] > place[r[1]])
	}
	return back
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func sum(numbers []int) int {
	all := 0
	for _, n := range numbers {
		all += n
	}
	return all
}

// at is the number that so many of a hundred are not above.
func at(numbers []int, percent int) int {
	sorted := slices.Sorted(slices.Values(numbers))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

// TestPointBack: a circle has one reference back, a chain none.
func TestPointBack(t *testing.T) {
	for want, pairs := range map[int][][2]string{
		0: {{"a", "b"}, {"b", "c"}, {"a", "c"}},
		1: {{"a", "b"}, {"b", "c"}, {"c", "a"}},
		2: {{"a", "b"}, {"b", "a"}, {"c", "d"}, {"d", "c"}},
	} {
		references := map[[2]string]bool{}
		for _, pair := range pairs {
			references[pair] = true
		}
		if got := pointBack(references); got != want {
			t.Error(fmt.Sprint(pairs), "point back", got, "times, not", want)
		}
	}
}
