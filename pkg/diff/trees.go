package diff

import (
	"path"
	"strings"

	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
)

// trees are the two trees that a change lies between: what was, and what is to be.
type trees [2]index

// index has the objects of a tree.
type index struct {
	objects map[manifest.ID]*manifest.Object
	// order is that of the tree: what is delivered first comes first.
	order []manifest.ID
	// protected are the clusters of which clusters.yaml says so, by the annotation of their namespace.
	protected map[string]bool
	// guarded are the environments of which clusters.yaml says so, as far as they have clusters.
	guarded map[string]bool
	// clusters are those that the tree delivers, environments those that it has on the hub.
	clusters     map[string]bool
	environments []string
	// broken are the folders that should have been built and could not.
	broken map[string]bool
}

func newIndex(tree *manifest.Tree) index {
	x := index{objects: map[manifest.ID]*manifest.Object{}, protected: map[string]bool{}, guarded: map[string]bool{}, clusters: map[string]bool{}, broken: map[string]bool{}}
	built := map[*manifest.Object]bool{}
	for _, b := range tree.Builds {
		built[b.Owner] = true
		for _, o := range b.Objects {
			key := manifest.IDOf(o)
			if _, twice := x.objects[key]; !twice {
				x.order = append(x.order, key)
			}
			x.objects[key] = o
			x.clusters[o.Cluster()] = true
			if key.Kind == "Namespace" && key.Place == "" && isProtected(o.Content) {
				x.protected[key.Name] = true
				x.guarded[manifest.TextAt(o.Content, "metadata", "labels", flux.EnvironmentLabel)] = true
			}
			if name, ok := strings.CutPrefix(key.Name, flux.Namespace("")); ok && key.Kind == "Namespace" && key.Place == "" {
				x.environments = append(x.environments, name)
			}
		}
	}
	for key, o := range x.objects {
		if len(tree.Problems()) > 0 && key.IsKustomization() && !built[o] {
			x.broken[path.Clean(manifest.TextAt(o.Content, "spec", "path"))] = true
		}
	}
	return x
}

// unknown tells whether nothing can be said about an object that only the other tree has: this one could not build
// the folder that it comes from, or one that leads there.
func (x index) unknown(o *manifest.Object) bool {
	for b := o.Build; ; b = b.Owner.Build {
		if x.broken[b.Dir] {
			return true
		}
		if b.Owner == nil {
			return false
		}
	}
}

// contentOf is what an object holds; nothing if there is none.
func contentOf(o *manifest.Object) map[string]any {
	if o == nil {
		return nil
	}
	return o.Content
}

// isProtected tells whether a cluster's namespace says that it is protected.
func isProtected(namespace map[string]any) bool {
	return manifest.TextAt(namespace, "metadata", "annotations", flux.ProtectAnnotation) == "true"
}
