package diff

import (
	"reflect"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// scopeOf is what an object belongs to.
func (c comparison) scopeOf(o *manifest.Object) change.Scope {
	environment := ""
	for one := o; one != nil && environment == ""; one = one.Build.Owner {
		environment = inDelivery(one.Build.Dir)
	}
	if environment == "" {
		environment = c.environmentOf(o)
	}
	return change.Scope{Environment: environment, Cluster: o.Cluster()}
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
func (c comparison) environmentOf(o *manifest.Object) string {
	best := ""
	for _, name := range slices.Concat(c.sides[0].Environments, c.sides[1].Environments) {
		namespace := flux.Namespace(name)
		if (o.Namespace() == namespace || o.Name() == namespace || strings.HasPrefix(o.Name(), namespace+".")) && len(name) > len(best) {
			best = name
		}
	}
	return best
}

// comparison compares two trees.
type comparison struct {
	crds    *schema.Set
	effects effect.Table
	sides   effect.Trees
	subnets *subnetIDs
}

// changes are all objects that differ: those that stay or go in the order of the first tree, then those that come.
func (c comparison) changes() []change.Scoped {
	var found []change.Scoped
	for _, key := range c.sides[0].Order {
		before, after := c.sides[0].Objects[key], c.sides[1].Objects[key]
		if after == nil && c.sides[1].Unknown(before) || after != nil && c.same(before, after) {
			continue
		}
		found = append(found, c.change(key, before, after))
	}
	for _, key := range c.sides[1].Order {
		if after := c.sides[1].Objects[key]; c.sides[0].Objects[key] == nil && !c.sides[0].Unknown(after) {
			found = append(found, c.change(key, nil, after))
		}
	}
	withCluster(found)
	c.order(found)
	return slices.DeleteFunc(found, func(s change.Scoped) bool { return s.Change.Outcome == "" })
}

// same reports whether nothing happens with an object.
func (c comparison) same(before, after *manifest.Object) bool {
	why, _ := c.sides.HandedOver(before, after)
	return why == "" && reflect.DeepEqual(before.Content, after.Content)
}

// withCluster says of everything in a cluster that is deleted that it goes too, whatever Flux does.
func withCluster(changes []change.Scoped) {
	gone := map[string]bool{}
	for _, c := range changes {
		if c.Change.Group == manifest.EKSGroup && c.Change.Kind == "Cluster" && c.Change.Outcome == change.Delete {
			gone[c.Cluster] = true
		}
	}
	for i := range changes {
		c := &changes[i]
		c.LostCluster = gone[c.Cluster]
		c.GoesWithCluster = c.LostCluster && c.Change.Place == "cluster" && c.Change.After == nil
		if c.GoesWithCluster {
			c.Change.Outcome, c.Change.Why, c.Change.Source = change.Delete, "it goes with the cluster", ""
		}
	}
}

// change is what happens with one object. Its outcome is empty if nothing but the order of what has none differs.
func (c comparison) change(key manifest.ID, before, after *manifest.Object) change.Scoped {
	one := after
	if one == nil {
		one = before
	}
	made := change.Scoped{Scope: c.scopeOf(one), Change: change.Change{
		Group: key.Group, Kind: key.Kind, Namespace: key.Namespace, Name: key.Name, Place: "hub", Folder: one.Build.Dir,
		Step: c.stepOf(one),
	}}
	if key.Place != "" {
		made.Change.Place = "cluster"
	}
	made.NewCluster = !c.sides[0].Clusters[made.Cluster]
	made.Runs = c.runningIn(key, after)
	if key.Kind == "NodePool" {
		made.Pools = c.sides[1].Pools(made.Cluster)
	}
	made.Public = c.goesPublic(key, before, after)
	made.Successor = c.successor(key, before, after)
	made.Guarded = c.sides[0].Guarded[made.Environment] || c.sides[1].Guarded[made.Environment]
	was, is := c.sides[0].Protected[made.Cluster], c.sides[1].Protected[made.Cluster]
	made.Protected, made.Unprotected = was || is, was && !is && c.sides[1].Homes[made.Cluster] == made.Environment && !c.sides[1].Retiring[made.Cluster]
	made.Homes, made.Retires = c.sides[1].Homes, c.sides[1].Retiring[made.Cluster]
	made.Enforces = key.Kind == "NodeClass" && c.sides[1].Enforces(key.Place)
	made.Change.Before, made.Change.After = concealed(manifest.ContentOf(before), manifest.ContentOf(after))
	switch {
	case before == nil:
		made.Change.Outcome, made.Change.Why, made.Change.Source = c.sides.Created(after)
	case after == nil:
		made.Change.Outcome, made.Change.Why, made.Change.Source = c.sides.Removed(before)
	default:
		c.fields(&made.Change, one)
	}
	c.sides.Delivered(&made.Change, before, after)
	return made
}

// fields compares two versions of an object.
func (c comparison) fields(change *change.Change, o *manifest.Object) {
	gvk := schema.KindOf(o.Content)
	w := walker{lists: lists{group: gvk.Group, kind: gvk.Kind, schema: c.crds.Schema(gvk)}}
	for _, part := range union(change.Before, change.After) {
		w.compare(at{}.field(part), change.Before[part], change.After[part])
	}
	change.Before = w.lists.alignedMap(at{}, change.Before, change.After)
	for _, f := range w.found {
		f.Outcome, f.Why, f.Source = c.effects.Judge(gvk, f, effect.Subject{Change: change, Trees: c.sides, Force: forces(o.Build.Owner)})
		change.Fields = append(change.Fields, f)
	}
	for _, f := range change.Fields {
		if change.Outcome == "" || f.Outcome.Rank() < change.Outcome.Rank() {
			change.Outcome = f.Outcome
		}
	}
}

// forces reports whether a Kustomization replaces what cannot be changed.
func forces(owner *manifest.Object) bool {
	return manifest.ValueAt(manifest.ContentOf(owner), "spec", "force") == true
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
