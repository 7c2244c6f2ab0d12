package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// explain turns an error of kustomize into a problem that names the file and the line. What it says itself is the
// last resort: it tells which folder led to which, twice, and seldom a line.
func (f *Files) explain(fault failure, owner *Object) diag.Problem {
	if owner != nil && !f.HasDir(fault.dir) {
		return owner.Problem("spec.path", "there is no folder "+fault.dir, "run gen clusters, or correct the path")
	}
	text := strings.NewReplacer(`\"`, `"`, `\n`, " ").Replace(fault.err.Error())
	text = strings.TrimPrefix(text, "kustomize build "+fault.dir+": ")
	for _, known := range []func(dir, text string) (diag.Problem, bool){f.badSyntax, f.missingFile, f.outside, f.unknownField, f.noTarget} {
		if p, ok := known(fault.dir, text); ok {
			return p
		}
	}
	return diag.Problem{
		File: OrElse(f.blamed(text, fault.dir), fault.dir), Message: lastClause(text),
		Hint: "kustomize build " + fault.dir + " shows the whole message",
	}
}

// badSyntax is the first file that kustomize reads for the folder and that is not YAML.
func (f *Files) badSyntax(dir, _ string) (diag.Problem, bool) {
	for _, name := range f.Reached(dir) {
		loader, err := yaml.NewLoader(bytes.NewReader(f.Content[name]))
		for err == nil {
			err = loader.Load(&yaml.Node{})
		}
		var load *yaml.LoadError
		if errors.Is(err, io.EOF) || !errors.As(err, &load) {
			continue
		}
		p := diag.Problem{File: name, Message: "not valid YAML: " + load.Message, Hint: "check the indentation, the brackets and the quotes here"}
		p.Line, p.Column = max(1, load.Mark.Line), max(1, load.Mark.Column)
		if line := mergeMark(f.Content[name]); line > 0 {
			p.Line, p.Column, p.Message = line, 1, "a merge has left both versions in the file"
			p.Hint = "keep what belongs there of the lines down to >>>>>>>, and remove the three lines with the marks"
		}
		if bytes.HasPrefix(f.Content[name], []byte(layout.Marker)) {
			p.Hint = "run gen clusters, which writes the file again"
		}
		return p, true
	}
	return diag.Problem{}, false
}

// mergeMark is the first line with a mark that Git leaves where it cannot merge; 0 if there is none (Git, git-merge, How
// conflicts are presented).
func mergeMark(content []byte) int {
	n := 0
	for line := range bytes.Lines(content) {
		n++
		if bytes.HasPrefix(line, []byte("<<<<<<< ")) {
			return n
		}
	}
	return 0
}

// Reached are the files that kustomize reads for a folder.
func (f *Files) Reached(dir string) []string {
	var names []string
	seen := map[string]bool{}
	var visit func(dir string)
	visit = func(dir string) {
		file := f.Kustomization(dir)
		if file == "" || seen[dir] {
			return
		}
		seen[dir] = true
		names = append(names, file)
		for _, node := range f.Nodes(file) {
			for _, item := range slices.Concat(items(node, "resources"), items(node, "components")) {
				visit(path.Join(dir, item.Value))
				names = append(names, path.Join(dir, item.Value))
			}
			for _, item := range items(node, "patches") {
				names = append(names, path.Join(dir, Scalar(item, "path")))
			}
		}
	}
	visit(dir)
	return slices.DeleteFunc(names, func(name string) bool { return f.Content[name] == nil })
}

// missingFile is a file or folder that a kustomization.yaml names and that is not there.
func (f *Files) missingFile(dir, _ string) (p diag.Problem, found bool) {
	f.named(dir, func(file string, item *yaml.Node) bool {
		name := path.Join(path.Dir(file), item.Value)
		found = f.Content[name] == nil && f.Kustomization(name) == "" && !strings.Contains(item.Value, "://")
		p = diag.Problem{File: file, Line: item.Line, Column: item.Column, Message: NoSuchFile(name), Hint: "add it, or correct the name"}
		if bytes.HasPrefix(f.Content[file], []byte(layout.Marker)) {
			p.Hint = "run gen clusters, which writes it"
		}
		return found
	})
	return p, found
}

// NoSuchFile is what the build says of a file that is named and is not there.
func NoSuchFile(name string) string { return "there is no " + name }

// outside is a file that stands neither in the folder of the kustomization.yaml that names it nor below.
func (f *Files) outside(dir, _ string) (p diag.Problem, found bool) {
	f.named(dir, func(file string, item *yaml.Node) bool {
		name := path.Join(path.Dir(file), item.Value)
		found = f.Content[name] != nil && !strings.HasPrefix(name, path.Dir(file)+"/")
		p = diag.Problem{
			File: file, Line: item.Line, Column: item.Column, Message: name + " is not in this folder, and kustomize reads files of other folders only if told to",
			Hint: "move it here, or make a component of its folder and name that",
		}
		return found
	})
	return p, found
}

// named visits the names of files and folders in every kustomization.yaml that is read for a folder, until one is found.
func (f *Files) named(dir string, found func(file string, item *yaml.Node) bool) {
	for _, file := range f.Reached(dir) {
		if !IsKustomization(path.Base(file)) {
			continue
		}
		for _, node := range f.Nodes(file) {
			names := slices.Concat(items(node, "resources"), items(node, "components"))
			for _, item := range items(node, "patches") {
				if name := Child(item, "path"); name != nil {
					names = append(names, name)
				}
			}
			if slices.ContainsFunc(names, func(item *yaml.Node) bool { return found(file, item) }) {
				return
			}
		}
	}
}

// unknownField is a field of a kustomization.yaml that kustomize does not have.
func (f *Files) unknownField(dir, text string) (diag.Problem, bool) {
	match := regexp.MustCompile(`unknown field "([^"]+)"`).FindStringSubmatch(text)
	if match == nil {
		return diag.Problem{}, false
	}
	for _, file := range f.Reached(dir) {
		for _, node := range f.Nodes(file) {
			if key, value := Step(node, match[1]); value != nil && IsKustomization(path.Base(file)) {
				p := diag.Problem{File: file, Line: key.Line, Column: key.Column, Message: fmt.Sprintf("kustomize has no field %q", match[1]), Hint: "remove it"}
				if near := diag.Nearest(match[1], []string{"components", "labels", "namespace", "patches", "resources", "replacements"}); near != "" {
					p.Hint = "did you mean " + near + "?"
				}
				return p, true
			}
		}
	}
	return diag.Problem{}, false
}

// noTarget is a patch of an object that the folder does not have.
func (f *Files) noTarget(dir, text string) (diag.Problem, bool) {
	match := regexp.MustCompile(`no matches for Id (\w+)\.[^/]*/([^.\s]+)\.`).FindStringSubmatch(text)
	if match == nil {
		return diag.Problem{}, false
	}
	for _, d := range f.documents(dir) {
		if d.Patch && d.kind == match[1] && d.name.MatchString(match[2]) {
			at := d.Hit(d.Node, 0)
			p := diag.Problem{File: at.File, Line: at.Line, Column: at.Column, Message: "there is no " + match[1] + " " + match[2] + " here to be patched"}
			p.Hint = "correct name or namespace; " + dir + " has " + OrElse(strings.Join(f.namesIn(dir, d.kind), ", "), "no "+d.kind)
			return p, true
		}
	}
	return diag.Problem{}, false
}

// namesIn are the objects of a kind that a folder has.
func (f *Files) namesIn(dir, kind string) []string {
	var names []string
	for _, d := range f.documents(dir) {
		if !d.Patch && d.kind == kind {
			names = append(names, Label(kind, d.namespace, Scalar(d.Node, "metadata", "name")))
		}
	}
	return names
}

// blamed is the last file or folder of the tree that a message names.
func (f *Files) blamed(text, dir string) string {
	found := f.Kustomization(dir)
	for _, word := range regexp.MustCompile(`[\w./-]+`).FindAllString(text, -1) {
		name := strings.Trim(strings.TrimPrefix(word, "/"), ".")
		if _, ok := f.Content[name]; ok {
			found = name
		} else if file := f.Kustomization(name); file != "" {
			found = file
		}
	}
	return found
}

// lastClause is what a chain of errors ends with, on one line.
func lastClause(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, marker := range []string{"accumulating components: ", "accumulating resources: ", "accumulation err='", "recursed accumulation of path "} {
		if i := strings.LastIndex(text, marker); i >= 0 {
			text = text[i+len(marker):]
		}
	}
	return strings.TrimRight(text, `"'`)
}
