package generate

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/resource"
)

// handOver gives releases and their chart sources to the Flux of a cluster that has one. EKS add-ons are AWS objects and stay on
// the hub, and so does the operator, which brings that Flux.
func handOver(c *config.Cluster, deliveries []layout.Named) []layout.Named {
	if c.Handover() {
		return append(deliveries, handedOver(c))
	}
	if !c.Agent() {
		return deliveries
	}
	all := make([]layout.Named, 0, len(deliveries))
	for _, d := range deliveries {
		if d.Component == config.AgentComponent {
			all = append(all, d)
			continue
		}
		onHub, own := d, d
		onHub.Objects, own.Objects = split(d.Objects)
		if own.Stage = ownStage(d.Stage); own.Stage == d.Stage {
			all = append(all, d)
			continue
		}
		if len(onHub.Objects) > 0 {
			all = append(all, onHub)
		}
		if len(own.Objects) > 0 || own.Base != "" {
			all = append(all, own)
		}
	}
	return all
}

// ownStage is where a stage's releases are in a cluster with a Flux of its own.
func ownStage(stage component.Stage) component.Stage {
	switch stage {
	case component.Sources:
		return component.OwnSources
	case component.Addons:
		return component.OwnAddons
	case component.Apps:
		return component.OwnApps
	default:
		return stage
	}
}

// split takes AWS objects from the others.
func split(objects []resource.Object) (aws, others []resource.Object) {
	for _, o := range objects {
		if strings.HasSuffix(o.GetObjectKind().GroupVersionKind().Group, ".services.k8s.aws") {
			aws = append(aws, o)
		} else {
			others = append(others, o)
		}
	}
	return aws, others
}

// handedOver keeps the stage that brings Flux into the cluster, without the FluxInstance: so Flux on the hub deletes that, if
// there is one, and the operator takes Flux out of the cluster and leaves what it has installed.
func handedOver(c *config.Cluster) layout.Named {
	return layout.Named{
		Delivery:  component.At(component.Agent, mark(config.AgentNamespace, "handover", map[string]string{"cluster": c.Name})),
		Component: layout.Handover,
	}
}

// mark is a ConfigMap that keeps a stage from which everything else is taken out.
func mark(namespace, name string, data map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace},
		Data:       data,
	}
}
