package config

// This file is about what is taken out of a cluster while the cluster stays: a component, an add-on or a release.

// Retires reports whether the component is uninstalled, while its namespace and its AWS permissions stay.
func (c Chart) Retires() bool { return c.State == StateRetiring }

// Retires reports whether the add-on is deleted, while its AWS permissions stay.
func (a Addon) Retires() bool { return a.State == StateRetiring }

// Retires reports whether the release is uninstalled, while its namespace and its AWS permissions stay.
func (r Release) Retires() bool { return r.State == StateRetiring }

// A Retiring is something that is taken out of a cluster.
type Retiring struct {
	// Name is that of the component, the add-on or the release.
	Name string
	// Object is how kubectl knows it: helmrelease/NAME or addon/NAME.
	Object string
	// Component is set where it is one, which is then switched off and not removed from the file.
	Component bool
}

// Retiring lists what is taken out of the cluster, in the order of the file's fields.
func (c *Cluster) Retiring() []Retiring {
	var all []Retiring
	for _, p := range ChartComponents() {
		if p.In(c) && p.Settings(c).Retires() {
			all = append(all, Retiring{Name: p.Name, Object: p.object(c), Component: true})
		}
	}
	for _, a := range c.Addons {
		if a.Retires() {
			all = append(all, Retiring{Name: a.Name, Object: "addon/" + a.Name})
		}
	}
	for _, r := range c.Releases {
		if r.Retires() {
			all = append(all, Retiring{Name: r.Name, Object: "helmrelease/" + r.Name})
		}
	}
	return all
}

// AddonNamespace is the namespace that EKS installs an add-on in.
func AddonNamespace(name string) string { return addonNamespace(name) }

// fillRetiring lets state: retiring stand alone: what retires was on, unless the file says otherwise.
func fillRetiring(c *Components, has func(path ...any) bool) {
	for _, p := range ChartComponents() {
		if chart := p.Chart.Settings(c); chart.Retires() && !has("components", p.Name, "enabled") {
			chart.Enabled = true
		}
	}
}

// checkStates checks the states of components, add-ons and releases.
func checkStates(c clusterScope) {
	check := func(at spot, state string) {
		c.oneOf(at, state, "a state", []string{StateActive, StateRetiring})
	}
	for _, p := range ChartComponents() {
		check(c.at("components", p.Name, "state"), p.Settings(c.Cluster).State)
	}
	for i, a := range c.Addons {
		check(c.at("addons", i, "state"), a.State)
	}
	for i, r := range c.Releases {
		check(c.at("releases", i, "state"), r.State)
	}
}
