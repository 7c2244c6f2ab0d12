// Package patches has the checks of what users change in generated objects.
package patches

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/resource"
	"eks-auto-gitops/pkg/verify/check"
)

// PatchCheck looks for patches that do more than they seem to.
func PatchCheck() check.Check {
	return check.Check{
		Name: "patches",
		Doc:  "No patch drops elements of a list that it was meant only to add to, and none renames an object.",
		Why: "Kustomize can merge lists only in Kubernetes' built-in kinds. A patch with a list in a custom resource, " +
			"such as the values of a release, replaces the whole list. A new name or namespace is not carried over to the references of " +
			"Flux, ACK and Karpenter, and with prune it means delete and create.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, c := range t.Changes {
				problems = append(problems, shortened(c)...)
				problems = append(problems, unprotected(c)...)
			}
			for _, b := range t.Builds {
				if b.Patched {
					problems = append(problems, renames(t.Files, b)...)
				}
			}
			return problems
		},
	}
}

// shortened are the lists of an object that a merge patch of the user replaces by one that leaves elements out.
func shortened(c manifest.Change) diag.List {
	var problems diag.List
	documents := slices.DeleteFunc(c.Object.UserDocuments(), func(d manifest.Document) bool { return !d.Patch || d.Node.Kind != yaml.MappingNode })
	if len(documents) == 0 {
		return nil
	}
	manifest.Walk(c.Before, nil, func(keys []any, value any) {
		before, isList := value.([]any)
		names := manifest.KeysOf(manifest.FieldOf(keys))
		if !isList || slices.ContainsFunc(keys, isInt) || !slices.ContainsFunc(documents, func(d manifest.Document) bool { return sets(d, names) }) {
			return
		}
		after, _ := manifest.At(c.After, manifest.FieldOf(keys)).([]any)
		if gone := missing(before, after); len(gone) > 0 {
			problems = append(problems, check.Warning(c.Object.Problem(manifest.FieldOf(keys), "a patch replaces the whole list, without "+strings.Join(gone, ", "),
				"repeat in the patch what shall stay, or add to the list with a JSON patch")))
		}
	})
	return problems
}

// unprotected are the guards against deletion that the user's components take from an object (Amazon EKS User Guide,
// "Protect EKS clusters from accidental deletion"; ACK, Deletion policy; Flux, Kustomization API: Prune).
func unprotected(c manifest.Change) diag.List {
	var problems diag.List
	for _, keys := range [][]any{
		{"spec", "deletionProtection"}, {"metadata", "annotations", "services.k8s.aws/deletion-policy"}, {"metadata", "annotations", resource.PruneAnnotation},
	} {
		before := manifest.At(c.Before, manifest.FieldOf(keys))
		if before != nil && before != false && !reflect.DeepEqual(before, manifest.At(c.After, manifest.FieldOf(keys))) {
			problems = append(problems, check.Warning(c.Object.Problem(manifest.FieldOf(keys), "a patch takes a guard against deletion away", "take the patch away, or protect: true in clusters.yaml if no guard is meant")))
		}
	}
	return problems
}

func isInt(key any) bool { _, ok := key.(int); return ok }

// sets reports whether a merge patch has a list at this place.
func sets(d manifest.Document, keys []string) bool {
	node := d.Node
	for _, key := range keys {
		if node = manifest.Child(node, key); node == nil {
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
	for _, name := range []string{manifest.Field(fields, "name"), manifest.Field(fields, "key"), manifest.Field(fields, "id"), manifest.Field(from, "name")} {
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
func renames(f *manifest.Files, b *manifest.Build) diag.List {
	var problems diag.List
	for _, file := range f.Reached(b.Dir) {
		if !manifest.ByUser(file) || !manifest.IsKustomization(path.Base(file)) {
			continue
		}
		for _, node := range f.Nodes(file) {
			for _, name := range []string{"namePrefix", "nameSuffix", "namespace"} {
				if key, value := manifest.Step(node, name); value != nil && value.Value != "" {
					problems = append(problems, diag.Problem{
						File: file, Line: key.Line, Column: key.Column,
						Message: name + " renames every object of " + b.Dir + ", but nothing that refers to one",
						Hint:    "remove it, and give the objects of this folder their whole names",
					})
				}
			}
		}
	}
	for _, d := range b.Documents() {
		for _, operation := range d.Operations() {
			to := strings.TrimPrefix(manifest.Scalar(operation, "path"), "/")
			if manifest.ByUser(d.File) && (to == "metadata/name" || to == "metadata/namespace") {
				h := d.Hit(operation, 0)
				problems = append(problems, diag.Problem{
					File: h.File, Line: h.Line, Column: h.Column,
					Message: "the patch gives an object another " + path.Base(to) + ", but nothing that refers to it",
					Hint:    "remove it; Flux would delete the object and make another",
				})
			}
		}
	}
	return problems
}
