package diff

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/teardown"
)

// orderRule finds what is uninstalled after what it needs for that.
func orderRule() Rule {
	return Rule{
		Name: "removal-order",
		Doc:  "a release or an add-on goes together with its namespace or role, or changes places with another; or pods must be restarted",
		Why: `Flux goes through the stages in the order of creation, also when it deletes: role, association and namespace go before Helm
uninstalls. Webhooks with failurePolicy Fail then refuse what they match, APIServices answer nothing, and a namespace waits for
finalizers that nobody takes off. With state: retiring the release goes in one commit, and the rest in the next.`,
		find: func(c *scoped) []Danger {
			var found []Danger
			for _, f := range c.order {
				found = append(found, Danger{Message: f.Message})
			}
			return found
		},
	}
}

// order notes at each change what goes in the wrong order by it. A cluster that retires or goes has an order of its own.
func (c comparison) order(changes []scoped) {
	before, after := c.sides[0].ofClusters(), c.sides[1].ofClusters()
	findings := map[string][]teardown.Finding{}
	for i := range changes {
		s := &changes[i]
		name := s.Cluster
		if before[name] == nil || after[name] == nil || c.sides[0].retiring(name) || c.sides[1].retiring(name) {
			continue
		}
		if _, done := findings[name]; !done {
			findings[name] = append(teardown.Find(before[name], after[name]), teardown.Rebound(before[name], after[name])...)
		}
		if s.change.Kind == "Namespace" && s.change.Place == "cluster" && s.change.Outcome == Delete && !before[name].Installs(s.change.Name) {
			s.left = true
			s.change.Why = "no release is installed in it; what is left in it goes too"
		}
		for _, f := range findings[name] {
			if s.change.Kind == f.Kind && s.change.Name == f.Object && s.change.Place == "hub" {
				s.order = append(s.order, f)
			}
		}
	}
}

// ofClusters are the objects of each cluster.
func (x index) ofClusters() map[string]teardown.Objects {
	all := map[string]teardown.Objects{}
	for _, key := range x.order {
		o := x.objects[key]
		stage := ""
		if o.Build.Owner != nil && o.Build.Owner.Namespace() == o.Cluster() {
			stage = o.Build.Owner.Name()
		}
		all[o.Cluster()] = append(all[o.Cluster()], teardown.Object{Stage: stage, Content: o.Content})
	}
	return all
}

// retiring tells whether a cluster is taken apart, by the annotation of its namespace.
func (x index) retiring(cluster string) bool {
	namespace := x.objects[id{kind: "Namespace", name: cluster}]
	return textAt(contentOf(namespace), "metadata", "annotations", flux.StateAnnotation) == config.StateRetiring
}
