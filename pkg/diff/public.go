package diff

import (
	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

// subnetIDs are the public subnets of VPCs that were there, on both sides: clusters.yaml alone knows that they are public. They are
// read when the first pool or class differs.
type subnetIDs struct {
	sources [2]Source
	ids     [2]map[string]bool
}

// of are those of one side. A file that cannot be read names none: gen clusters says why.
func (s *subnetIDs) of(side int) map[string]bool {
	if s.ids[side] != nil {
		return s.ids[side]
	}
	s.ids[side] = map[string]bool{}
	if files, err := s.sources[side].Read([]string{layout.ClustersFile}); err == nil {
		publicIDs(document(files[layout.ClustersFile]), s.ids[side])
	}
	return s.ids[side]
}

// publicIDs adds the values of publicSubnetIDs, wherever they stand below a node.
func publicIDs(node *yaml.Node, into map[string]bool) {
	if node == nil {
		return
	}
	for i, inner := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 1 && node.Content[i-1].Value == "publicSubnetIDs" {
			for _, id := range inner.Content {
				into[id.Value] = true
			}
		}
		publicIDs(inner, into)
	}
}

// goesPublic reports whether a node class, or that of a node pool, selects public subnets afterwards, and did not before.
func (c comparison) goesPublic(key manifest.ID, before, after *manifest.Object) bool {
	if before == nil || after == nil || key.Kind != "NodePool" && key.Kind != "NodeClass" {
		return false
	}
	return !c.sides[0].InPublic(before, c.subnets.of(0)) && c.sides[1].InPublic(after, c.subnets.of(1))
}
