package verify

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// The API groups of the kinds that checks look for by name.
const (
	eksGroup       = "eks.services.k8s.aws"
	ec2Group       = "ec2.services.k8s.aws"
	iamGroup       = "iam.services.k8s.aws"
	autoGroup      = "eks.amazonaws.com"
	karpenterGroup = "karpenter.sh"
	helmGroup      = "helm.toolkit.fluxcd.io"
	storageGroup   = "storage.k8s.io"
	ingressGroup   = "networking.k8s.io"
	ackGroup       = "services.k8s.aws"
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
	if namespace, _, remote := strings.Cut(o.place(), "/"); remote {
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

// allows are the statements of a policy document with Effect Allow, as far as checks of a subject read them; the check
// iam says what is wrong with a document.
func allows(document string) []allowed {
	parsed := struct{ Statement json.RawMessage }{}
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return nil
	}
	if bytes.HasPrefix(parsed.Statement, []byte("{")) {
		parsed.Statement = slices.Concat([]byte("["), parsed.Statement, []byte("]"))
	}
	var all, found []allowed
	if err := json.Unmarshal(parsed.Statement, &all); err != nil {
		return nil
	}
	for _, s := range all {
		if s.Effect == "Allow" {
			found = append(found, s)
		}
	}
	return found
}

// allowed is the part of a statement that checks of a subject look at.
type allowed struct {
	Effect           string
	Principal        any
	Action, Resource []string
	Condition        map[string]map[string]any
	// Inverse is set where it names what it does not allow, by NotAction or NotResource.
	Inverse bool
}

// UnmarshalJSON takes one text for a list of one.
func (a *allowed) UnmarshalJSON(raw []byte) error {
	loose := struct {
		Effect           string
		Principal        any
		Action, Resource any
		NotAction        any
		NotResource      any
		Condition        map[string]map[string]any
	}{}
	if err := json.Unmarshal(raw, &loose); err != nil {
		return err //nolint:wrapcheck // nobody sees it: the check iam reads the document again
	}
	*a = allowed{loose.Effect, loose.Principal, oneOrMany(loose.Action), oneOrMany(loose.Resource), loose.Condition, loose.NotAction != nil || loose.NotResource != nil}
	return nil
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
