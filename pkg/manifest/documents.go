package manifest

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A Document is a part of a file that an object comes from: the object itself, or a patch of it.
type Document struct {
	File            string
	kind, namespace string
	// name is a pattern where the document is a patch with a target.
	name *regexp.Regexp
	// Node is the object or the merge patch, or the list of operations.
	Node *yaml.Node
	// line and column are added to those of the node: a patch can stand inside of a kustomization.yaml.
	line, column int
	Patch        bool
}

// documents are those that kustomize reads for a folder, in the order in which they count: what comes later
// changes what came before.
func (f *Files) documents(dir string) []Document {
	var found []Document
	f.collect(dir, map[string]bool{}, &found)
	return found
}

func (f *Files) collect(dir string, seen map[string]bool, found *[]Document) {
	file := f.Kustomization(dir)
	if file == "" || seen[dir] {
		return
	}
	seen[dir] = true
	for _, node := range f.Nodes(file) {
		for _, key := range []string{"resources", "components"} {
			for _, item := range items(node, key) {
				f.entry(path.Join(dir, item.Value), seen, found)
			}
		}
		for _, item := range items(node, "patches") {
			f.patch(dir, file, item, found)
		}
	}
}

// entry follows one line of resources or components.
func (f *Files) entry(name string, seen map[string]bool, found *[]Document) {
	if _, ok := f.Content[name]; !ok {
		f.collect(name, seen, found)
		return
	}
	for _, node := range f.Nodes(name) {
		*found = append(*found, newDocument(name, node))
	}
}

// newDocument is an object, or a patch that says itself what it is for.
func newDocument(file string, node *yaml.Node) Document {
	return Document{
		File: file, Node: node, kind: Scalar(node, "kind"), namespace: Scalar(node, "metadata", "namespace"),
		name: exactly(regexp.QuoteMeta(Scalar(node, "metadata", "name"))),
	}
}

// patch adds one entry of patches: from a file or from the text itself.
func (f *Files) patch(dir, file string, item *yaml.Node, found *[]Document) {
	var list []Document
	if name := Scalar(item, "path"); name != "" {
		for _, node := range f.Nodes(path.Join(dir, name)) {
			list = append(list, newDocument(path.Join(dir, name), node))
		}
	} else if text := Child(item, "patch"); text != nil {
		line, column := f.inside(file, text)
		for _, node := range Parse([]byte(text.Value)) {
			d := newDocument(file, node)
			d.line, d.column = line, column
			list = append(list, d)
		}
	}
	target := Child(item, "target")
	for _, d := range list {
		d.Patch = true
		if target != nil {
			d.kind, d.namespace = Scalar(target, "kind"), Scalar(target, "namespace")
			d.name = exactly(OrElse(Scalar(target, "name"), ".*"))
		}
		*found = append(*found, d)
	}
}

// exactly compiles a pattern that has to fit the whole name, as kustomize does; a broken one fits nothing.
func exactly(pattern string) *regexp.Regexp {
	compiled, err := regexp.Compile("^(?:" + pattern + ")$")
	if err != nil {
		return regexp.MustCompile(`^\b$`)
	}
	return compiled
}

// inside is how far the text of a scalar is from the beginning of its file. The text of a block starts on the line
// below its mark, as far in as its first line that is not empty.
func (f *Files) inside(file string, text *yaml.Node) (line, column int) {
	if text.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		return text.Line - 1, text.Column - 1
	}
	lines := bytes.Split(f.Content[file], []byte("\n"))
	for _, l := range lines[min(text.Line, len(lines)):] {
		if trimmed := bytes.TrimLeft(l, " "); len(trimmed) > 0 {
			return text.Line, len(l) - len(trimmed)
		}
	}
	return text.Line, 0
}

// of reports whether the document is about an object.
func (d Document) of(o *Object) bool {
	same := func(a, b string) bool { return a == "" || b == "" || a == b }
	return same(d.kind, o.Kind().Kind) && same(d.namespace, o.Namespace()) && d.name.MatchString(o.Name())
}

// Operations are those of a JSON patch (RFC 6902), or nil.
func (d Document) Operations() []*yaml.Node {
	if d.Patch && d.Node.Kind == yaml.SequenceNode {
		return d.Node.Content
	}
	return nil
}

// pointer splits a JSON pointer (RFC 6901).
func pointer(text string) []string {
	keys := strings.Split(strings.TrimPrefix(text, "/"), "/")
	for i, key := range keys {
		keys[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
	}
	return keys
}
