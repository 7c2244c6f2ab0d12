package manifest

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
)

// readFleet is what clusters.yaml says; nil where it is not there or has faults, which gen clusters tells.
func (f *Files) readFleet() *config.Fleet {
	source, ok := f.Content[layout.ClustersFile]
	if !ok {
		return nil
	}
	fleet, faults := config.Load(layout.ClustersFile, source)
	if faults.HasErrors() {
		return nil
	}
	return fleet
}

// ClusterAt is the place of a cluster in clusters.yaml. Its place in the list says nothing: a Fleet is sorted.
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
