package graph

import (
	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// order draws what stages wait for: those that they depend on, else what brings them.
func (d *drawing) order(clusters []*cluster) {
	for _, c := range clusters {
		for _, stage := range c.stages {
			before := stage.List("spec", "dependsOn")
			for _, item := range before {
				for _, other := range d.tree.Find(stage.Place(), stage.Kind(), manifest.OrElse(manifest.Field(item, "namespace"), stage.Namespace()), manifest.Field(item, "name")) {
					d.arrow(other, stage)
				}
			}
			if len(before) == 0 && stage.Build.Owner != nil {
				d.arrow(stage.Build.Owner, stage)
			}
		}
	}
}

// references draws what AWS objects refer to. EKS finds a cluster by its name as ACK does by a reference.
func (d *drawing) references() {
	for _, o := range d.tree.Objects() {
		if d.boxes[o] == nil {
			continue
		}
		to := func(kind apischema.GroupKind, namespace, name string) {
			for _, target := range d.tree.Find(o.Place(), kind, manifest.OrElse(namespace, o.Namespace()), name) {
				d.arrow(target, o)
			}
		}
		manifest.Walk(o.Value("spec"), []any{"spec"}, func(keys []any, value any) {
			fields, _ := value.(map[string]any)
			from, isRef := fields["from"].(map[string]any)
			if kind, known := manifest.KindOfReference(manifest.LastName(keys)); isRef && known {
				to(kind, manifest.Field(from, "namespace"), manifest.Field(from, "name"))
			}
		})
		if name := o.Text("spec", "clusterName"); name != "" && o.Kind().Group == manifest.EKSGroup {
			to(apischema.GroupKind{Group: manifest.EKSGroup, Kind: "Cluster"}, "", name)
		}
	}
}
