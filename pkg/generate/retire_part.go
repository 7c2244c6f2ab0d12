package generate

import (
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
)

// emptied keeps a stage from which everything is taken out, with a ConfigMap that names what goes. Without it the stage's
// Kustomization would go in the same commit, and in a protected environment that leaves everything installed (Flux,
// Kustomization API: Deletion policy); kustomize builds no empty folder.
func emptied(c *config.Cluster, deliveries []layout.Named) []layout.Named {
	names := map[component.Stage][]string{}
	for _, r := range c.Retiring() {
		stage := component.Addons
		if r.Component {
			stage = component.StageOf(r.Name)
		}
		if c.Agent() && !strings.HasPrefix(r.Object, "addon/") {
			stage = ownStage(stage)
		}
		names[stage] = append(names[stage], r.Name)
	}
	var marks []layout.Named
	for _, stage := range []component.Stage{component.Addons, component.Apps, component.OwnAddons, component.OwnApps} {
		if len(names[stage]) == 0 || slices.ContainsFunc(deliveries, func(d layout.Named) bool { return d.Stage == stage }) {
			continue
		}
		slices.Sort(names[stage])
		mark := mark(c.Name, layout.Retiring+"-"+path.Base(string(stage)), map[string]string{"names": strings.Join(names[stage], " ")})
		marks = append(marks, layout.Named{Delivery: component.At(stage, mark), Component: layout.Retiring})
	}
	return marks
}
