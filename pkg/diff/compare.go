package diff

import (
	"reflect"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

// id is what makes two objects the same in both trees.
type id struct {
	place, group, kind, namespace, name string
}

func idOf(o *verify.Object) id {
	kind := o.Kind()
	return id{o.Place(), kind.Group, kind.Kind, o.Namespace(), o.Name()}
}

// index has the objects of a tree.
type index struct {
	objects map[id]*verify.Object
	// order is that of the tree: what is delivered first comes first.
	order []id
	// protected are the clusters of which clusters.yaml says so, by the annotation of their namespace.
	protected map[string]bool
	// clusters are those that the tree delivers.
	clusters map[string]bool
}

func newIndex(tree *verify.Tree) index {
	x := index{objects: map[id]*verify.Object{}, protected: map[string]bool{}, clusters: map[string]bool{}}
	for _, b := range tree.Builds {
		for _, o := range b.Objects {
			key := idOf(o)
			if _, twice := x.objects[key]; !twice {
				x.order = append(x.order, key)
			}
			x.objects[key] = o
			x.clusters[o.Cluster()] = true
			if key.kind == "Namespace" && key.place == "" && isProtected(o.Content) {
				x.protected[key.name] = true
			}
		}
	}
	return x
}

// scopeOf is what an object belongs to.
func scopeOf(o *verify.Object) Scope {
	environment, _, ok := layout.ClusterOf(o.Build.Dir)
	if parts := strings.Split(o.Build.Dir, "/"); !ok && len(parts) > 1 && parts[0] == "flux" && parts[1] != "hub" {
		environment = parts[1]
	}
	if environment == "" {
		environment = strings.TrimPrefix(o.Namespace(), flux.Namespace(""))
	}
	return Scope{Environment: environment, Cluster: o.Cluster()}
}

// scoped is a change and where it happens.
type scoped struct {
	Scope
	protected bool
	// newCluster is set where the cluster is in the second tree only.
	newCluster bool
	change     Change
}

// comparison compares two trees.
type comparison struct {
	crds      *schema.Set
	knowledge knowledge
	sides     [2]index
}

// changes are all objects that differ: those that stay or go in the order of the first tree, then those that come.
func (c comparison) changes() []scoped {
	var found []scoped
	for _, key := range c.sides[0].order {
		before, after := c.sides[0].objects[key], c.sides[1].objects[key]
		if after != nil && reflect.DeepEqual(before.Content, after.Content) {
			continue
		}
		found = append(found, c.change(key, before, after))
	}
	for _, key := range c.sides[1].order {
		if c.sides[0].objects[key] == nil {
			found = append(found, c.change(key, nil, c.sides[1].objects[key]))
		}
	}
	return slices.DeleteFunc(found, func(s scoped) bool { return s.change.Outcome == "" })
}

// change is what happens with one object. Its outcome is empty if nothing but the order of what has none differs.
func (c comparison) change(key id, before, after *verify.Object) scoped {
	one := after
	if one == nil {
		one = before
	}
	made := scoped{Scope: scopeOf(one), change: Change{
		Group: key.group, Kind: key.kind, Namespace: key.namespace, Name: key.name, Place: "hub", Folder: one.Build.Dir,
	}}
	if key.place != "" {
		made.change.Place = "cluster"
	}
	made.newCluster = !c.sides[0].clusters[made.Cluster]
	made.protected = c.sides[0].protected[made.Cluster] || c.sides[1].protected[made.Cluster]
	switch {
	case before == nil:
		made.change.After = after.Content
		made.change.Outcome, made.change.Why, made.change.Source = c.created(after)
	case after == nil:
		made.change.Before = before.Content
		made.change.Outcome, made.change.Why, made.change.Source = c.removed(before)
	default:
		made.change.Before, made.change.After = before.Content, after.Content
		c.fields(&made.change, one)
	}
	return made
}

// fields compares two versions of an object.
func (c comparison) fields(change *Change, o *verify.Object) {
	gvk := schema.KindOf(o.Content)
	w := walker{lists: lists{group: gvk.Group, kind: gvk.Kind, schema: c.crds.Schema(gvk)}}
	for _, part := range union(change.Before, change.After) {
		w.compare(at{}.field(part), change.Before[part], change.After[part])
	}
	for _, f := range w.found {
		f.Outcome, f.Why, f.Source = c.knowledge.judge(gvk, f, change)
		change.Fields = append(change.Fields, f)
	}
	for _, f := range change.Fields {
		if change.Outcome == "" || f.Outcome.Rank() < change.Outcome.Rank() {
			change.Outcome = f.Outcome
		}
	}
}

// union are the keys of two mappings, sorted.
func union(a, b map[string]any) []string {
	var keys []string
	for _, fields := range []map[string]any{a, b} {
		for key := range fields {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// valueAt is what stands at a path of an object, or nil.
func valueAt(object map[string]any, path ...string) any {
	var value any = object
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

// textAt is a text at a path of an object, or empty.
func textAt(object map[string]any, path ...string) string {
	text, _ := valueAt(object, path...).(string)
	return text
}

// isACK tells whether a group is one of ACK's.
func isACK(kind apischema.GroupKind) bool { return strings.HasSuffix(kind.Group, ".services.k8s.aws") }
