package layout

import (
	"fmt"
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"sigs.k8s.io/kustomize/api/types"

	"eks-auto-gitops/pkg/ack/services"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// timeout is how long a stage may take until everything in it is ready. EKS makes a control plane in 10 to 15
// minutes; the rest is NAT gateways, nodes and charts.
func timeout(stage component.Stage) time.Duration {
	switch stage {
	case component.Cluster:
		return 40 * time.Minute
	case component.Network, component.Foundation, component.Addons, component.OwnAddons:
		return 20 * time.Minute
	default:
		return 15 * time.Minute
	}
}

// delivery writes the folder that brings a cluster to the hub.
// own are the Kustomizations that the cluster's own Flux applies, if it has one.
func delivery(tree *Tree, c *config.Cluster, steps []flux.Step, own []*kustomizev1.Kustomization) error {
	steps, err := firstNodes(tree, c, steps, own)
	if err != nil {
		return err
	}
	var chain []resource.Object
	for _, k := range flux.Chain(c, steps) {
		if k.Name == string(component.Agent) && len(own) > 0 {
			flux.Follow(c, k, own)
		}
		chain = append(chain, k)
	}
	selector, err := services.IAMRoleSelector(c.Name, c.ACKRoleARN(), flux.SelectorAnnotations(c))
	if err != nil {
		return fmt.Errorf("role selector: %w", err)
	}
	return addFolder(tree, DeliveryDir(c.Environment, c.Name), []file{
		{"account.yaml", []resource.Object{flux.ServiceAccount(c), flux.RoleBinding(c)}},
		{"chain.yaml", chain},
		{"kubeconfig.yaml", []resource.Object{flux.KubeConfigMap(c)}},
		{"namespace.yaml", []resource.Object{flux.ClusterNamespace(c), selector}},
	})
}

// file is a name and objects.
type file struct {
	name    string
	objects []resource.Object
}

// addFolder writes files and the kustomization.yaml that names them.
func addFolder(tree *Tree, dir string, files []file) error {
	var k types.Kustomization
	for _, f := range files {
		if err := addObjects(tree, dir+"/"+f.name, f.objects, false); err != nil {
			return err
		}
		k.Resources = append(k.Resources, f.name)
	}
	return addKustomization(tree, dir, k)
}
