package manifest

import (
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// readFleet is what clusters.yaml says; nil where it is not there or has faults, which come with it.
func (f *Files) readFleet() (*config.Fleet, diag.List) {
	source, ok := f.Content[layout.ClustersFile]
	if !ok {
		return nil, nil
	}
	fleet, faults := config.Load(layout.ClustersFile, source)
	if faults.HasErrors() {
		return nil, slices.DeleteFunc(faults, func(p diag.Problem) bool { return p.Severity != diag.Error })
	}
	return fleet, nil
}

// ClusterAt is the position of a cluster in clusters.yaml. Its index in the list says nothing: a Fleet is sorted.
func (f *Files) ClusterAt(name string) (line, column int) {
	for _, node := range f.Nodes(layout.ClustersFile) {
		for _, item := range items(node, "clusters") {
			if at := Child(item, "name"); at != nil && at.Value == name {
				return at.Line, at.Column
			}
		}
	}
	return 1, 1
}
