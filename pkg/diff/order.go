package diff

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/teardown"
)

// order notes at each change what goes in the wrong order by it. A cluster that retires or goes has an order of its own.
func (c comparison) order(changes []change.Scoped) {
	before, after := ofClusters(c.sides[0]), ofClusters(c.sides[1])
	findings := map[string][]teardown.Finding{}
	for i := range changes {
		s := &changes[i]
		name := s.Cluster
		if before[name] == nil || after[name] == nil || retiring(c.sides[0], name) || retiring(c.sides[1], name) {
			continue
		}
		if _, done := findings[name]; !done {
			findings[name] = append(teardown.Find(before[name], after[name]), teardown.Rebound(before[name], after[name])...)
		}
		if s.Change.Kind == "Namespace" && s.Change.Place == "cluster" && s.Change.Outcome == change.Delete && !before[name].Installs(s.Change.Name) {
			s.Left = true
			s.Change.Why = "no release is installed in it; what is left in it goes too"
		}
		for _, f := range findings[name] {
			if s.Change.Kind == f.Kind && s.Change.Name == f.Object && s.Change.Place == "hub" {
				s.Order = append(s.Order, f.Message)
			}
		}
	}
}

// ofClusters are the objects of each cluster.
func ofClusters(x effect.Index) map[string]teardown.Objects {
	all := map[string]teardown.Objects{}
	for _, key := range x.Order {
		o := x.Objects[key]
		stage := ""
		if o.Build.Owner != nil && o.Build.Owner.Namespace() == o.Cluster() {
			stage = o.Build.Owner.Name()
		}
		all[o.Cluster()] = append(all[o.Cluster()], teardown.Object{Stage: stage, Content: o.Content})
	}
	return all
}

// retiring reports whether a cluster is taken apart, by the annotation of its namespace.
func retiring(x effect.Index, cluster string) bool {
	namespace := x.Objects[manifest.ID{Kind: "Namespace", Name: cluster}]
	return manifest.TextAt(manifest.ContentOf(namespace), "metadata", "annotations", flux.StateAnnotation) == config.StateRetiring
}
