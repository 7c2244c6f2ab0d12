package diff

import (
	"fmt"
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/layout"
)

// hubOf says what the hub has to take over from its own branch; nil if that is nothing. The branch is that of the second
// tree, whose clusters.yaml may be missing or have faults, which gen clusters tells.
func hubOf(to Source, changes []change.Scoped, deployed []string) (*change.Hub, error) {
	var environments []string
	changed := false
	for _, c := range changes {
		if c.Change.Folder != layout.HubDir("") {
			continue
		}
		changed = true
		if c.Environment != "" {
			environments = append(environments, c.Environment)
		}
	}
	if !changed && len(deployed) == 0 {
		return nil, nil //nolint:nilnil // nothing is an answer
	}
	files, err := to.Read([]string{layout.ClustersFile})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", to.Name, err)
	}
	slices.Sort(environments)
	hub := &change.Hub{Environments: slices.Compact(environments), Delivered: changed, Files: deployed}
	if fleet, faults := config.Load(layout.ClustersFile, files[layout.ClustersFile]); !faults.HasErrors() {
		hub.Branch = fleet.Hub.Branch
	}
	return hub, nil
}
