package effect

import (
	"path"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
)

// Trees are the two trees that a change lies between: what was, and what is to be.
type Trees [2]Index

// An Index has the objects of a tree by what they are known by.
type Index struct {
	Objects map[manifest.ID]*manifest.Object
	// Order is that of the tree: what is delivered first comes first.
	Order []manifest.ID
	// Protected are the clusters of which clusters.yaml says so, by the annotation of their namespace.
	Protected map[string]bool
	// Guarded are the environments of which clusters.yaml says so, as far as they have clusters.
	Guarded map[string]bool
	// Clusters are those that the tree delivers, Environments those that it has on the hub.
	Clusters map[string]bool
	// Homes has the environment of each cluster, Retiring those that are taken apart.
	Homes        map[string]string
	Retiring     map[string]bool
	Environments []string
	// broken are the folders that should have been built and could not.
	broken map[string]bool
}

// NewIndex makes the index of a tree that is built.
func NewIndex(tree *manifest.Tree) Index {
	x := Index{
		Objects: map[manifest.ID]*manifest.Object{}, Protected: map[string]bool{}, Guarded: map[string]bool{}, Clusters: map[string]bool{},
		Homes: map[string]string{}, Retiring: map[string]bool{}, broken: map[string]bool{},
	}
	built := map[*manifest.Object]bool{}
	for _, b := range tree.Builds {
		built[b.Owner] = true
		for _, o := range b.Objects {
			key := manifest.IDOf(o)
			if _, twice := x.Objects[key]; !twice {
				x.Order = append(x.Order, key)
			}
			x.Objects[key] = o
			x.Clusters[o.Cluster()] = true
			if environment := manifest.TextAt(o.Content, "metadata", "labels", flux.EnvironmentLabel); key.Kind == "Namespace" && key.Place == "" && environment != "" {
				x.Homes[key.Name] = environment
				x.Retiring[key.Name] = manifest.TextAt(o.Content, "metadata", "annotations", flux.StateAnnotation) == config.StateRetiring
			}
			if key.Kind == "Namespace" && key.Place == "" && isProtected(o.Content) {
				x.Protected[key.Name] = true
				x.Guarded[manifest.TextAt(o.Content, "metadata", "labels", flux.EnvironmentLabel)] = true
			}
			if name, ok := strings.CutPrefix(key.Name, flux.Namespace("")); ok && key.Kind == "Namespace" && key.Place == "" {
				x.Environments = append(x.Environments, name)
			}
		}
	}
	for key, o := range x.Objects {
		if len(tree.Problems()) > 0 && key.IsKustomization() && !built[o] {
			x.broken[path.Clean(manifest.TextAt(o.Content, "spec", "path"))] = true
		}
	}
	return x
}

// Add adds an object that no folder of the tree builds.
func (x *Index) Add(o *manifest.Object) {
	key := manifest.IDOf(o)
	if x.Objects[key] == nil {
		x.Order = append(x.Order, key)
	}
	x.Objects[key] = o
}

// Unknown reports whether nothing can be said about an object that only the other tree has: this one could not build
// the folder that it comes from, or one that leads there.
func (x Index) Unknown(o *manifest.Object) bool {
	for b := o.Build; ; b = b.Owner.Build {
		if x.broken[b.Dir] {
			return true
		}
		if b.Owner == nil {
			return false
		}
	}
}

// Enforces reports whether the network policy controller is switched on in a cluster (Amazon EKS User Guide, Use Network Policies with EKS
// Auto Mode).
func (x Index) Enforces(place string) bool {
	o := x.Objects[manifest.ID{Place: place, Kind: "ConfigMap", Namespace: "kube-system", Name: "amazon-vpc-cni"}]
	return o != nil && o.Text("data", "enable-network-policy-controller") == "true"
}

// isProtected reports whether a cluster's namespace says that it is protected.
func isProtected(namespace map[string]any) bool {
	return manifest.TextAt(namespace, "metadata", "annotations", flux.ProtectAnnotation) == "true"
}
