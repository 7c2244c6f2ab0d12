package diff

import (
	"path"
	"reflect"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/teardown"
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

// isKustomization tells whether an object is one of Flux's, on the hub.
func (x id) isKustomization() bool {
	return x.group == "kustomize.toolkit.fluxcd.io" && x.kind == "Kustomization" && x.place == ""
}

// index has the objects of a tree.
type index struct {
	objects map[id]*verify.Object
	// order is that of the tree: what is delivered first comes first.
	order []id
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

func newIndex(tree *verify.Tree) index {
	x := index{objects: map[id]*verify.Object{}, protected: map[string]bool{}, guarded: map[string]bool{}, clusters: map[string]bool{}, broken: map[string]bool{}}
	built := map[*verify.Object]bool{}
	for _, b := range tree.Builds {
		built[b.Owner] = true
		for _, o := range b.Objects {
			key := idOf(o)
			if _, twice := x.objects[key]; !twice {
				x.order = append(x.order, key)
			}
			x.objects[key] = o
			x.clusters[o.Cluster()] = true
			if key.kind == "Namespace" && key.place == "" && isProtected(o.Content) {
				x.protected[key.name] = true
				x.guarded[textAt(o.Content, "metadata", "labels", flux.EnvironmentLabel)] = true
			}
			if name, ok := strings.CutPrefix(key.name, flux.Namespace("")); ok && key.kind == "Namespace" && key.place == "" {
				x.environments = append(x.environments, name)
			}
		}
	}
	for key, o := range x.objects {
		if len(tree.Problems()) > 0 && key.isKustomization() && !built[o] {
			x.broken[path.Clean(textAt(o.Content, "spec", "path"))] = true
		}
	}
	return x
}

// unknown tells whether nothing can be said about an object that only the other tree has: this one could not build
// the folder that it comes from, or one that leads there.
func (x index) unknown(o *verify.Object) bool {
	for b := o.Build; ; b = b.Owner.Build {
		if x.broken[b.Dir] {
			return true
		}
		if b.Owner == nil {
			return false
		}
	}
}

// scopeOf is what an object belongs to.
func (c comparison) scopeOf(o *verify.Object) Scope {
	environment := ""
	for one := o; one != nil && environment == ""; one = one.Build.Owner {
		environment = inDelivery(one.Build.Dir)
	}
	if environment == "" {
		environment = c.environmentOf(o)
	}
	return Scope{Environment: environment, Cluster: o.Cluster()}
}

// inDelivery is the environment that a folder of the delivery is for, or empty.
func inDelivery(dir string) string {
	environment, _, ok := layout.ClusterOf(dir)
	if parts := strings.Split(dir, "/"); !ok && len(parts) > 1 && parts[0] == "flux" && parts[1] != "hub" {
		environment = parts[1]
	}
	return environment
}

// environmentOf is the environment of an object on the hub, by the namespace that it is in or is named after.
func (c comparison) environmentOf(o *verify.Object) string {
	best := ""
	for _, name := range slices.Concat(c.sides[0].environments, c.sides[1].environments) {
		namespace := flux.Namespace(name)
		if (o.Namespace() == namespace || o.Name() == namespace || strings.HasPrefix(o.Name(), namespace+".")) && len(name) > len(best) {
			best = name
		}
	}
	return best
}

// scoped is a change and where it happens.
type scoped struct {
	Scope
	protected bool
	// guarded is set where the environment is protected, also for what its clusters share.
	guarded bool
	// newCluster is set where the cluster is in the second tree only.
	newCluster bool
	// lostCluster is set where the cluster is deleted, goesWithCluster where the object is in it and ends for that.
	lostCluster, goesWithCluster bool
	// runs are the releases that run in the namespace of a new PodIdentityAssociation, before and after.
	runs   []string
	change Change
	// left is set for a namespace whose release went before it.
	left bool
	// order is what goes in the wrong order by the change.
	order []teardown.Finding
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
		if after == nil && c.sides[1].unknown(before) || after != nil && c.same(before, after) {
			continue
		}
		found = append(found, c.change(key, before, after))
	}
	for _, key := range c.sides[1].order {
		if after := c.sides[1].objects[key]; c.sides[0].objects[key] == nil && !c.sides[0].unknown(after) {
			found = append(found, c.change(key, nil, after))
		}
	}
	withCluster(found)
	c.order(found)
	return slices.DeleteFunc(found, func(s scoped) bool { return s.change.Outcome == "" })
}

// same tells whether nothing happens with an object.
func (c comparison) same(before, after *verify.Object) bool {
	why, _ := c.handedOver(before, after)
	return why == "" && reflect.DeepEqual(before.Content, after.Content)
}

// withCluster says of everything in a cluster that is deleted that it goes too, whatever Flux does.
func withCluster(changes []scoped) {
	gone := map[string]bool{}
	for _, c := range changes {
		if c.change.Group == eksGroup && c.change.Kind == "Cluster" && c.change.Outcome == Delete {
			gone[c.Cluster] = true
		}
	}
	for i := range changes {
		c := &changes[i]
		c.lostCluster = gone[c.Cluster]
		c.goesWithCluster = c.lostCluster && c.change.Place == "cluster" && c.change.After == nil
		if c.goesWithCluster {
			c.change.Outcome, c.change.Why, c.change.Source = Delete, "it goes with the cluster", ""
		}
	}
}

// change is what happens with one object. Its outcome is empty if nothing but the order of what has none differs.
func (c comparison) change(key id, before, after *verify.Object) scoped {
	one := after
	if one == nil {
		one = before
	}
	made := scoped{Scope: c.scopeOf(one), change: Change{
		Group: key.group, Kind: key.kind, Namespace: key.namespace, Name: key.name, Place: "hub", Folder: one.Build.Dir,
		Step: c.stepOf(one),
	}}
	if key.place != "" {
		made.change.Place = "cluster"
	}
	made.newCluster = !c.sides[0].clusters[made.Cluster]
	made.runs = c.runningIn(key, after)
	made.guarded = c.sides[0].guarded[made.Environment] || c.sides[1].guarded[made.Environment]
	made.protected = c.sides[0].protected[made.Cluster] || c.sides[1].protected[made.Cluster]
	made.change.Before, made.change.After = concealed(contentOf(before), contentOf(after))
	switch {
	case before == nil:
		made.change.Outcome, made.change.Why, made.change.Source = c.created(after)
	case after == nil:
		made.change.Outcome, made.change.Why, made.change.Source = c.removed(before)
	default:
		c.fields(&made.change, one)
	}
	c.delivered(&made.change, before, after)
	return made
}

// contentOf is what an object holds; nothing if there is none.
func contentOf(o *verify.Object) map[string]any {
	if o == nil {
		return nil
	}
	return o.Content
}

// fields compares two versions of an object.
func (c comparison) fields(change *Change, o *verify.Object) {
	gvk := schema.KindOf(o.Content)
	w := walker{lists: lists{group: gvk.Group, kind: gvk.Kind, schema: c.crds.Schema(gvk)}}
	for _, part := range union(change.Before, change.After) {
		w.compare(at{}.field(part), change.Before[part], change.After[part])
	}
	change.Before = w.lists.alignedMap(at{}, change.Before, change.After)
	for _, f := range w.found {
		f.Outcome, f.Why, f.Source = c.knowledge.judge(gvk, f, subject{change, c.sides, forces(o.Build.Owner)})
		change.Fields = append(change.Fields, f)
	}
	for _, f := range change.Fields {
		if change.Outcome == "" || f.Outcome.Rank() < change.Outcome.Rank() {
			change.Outcome = f.Outcome
		}
	}
}

// forces tells whether a Kustomization replaces what cannot be changed.
func forces(owner *verify.Object) bool { return valueAt(contentOf(owner), "spec", "force") == true }

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
