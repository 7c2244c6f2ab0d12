package manifest

import (
	"bytes"
	"slices"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// InClusters moves a problem from a generated file to the line of clusters.yaml that the file comes from, which is the one to change:
// the field of the cluster that keys lead to, as far as it is there, or the same field of its environment or of the defaults. What is in
// a file of people stays where it is.
func (t *Tree) InClusters(p diag.Problem, keys ...string) diag.Problem {
	if !bytes.HasPrefix(t.Files.Content[p.File], []byte(layout.Marker)) || t.Fleet() == nil {
		return p
	}
	var best *yaml.Node
	depth := -1
	for _, node := range t.origins(p.Cluster) {
		at, _, n := descend(node, keys)
		if n == 0 && best != nil {
			continue
		}
		if n == 0 {
			at = orNode(Child(node, "name"), at)
		}
		if n > depth {
			best, depth = at, n
		}
	}
	if best != nil {
		p.File, p.Line, p.Column = layout.ClustersFile, best.Line, best.Column
	}
	return p
}

// origins are what is said of a cluster in clusters.yaml, itself first.
func (t *Tree) origins(cluster string) []*yaml.Node {
	var found []*yaml.Node
	for _, node := range t.Files.Nodes(layout.ClustersFile) {
		clusters := items(node, "clusters")
		i := slices.IndexFunc(clusters, func(item *yaml.Node) bool { return Scalar(item, "name") == cluster })
		if i < 0 {
			continue
		}
		found = append(found, clusters[i])
		for _, item := range items(node, "environments") {
			if Scalar(item, "name") == Scalar(clusters[i], "environment") {
				found = append(found, item)
			}
		}
		if defaults := Child(node, "defaults"); defaults != nil {
			found = append(found, defaults)
		}
	}
	return found
}

func orNode(node, other *yaml.Node) *yaml.Node {
	if node == nil {
		return other
	}
	return node
}
