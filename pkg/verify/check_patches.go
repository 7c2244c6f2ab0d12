package verify

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/resource"
)

// patchesCheck looks for patches that do more than they seem to.
func patchesCheck() Check {
	return Check{
		Name: "patches",
		Doc:  "No patch drops elements of a list that it only meant to add to, and none renames an object.",
		Why: "Kustomize knows how to merge lists of Kubernetes' own kinds only. A patch with a list of a custom kind, " +
			"such as the values of a release, replaces the whole list. A new name or namespace is not carried over to what " +
			"Flux, ACK and Karpenter refer to by name, and under prune it is delete and create.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, c := range t.changes {
				problems = append(problems, c.shortened()...)
				problems = append(problems, c.unprotected()...)
			}
			for _, b := range t.Builds {
				if b.patched {
					problems = append(problems, t.files.renames(b)...)
				}
			}
			return problems
		},
	}
}

// shortened are the lists of an object that a merge patch of the user replaces by one that leaves elements out.
func (c change) shortened() diag.List {
	var problems diag.List
	documents := slices.DeleteFunc(c.object.userDocuments(), func(d document) bool { return !d.patch || d.node.Kind != yaml.MappingNode })
	if len(documents) == 0 {
		return nil
	}
	walk(c.before, nil, func(keys []any, value any) {
		before, isList := value.([]any)
		names := keysOf(fieldOf(keys))
		if !isList || slices.ContainsFunc(keys, isInt) || !slices.ContainsFunc(documents, func(d document) bool { return d.sets(names) }) {
			return
		}
		after, _ := at(c.after, fieldOf(keys)).([]any)
		if gone := missing(before, after); len(gone) > 0 {
			problems = append(problems, warning(c.object.problem(fieldOf(keys), "a patch replaces the whole list, without "+strings.Join(gone, ", "),
				"repeat in the patch what shall stay, or add to the list with a JSON patch")))
		}
	})
	return problems
}

// unprotected are the guards against deletion that the user's components take from an object (Amazon EKS User Guide,
// "Protect EKS clusters from accidental deletion"; ACK, Deletion policy; Flux, Kustomization API: Prune).
func (c change) unprotected() diag.List {
	var problems diag.List
	for _, keys := range [][]any{
		{"spec", "deletionProtection"}, {"metadata", "annotations", "services.k8s.aws/deletion-policy"}, {"metadata", "annotations", resource.PruneAnnotation},
	} {
		before := at(c.before, fieldOf(keys))
		if before != nil && before != false && !reflect.DeepEqual(before, at(c.after, fieldOf(keys))) {
			problems = append(problems, warning(c.object.problem(fieldOf(keys), "a patch takes a guard against deletion away", "take the patch away, or protect: true in clusters.yaml if no guard is meant")))
		}
	}
	return problems
}

func isInt(key any) bool { _, ok := key.(int); return ok }

// sets tells whether a merge patch has a list at this place.
func (d document) sets(keys []string) bool {
	node := d.node
	for _, key := range keys {
		if node = child(node, key); node == nil {
			return false
		}
	}
	return node.Kind == yaml.SequenceNode
}

// missing are the elements of a list that another one does not have, by their names.
func missing(before, after []any) []string {
	var gone []string
	for _, item := range before {
		if !slices.ContainsFunc(after, func(other any) bool {
			return reflect.DeepEqual(item, other) || nameOf(item) != "" && nameOf(item) == nameOf(other)
		}) {
			gone = append(gone, describe(item))
		}
	}
	return gone
}

// nameOf is what an element of a list is known by: its name, its key, or the object that it refers to.
func nameOf(item any) string {
	fields, _ := item.(map[string]any)
	from, _ := fields["from"].(map[string]any)
	for _, name := range []string{field(fields, "name"), field(fields, "key"), field(fields, "id"), field(from, "name")} {
		if name != "" {
			return name
		}
	}
	return ""
}

func describe(item any) string {
	if name := nameOf(item); name != "" {
		return name
	}
	text, err := json.Marshal(item)
	if err != nil {
		return fmt.Sprint(item)
	}
	return strings.Trim(string(text), `"`)
}

// renames are what the user's components say that gives objects another name or namespace (kustomize, namePrefix,
// nameSuffix and namespace).
func (f *files) renames(b *Build) diag.List {
	var problems diag.List
	for _, file := range f.reached(b.Dir) {
		if !byUser(file) || !isKustomization(path.Base(file)) {
			continue
		}
		for _, node := range f.nodes(file) {
			for _, name := range []string{"namePrefix", "nameSuffix", "namespace"} {
				if key, value := step(node, name); value != nil && value.Value != "" {
					problems = append(problems, diag.Problem{
						File: file, Line: key.Line, Column: key.Column,
						Message: name + " renames every object of " + b.Dir + ", but nothing that refers to one",
						Hint:    "remove it, and give the objects of this folder their whole names",
					})
				}
			}
		}
	}
	for _, d := range b.documents() {
		for _, operation := range d.operations() {
			to := strings.TrimPrefix(scalar(operation, "path"), "/")
			if byUser(d.file) && (to == "metadata/name" || to == "metadata/namespace") {
				h := d.hit(operation, 0)
				problems = append(problems, diag.Problem{
					File: h.file, Line: h.line, Column: h.column,
					Message: "the patch gives an object another " + path.Base(to) + ", but nothing that refers to it",
					Hint:    "remove it; Flux would delete the object and make another",
				})
			}
		}
	}
	return problems
}
