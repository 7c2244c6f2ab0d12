package verify

import (
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// kind are all objects of a kind, in the order of the builds.
func (t *Tree) kind(group, kind string) []*Object {
	return t.byKind[apischema.GroupKind{Group: group, Kind: kind}]
}

// named is the object of a kind in a namespace of the hub, or nil.
func (t *Tree) named(group, kind, namespace, name string) *Object {
	for _, o := range t.find("", apischema.GroupKind{Group: group, Kind: kind}, namespace, name) {
		return o
	}
	return nil
}

// home is the hub's namespace for the cluster that an object is for: the namespace it is in, or that of the kubeconfig
// by which it comes into the cluster.
func (o *Object) home() string {
	if namespace, _, remote := strings.Cut(o.Place(), "/"); remote {
		return namespace
	}
	return o.Namespace()
}

// eksCluster is the EKS cluster that an object is for; nil where it is not in the tree.
func (t *Tree) eksCluster(o *Object) *Object {
	for _, cluster := range t.all("", apischema.GroupKind{Group: eksGroup, Kind: "Cluster"}, o.home()) {
		return cluster
	}
	return nil
}

// releases are the HelmReleases in a namespace of the hub.
func (t *Tree) releases(namespace string) []*Object {
	return t.all("", apischema.GroupKind{Group: helmGroup, Kind: "HelmRelease"}, namespace)
}

// byUser tells whether a problem is in a file of the user.
func byUser(file string) bool { return strings.HasPrefix(file, userRoot) }

// after tells which of two objects of a kind that exclude each other is told: the user's, else the second by name.
func (o *Object) after(other *Object) bool {
	own, theirs := len(o.userDocuments()) > 0, len(other.userDocuments()) > 0
	if own != theirs {
		return own
	}
	return o.Name() > other.Name()
}

// texts are the texts of a list of the object.
func (o *Object) texts(path ...string) []string {
	var found []string
	for _, item := range o.list(path...) {
		if s, ok := item.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

// oneOrMany are the texts of a list, or the one text.
func oneOrMany(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		return (&Object{Content: map[string]any{"list": v}}).texts("list")
	}
	return nil
}

func apiSubnet() apischema.GroupKind { return apischema.GroupKind{Group: ec2Group, Kind: "Subnet"} }

// isExternalDNS tells whether a release is of the chart external-dns.
func (o *Object) isExternalDNS() bool {
	return o.text("spec", "chart", "spec", "chart") == "external-dns" || strings.HasPrefix(o.text("spec", "chartRef", "name"), "external-dns")
}
