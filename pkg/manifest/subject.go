package manifest

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// OfKind are all objects of a kind, in the order of the builds.
func (t *Tree) OfKind(group, kind string) []*Object {
	return t.byKind[apischema.GroupKind{Group: group, Kind: kind}]
}

// homeKind is a kind of objects for one cluster.
type homeKind struct {
	kind apischema.GroupKind
	home string
}

// OfHome are all objects of a kind for one cluster, which is named by its namespace on the hub, in the order of the builds.
func (t *Tree) OfHome(group, kind, home string) []*Object {
	return t.byHome[homeKind{apischema.GroupKind{Group: group, Kind: kind}, home}]
}

// MakesAccount reports whether the tree itself makes a service account in the cluster with the given namespace on the hub.
func (t *Tree) MakesAccount(home, namespace, name string) bool {
	return slices.ContainsFunc(t.OfHome("", "ServiceAccount", home), func(o *Object) bool {
		return o.Name() == name && o.Namespace() == namespace && o.Place() != ""
	})
}

// Named is the object of a kind in a namespace of the hub, or nil.
func (t *Tree) Named(group, kind, namespace, name string) *Object {
	for _, o := range t.Find("", apischema.GroupKind{Group: group, Kind: kind}, namespace, name) {
		return o
	}
	return nil
}

// Home is the hub's namespace for the cluster that an object is for: the namespace it is in, or that of the kubeconfig
// by which it comes into the cluster.
func (o *Object) Home() string {
	if namespace, _, remote := strings.Cut(o.Place(), "/"); remote {
		return namespace
	}
	return o.Namespace()
}

// EKSCluster is the EKS cluster that an object is for; nil where it is not in the tree.
func (t *Tree) EKSCluster(o *Object) *Object {
	for _, cluster := range t.All("", apischema.GroupKind{Group: EKSGroup, Kind: "Cluster"}, o.Home()) {
		return cluster
	}
	return nil
}

// Releases are the HelmReleases for a cluster, which is named by its namespace on the hub, whoever delivers them. The Flux Operator
// is none of them: it brings those who do.
func (t *Tree) Releases(home string) []*Object {
	return slices.DeleteFunc(slices.Clone(t.OfHome(HelmGroup, "HelmRelease", home)), func(o *Object) bool { return o.Name() == config.OperatorRelease })
}

// ByUser reports whether a problem is in a file of the user.
func ByUser(file string) bool { return strings.HasPrefix(file, userRoot) }

// After tells which of two objects of a kind that exclude each other is told: the user's, else the second by name.
func (o *Object) After(other *Object) bool {
	own, theirs := len(o.UserDocuments()) > 0, len(other.UserDocuments()) > 0
	if own != theirs {
		return own
	}
	return o.Name() > other.Name()
}

// Texts are the texts of a list of the object.
func (o *Object) Texts(path ...string) []string {
	var found []string
	for _, item := range o.List(path...) {
		if s, ok := item.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

// TextsOf are the texts of a list, or the one text.
func TextsOf(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		return (&Object{Content: map[string]any{"list": v}}).Texts("list")
	}
	return nil
}

// Doubles are the objects that are applied more than once: a list for each of them.
func (t *Tree) Doubles() [][]*Object {
	var found [][]*Object
	for _, same := range t.index {
		if len(same) > 1 {
			found = append(found, same)
		}
	}
	return found
}
