package diff

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

// The steps that are no Kustomizations of a cluster.
const (
	// stepHub is what a person applies on the hub.
	stepHub = "hub"
	// stepDelivery is what the environment's root Kustomization applies for a cluster: its namespace and its chain.
	stepDelivery = "delivery"
)

// stepOf is the name of the step that delivers an object.
func (c comparison) stepOf(o *manifest.Object) string {
	owner := o.Build.Owner
	switch {
	case owner == nil:
		return stepHub
	case c.scopeOf(owner) == c.scopeOf(o):
		return owner.Name()
	default:
		return stepDelivery
	}
}

// chains are those of every scope with changes, and of its environment.
func (c comparison) chains(changes []change.Scoped) []change.Chain {
	made := map[change.Scope]*change.Chain{}
	for _, s := range changes {
		for _, scope := range []change.Scope{s.Scope, {Environment: s.Environment}} {
			if made[scope] == nil {
				made[scope] = newChain(scope)
			}
		}
	}
	for _, side := range []int{1, 0} {
		for _, key := range c.sides[side].Order {
			if !key.IsKustomization() || side == 0 && c.sides[1].Objects[key] != nil {
				continue
			}
			o := c.sides[side].Objects[key]
			if chain := made[c.scopeOf(o)]; chain != nil {
				chain.Steps = append(chain.Steps, c.step(key, o))
				chain.Source = manifest.OrElse(chain.Source, c.sourceOf(side, o))
			}
		}
	}
	for i := range changes {
		addToStep(made[changes[i].Scope], &changes[i])
	}
	return groupChains(made)
}

// newChain is a chain with the step that is no Kustomization.
func newChain(scope change.Scope) *change.Chain {
	first := change.Step{Name: stepHub, Folder: layout.HubDir(scope.Environment), Place: "hub", Outcomes: map[change.Outcome]int{}}
	if scope.Cluster != "" {
		first.Name, first.Folder = stepDelivery, layout.DeliveryDir(scope.Environment, scope.Cluster)
	}
	return &change.Chain{Scopes: []change.Scope{scope}, Steps: []change.Step{first}}
}

// step is a Kustomization of one of the trees.
func (c comparison) step(key manifest.ID, o *manifest.Object) change.Step {
	s := change.Step{
		Name: key.Name, Folder: path.Clean(strings.TrimPrefix(manifest.TextAt(o.Content, "spec", "path"), "/")), Place: "hub", Outcomes: map[change.Outcome]int{},
	}
	if manifest.ValueAt(o.Content, "spec", "kubeConfig") != nil {
		s.Place = "cluster"
	}
	switch before, after := c.sides[0].Objects[key], c.sides[1].Objects[key]; {
	case before == nil:
		s.Change = "added"
	case after == nil:
		s.Change = "removed"
	case !c.same(before, after):
		s.Change = "changed"
	}
	waits, _ := manifest.ValueAt(o.Content, "spec", "dependsOn").([]any)
	for _, item := range waits {
		if fields, ok := item.(map[string]any); ok {
			s.After = append(s.After, manifest.TextAt(fields, "name"))
		}
	}
	return s
}

// sourceOf is the branch and the repository that the root of an environment is delivered from.
func (c comparison) sourceOf(side int, root *manifest.Object) string {
	source := c.sides[side].Objects[manifest.ID{
		Group: manifest.SourceGroup, Kind: manifest.TextAt(root.Content, "spec", "sourceRef", "kind"),
		Namespace: root.Namespace(), Name: manifest.TextAt(root.Content, "spec", "sourceRef", "name"),
	}]
	if source == nil {
		return ""
	}
	url := manifest.TextAt(source.Content, "spec", "url")
	if branch := manifest.TextAt(source.Content, "spec", "ref", "branch"); branch != "" {
		return "branch " + branch + " of " + url
	}
	return url
}

// addToStep adds a change to the step that delivers it.
func addToStep(c *change.Chain, s *change.Scoped) {
	i := slices.IndexFunc(c.Steps, func(step change.Step) bool { return step.Name == s.Change.Step })
	if i < 0 {
		i = len(c.Steps)
		c.Steps = append(c.Steps, change.Step{Name: s.Change.Step, Folder: s.Change.Folder, Place: s.Change.Place, Outcomes: map[change.Outcome]int{}})
	}
	c.Steps[i].Outcomes[s.Change.Outcome]++
	c.Steps[i].Dangers += len(s.Change.Dangers)
}

// groupChains merges chains that are the same but for the name of the cluster, in the order of their scopes.
func groupChains(made map[change.Scope]*change.Chain) []change.Chain {
	bySteps := map[string]int{}
	var list []change.Chain
	for _, scope := range slices.SortedFunc(maps.Keys(made), change.Scope.Compare) {
		chain := made[scope]
		text, err := json.Marshal(chain.Steps)
		if err != nil {
			text = []byte(scope.String()) // nothing else is the same
		}
		key := chain.Source + "\n" + change.Unnamed(string(text), scope.Cluster)
		i, ok := bySteps[key]
		if !ok {
			bySteps[key] = len(list)
			list = append(list, *chain)
			continue
		}
		if len(list[i].Scopes) == 1 {
			list[i].Neutral()
		}
		list[i].Scopes = append(list[i].Scopes, scope)
	}
	return list
}
