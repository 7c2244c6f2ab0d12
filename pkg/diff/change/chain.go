package change

// A Chain is how Flux delivers a cluster, or what comes before the clusters of an environment. Clusters whose chains are
// the same but for their names have one between them.
type Chain struct {
	// Scopes have it, sorted.
	Scopes []Scope
	// Source is what an environment is delivered from, its branch and repository; empty for clusters.
	Source string
	// Steps are in the order of the tree, those that are gone last.
	Steps []Step
}

// A Step is a Kustomization of Flux, and what changes of the objects that it applies; or one of those above.
type Step struct {
	Name string `json:"name"`
	// Folder is what it applies, Place where to: "hub" or "cluster".
	Folder string `json:"folder"`
	Place  string `json:"place"`
	// After names the steps that it waits for.
	After []string `json:"after,omitempty"`
	// Change is "added" or "removed" if it is in one of the trees only, "changed" if it is not the same in both, else empty.
	Change string `json:"change,omitempty"`
	// Outcomes counts objects by what happens with them, Dangers what is dangerous about it.
	Outcomes map[Outcome]int `json:"outcomes"`
	Dangers  int             `json:"dangers"`
}

// Neutral puts the placeholder for the name of its cluster.
func (c *Chain) Neutral() {
	for i := range c.Steps {
		c.Steps[i].Folder = Unnamed(c.Steps[i].Folder, c.Scopes[0].Cluster)
	}
}
