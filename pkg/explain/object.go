package explain

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// ErrNoObject is a kind and name that gen does not make.
var ErrNoObject = errors.New("gen makes no such object")

// made is an object of the tree, and its file.
type made struct {
	kind, name, file string
}

// Object prints where an object such as Role/dev-1-external-dns is made: its file, the cluster, stage and component, and the
// fields of clusters.yaml that the component reads. tree is what gen makes of the fleet, source the bytes of clusters.yaml.
func Object(out io.Writer, tree *layout.Tree, source []byte, object string) error {
	kind, name, ok := strings.Cut(object, "/")
	if !ok {
		return fmt.Errorf("%w: %q: write it as KIND/NAME, such as Role/dev-1-node", ErrNoObject, object)
	}
	all := objects(tree)
	var found []made
	for _, o := range all {
		if strings.EqualFold(o.kind, kind) && o.name == name {
			found = append(found, o)
		}
	}
	if len(found) == 0 {
		return notMade(all, kind, name)
	}
	for i, o := range found {
		if i > 0 {
			fmt.Fprintln(out)
		}
		if err := o.print(out, source); err != nil {
			return err
		}
	}
	return nil
}

// objects are all objects of the tree, in the order of its files.
func objects(tree *layout.Tree) []made {
	var all []made
	for _, file := range tree.Paths() {
		content, _ := tree.Get(file)
		if path.Ext(file) != ".yaml" || path.Base(file) == "kustomization.yaml" {
			continue
		}
		for document := range bytes.SplitSeq(content, []byte("\n---\n")) {
			var head struct {
				Kind     string `json:"kind"`
				Metadata struct {
					Name string `json:"name"`
				} `json:"metadata"`
			}
			if err := yaml.Unmarshal(document, &head); err == nil && head.Kind != "" {
				all = append(all, made{head.Kind, head.Metadata.Name, file})
			}
		}
	}
	return all
}

// Objects are the names that Object takes, sorted.
func Objects(tree *layout.Tree) []string {
	var names []string
	for _, o := range objects(tree) {
		names = append(names, o.kind+"/"+o.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// notMade says what comes near.
func notMade(all []made, kind, name string) error {
	var names, kinds []string
	for _, o := range all {
		kinds = append(kinds, o.kind)
		if strings.EqualFold(o.kind, kind) {
			names = append(names, o.name)
		}
	}
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	near := diag.Nearest(name, names)
	switch {
	case len(names) == 0 && diag.Nearest(kind, kinds) != "":
		return fmt.Errorf("%w: %s/%s; did you mean the kind %s?", ErrNoObject, kind, name, diag.Nearest(kind, kinds))
	case len(names) == 0:
		return fmt.Errorf("%w: %s/%s; the kinds are %s", ErrNoObject, kind, name, strings.Join(kinds, ", "))
	case near != "":
		return fmt.Errorf("%w: %s/%s; did you mean %s?", ErrNoObject, kind, name, near)
	}
	return fmt.Errorf("%w: %s/%s", ErrNoObject, kind, name)
}

// print says about one object what its path says: clusters/<environment>/<cluster>/<stage>/<component>.yaml, or the same
// under flux/, where a release has a folder of its own.
func (o made) print(out io.Writer, source []byte) error {
	var b strings.Builder
	head(&b, "OBJECT:", o.kind+"/"+o.name)
	head(&b, "FILE:", o.file)
	environment, cluster, ofCluster := layout.ClusterOf(o.file)
	words := strings.Split(o.file, "/")
	if ofCluster && len(words) > 4 {
		head(&b, "CLUSTER:", cluster+" in the environment "+environment)
		head(&b, "STAGE:", words[3])
		component := strings.TrimSuffix(path.Base(o.file), ".yaml")
		if c := config.ComponentNamed(component); c.Name != "" {
			head(&b, "COMPONENT:", c.Name+": "+c.Doc)
		}
		o.fields(&b, source, cluster, component)
	}
	_, err := io.WriteString(out, b.String())
	return err //nolint:wrapcheck // of the caller's own writer
}

// fields are those of clusters.yaml that the component of an object is about.
func (o made) fields(b *strings.Builder, source []byte, cluster, component string) {
	roots := config.ComponentNamed(component).FieldPaths()
	values, _, _ := config.Effective(layout.ClustersFile, source, cluster)
	var lines []string
	for _, v := range values {
		if v.Line > 0 && slices.ContainsFunc(roots, func(root string) bool {
			return v.Path == root || strings.HasPrefix(v.Path, root+".") || strings.HasPrefix(v.Path, root+"[")
		}) {
			lines = append(lines, fmt.Sprintf("  %s:%d  %s: %s", layout.ClustersFile, v.Line, v.Path, v.Text))
		}
	}
	if len(lines) > 0 {
		b.WriteString("FROM:\n" + strings.Join(lines, "\n") + "\n")
	}
}
