package manifest

import (
	"strings"

	"eks-auto-gitops/pkg/layout"
)

// assign finds out which cluster each object is for.
func (t *Tree) assign() {
	t.Clusters = map[string]bool{}
	for _, name := range t.Files.Names {
		environment, cluster, ok := layout.ClusterOf(name)
		if ok && strings.HasPrefix(name, layout.DeliveryDir(environment, cluster)+"/") {
			t.Clusters[cluster] = true
		}
	}
	for _, b := range t.Builds { // an owner comes before what it applies
		for _, o := range b.Objects {
			o.cluster = t.clusterOf(o)
		}
	}
}

// clusterOf is the cluster that an object is for: the one in whose folder it is built, or whose namespace on the
// hub it is in, or the one that its Kustomization is for; empty where there is none.
func (t *Tree) clusterOf(o *Object) string {
	if cluster := t.ClusterAt(o.Build.Dir); cluster != "" {
		return cluster
	}
	namespace := o.Namespace()
	if o.Kind().String() == "Namespace" {
		namespace = o.Name()
	}
	if o.isSelector() {
		namespace = o.Name() // gen names it after the one namespace that it selects
	}
	if o.Place() == "" && t.Clusters[namespace] {
		return namespace
	}
	if owner := o.Build.Owner; owner != nil {
		return owner.cluster
	}
	return ""
}

// ClusterAt is the cluster that a file or a folder is for, or empty.
func (t *Tree) ClusterAt(path string) string {
	if _, cluster, ok := layout.ClusterOf(path); ok && t.Clusters[cluster] {
		return cluster
	}
	return ""
}
