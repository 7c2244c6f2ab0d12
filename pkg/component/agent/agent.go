// Package agent makes the Flux of a cluster with delivery: agent: the Flux Operator, which Flux on the hub installs, and the
// instance, which follows the environment's branch from then on.
package agent

import (
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component agent.
var Component = component.Component{
	Name:      "agent",
	Workloads: workloads,
}

// workloads makes namespaces, operator and instance. While the cluster is handed over the operator is there without an
// instance: it takes an instance out of the cluster, and so must be there until that is done.
func workloads(c *config.Cluster, _ flux.Chart) ([]component.Delivery, error) {
	chart := flux.Operator()
	release, err := chart.OnHub(c)
	if err != nil {
		return nil, fmt.Errorf("the Flux Operator: %w", err)
	}
	// A cluster that retires goes with everything in it, and Helm would wait for its API server.
	release.Spec.Suspend = c.State == config.StateRetiring
	all := []component.Delivery{
		component.At(component.Nodes, namespace(flux.SystemNamespace)),
		component.At(component.Sources, chart.Source),
		component.At(component.Operator, release),
	}
	if !c.Agent() {
		return all, nil
	}
	instance, err := instance(c)
	if err != nil {
		return nil, err
	}
	return append(all, component.At(component.Agent, instance)), nil
}

// namespace stays when the cluster goes back to the hub: the operator's own release is uninstalled from the one at that time.
func namespace(name string) resource.Object {
	n := component.TargetNamespace(name)
	metav1.SetMetaDataAnnotation(&n.ObjectMeta, resource.PruneAnnotation, "disabled")
	return n
}

// instance is Flux for one cluster and no tenants: whoever may push to the environment's branch rules the cluster anyway, so
// nothing is locked down within it.
func instance(c *config.Cluster) (resource.Object, error) {
	instance := flux.NewInstance(c.Fleet, c.Env.Branch, component.SyncDir(c))
	instance.Spec.Cluster = flux.InstanceCluster{Type: "aws", Size: "small", NetworkPolicy: true}
	instance.Spec.Kustomize.Patches = flux.OwnFolders(
		"flux/base", "flux/"+c.Environment+"/"+c.Name, "patches/"+c.Environment+"/"+c.Name, "patches/"+c.Environment+"/"+string(component.Sources))
	object, err := instance.Object()
	if err != nil {
		return nil, fmt.Errorf("cluster %s: %w", c.Name, err)
	}
	return object, nil
}
