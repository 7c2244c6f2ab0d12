package manifest

import (
	"path"
	"regexp"
	"slices"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// remote is something that kustomize would fetch for a folder. It is told and not fetched: a check that needs the
// network says something else tomorrow, and so does a delivery.
func (f *Files) remote(dir string) (diag.Problem, bool) {
	for _, file := range f.Reached(dir) {
		if !IsKustomization(path.Base(file)) {
			continue
		}
		for _, node := range f.Nodes(file) {
			if at := fetched(node); at != nil {
				return diag.Problem{
					File: file, Line: at.Line, Column: at.Column,
					Message: at.Value + " is not in this repository, so that it can change without a commit here",
					Hint:    "copy it into the folder; gen verify fetches nothing",
				}, true
			}
		}
	}
	return diag.Problem{}, false
}

// fetched is the first text of a kustomization.yaml that leads to another host (kustomize, Remote targets). What is a
// text of the objects themselves is passed over.
func fetched(node *yaml.Node) *yaml.Node {
	host := regexp.MustCompile(`^(\w+::)?(\w+://|git@|github\.com[/:])|\?ref=`)
	texts := []string{"patch", "literals", "labels", "commonLabels", "commonAnnotations", "annotations", "value", "helmCharts"}
	switch node.Kind {
	case yaml.ScalarNode:
		if host.MatchString(node.Value) {
			return node
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if slices.Contains(texts, node.Content[i].Value) {
				continue
			}
			if at := fetched(node.Content[i+1]); at != nil {
				return at
			}
		}
	case yaml.SequenceNode:
		for _, item := range node.Content {
			if at := fetched(item); at != nil {
				return at
			}
		}
	default:
	}
	return nil
}
