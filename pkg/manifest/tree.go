// Package manifest is the tree of manifests as Flux sees it, and what is known about the objects in it.
//
// In: the files of a repository and CRDs. Out: a [Tree]: every folder that Flux would apply, built as Flux does, with
// variables substituted; which objects reference which, in what order they are applied, and which line of which file says
// what. Checks (pkg/verify) and comparison (pkg/diff) read it; a fact that both need is here, once.
package manifest

import (
	"io/fs"
	"maps"
	"slices"
	"time"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/policy"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// A Tree is everything that Flux would apply, and the files that it comes from.
type Tree struct {
	// CRDs are the kinds that are known.
	CRDs *schema.Set
	// Builds are the folders that are applied, each once for every Kustomization that names it.
	Builds []*Build
	// Today is the day by which the support of Kubernetes versions is judged; zero to leave that out.
	Today time.Time
	// problems are those of loading.
	problems diag.List
	Files    *Files
	// Fleet is what clusters.yaml says, or nil; it is read when it is asked for.
	Fleet func() *config.Fleet
	// Faults are what keeps clusters.yaml from being read.
	Faults func() diag.List
	// Repository has the files that are not Flux's, such as hub/; nil for a tree in memory.
	Repository fs.FS
	// ManagedACK is set where the hub's template has AWS run ACK.
	ManagedACK bool
	// wanted are the folders that Kustomizations lead to and that are built; nil for all.
	wanted func(dir string) bool
	// index has the objects by place, kind, namespace and name; kinds the same without the name.
	index, kinds map[string][]*Object
	before       map[*Object]map[*Object]bool
	// Places are where in AWS the namespaces of the hub are.
	Places map[string]policy.Place
	// byKind has the objects of each kind, in the order of the builds.
	byKind map[apischema.GroupKind][]*Object
	// byHome has those of each cluster.
	byHome map[homeKind][]*Object
	// Changes are what the user's components make of objects that gen wrote.
	Changes []Change
	// Broken are the places of which some objects are not known, because a folder could not be built.
	Broken map[string]bool
	// Clusters are the names of those that the tree delivers.
	Clusters map[string]bool
	// artifacts are those that generators make, by namespace and name.
	artifacts func() map[string]*Artifact
	// unsure are the Kustomizations whose turn is not known, because they wait for what is not there.
	unsure map[*Object]bool
}

// A Build is a folder as Flux applies it.
type Build struct {
	// Dir is the folder, from the root of the tree.
	Dir string
	// place is the cluster that it is applied to, as Place says.
	place string
	// Owner is Flux's Kustomization that applies it; nil for what a person applies.
	Owner *Object
	// Objects are what kustomize makes of it, with variables put in.
	Objects []*Object
	// Documents are the places in files where the objects come from.
	Documents func() []Document
	// Patched is set when a component of the user is part of the folder.
	Patched bool
	// Unseen are the objects that Flux makes otherwise than kustomize build, ChangedBy the field of the owner by which.
	Unseen    []string
	ChangedBy string
	// Variables are what the owner puts in; nil if it puts in nothing.
	Variables map[string]string
}

// An Object is a Kubernetes object and the build that it is part of.
type Object struct {
	// Content is the object.
	Content map[string]any
	// Build is where it was made.
	Build *Build
	// kind is what Kind returns, once it was found out.
	kind apischema.GroupKind
	// cluster is the name of the cluster that it is for, or empty.
	cluster string
	// Raw is the object before variables are put in.
	Raw render.Object
}

// Kind is the kind with its group.
func (o *Object) Kind() apischema.GroupKind {
	if o.kind.Kind != "" {
		return o.kind
	}
	return schema.KindOf(o.Content).GroupKind()
}

// Name is the object's name.
func (o *Object) Name() string { return o.Text("metadata", "name") }

// Namespace is the object's namespace, empty for what lives in none.
func (o *Object) Namespace() string { return o.Text("metadata", "namespace") }

// String names the object for people: its kind, namespace and name.
func (o *Object) String() string { return Label(o.Kind().Kind, o.Namespace(), o.Name()) }

// Label names an object for people: its kind, namespace and name.
func Label(kind, namespace, name string) string {
	if namespace == "" {
		return kind + " " + name
	}
	return kind + " " + namespace + "/" + name
}

// IsFlux reports whether the object is Flux's Kustomization.
func (o *Object) IsFlux() bool {
	return o.Kind() == apischema.GroupKind{Group: KustomizeGroup, Kind: "Kustomization"}
}

// IsACK reports whether the object stands for one in AWS.
func (o *Object) IsACK() bool { return IsACK(o.Kind()) }

// isSelector reports whether the object says what role ACK assumes in a namespace (ACK runtime,
// apis/core/v1alpha1/iam_role_selector.go).
func (o *Object) isSelector() bool {
	return o.Kind() == apischema.GroupKind{Group: ACKGroup, Kind: "IAMRoleSelector"}
}

// IsRelease reports whether the object is a HelmRelease.
func (o *Object) IsRelease() bool {
	return o.Kind() == apischema.GroupKind{Group: HelmGroup, Kind: "HelmRelease"}
}

// Place is the cluster that the object is applied to: empty for the hub, else the kubeconfig that leads there.
func (o *Object) Place() string { return o.Build.Place() }

// Place is the cluster that the folder is applied to.
func (b *Build) Place() string { return b.place }

func placeOf(owner *Object) string {
	if owner == nil {
		return ""
	}
	return owner.Destination()
}

// Destination is the place where a Kustomization or a HelmRelease puts what it makes: that of its kubeconfig, or else its own.
func (o *Object) Destination() string {
	for _, kind := range []string{"configMapRef", "secretRef"} {
		if name := o.Text("spec", "kubeConfig", kind, "name"); name != "" {
			return o.Namespace() + "/" + name
		}
	}
	if o.Build == nil {
		return ""
	}
	return o.Place()
}

// Value is what stands at a path of the object, or nil.
func (o *Object) Value(path ...string) any {
	var value any = o.Content
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

// Text is a text at a path of the object, or empty.
func (o *Object) Text(path ...string) string {
	s, _ := o.Value(path...).(string)
	return s
}

// List is a list at a path of the object, or nil.
func (o *Object) List(path ...string) []any {
	list, _ := o.Value(path...).([]any)
	return list
}

// Field is a text in a map, or empty.
func Field(value any, key string) string {
	fields, _ := value.(map[string]any)
	s, _ := fields[key].(string)
	return s
}

// OrElse is s, or other if s is empty.
func OrElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Objects are all objects of the tree, in the order of the builds.
func (t *Tree) Objects() []*Object {
	var all []*Object
	for _, b := range t.Builds {
		all = append(all, b.Objects...)
	}
	return all
}

// Find returns the objects of a kind and name at a place.
func (t *Tree) Find(place string, kind apischema.GroupKind, namespace, name string) []*Object {
	return t.index[place+" "+kind.String()+" "+namespace+"/"+name]
}

// All returns the objects of a kind in a namespace of a place.
func (t *Tree) All(place string, kind apischema.GroupKind, namespace string) []*Object {
	return t.kinds[place+" "+kind.String()+" "+namespace+"/"]
}

// Walk calls visit for every value below root, with the keys that lead to it; keys of lists are numbers. The
// order is that of the keys. They are good until visit returns.
func Walk(value any, keys []any, visit func(keys []any, value any)) {
	visit(keys, value)
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			Walk(v[key], append(keys, key), visit)
		}
	case []any:
		for i, inner := range v {
			Walk(inner, append(keys, i), visit)
		}
	}
}

// Strings are the texts of a map at a path of the object.
func (o *Object) Strings(keys ...string) map[string]string {
	texts := map[string]string{}
	fields, _ := o.Value(keys...).(map[string]any)
	for key, value := range fields {
		if text, ok := value.(string); ok {
			texts[key] = text
		}
	}
	return texts
}
