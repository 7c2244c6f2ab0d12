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
	components := map[string]Chart{
		"external-dns": c.Components.ExternalDNS.Chart,
		"cloudwatch":   c.Components.CloudWatch.Chart,
		"podinfo":      c.Components.Podinfo.Chart,
	}
	for _, name := range componentNames() {
		if chart := components[name]; chart.Enabled && chart.Retires() {
			all = append(all, Retiring{Name: name, Object: c.objectOf(name), Component: true})
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

// CloudWatchAddon is the EKS add-on of the component cloudwatch.
const CloudWatchAddon = "amazon-cloudwatch-observability"

func (c *Cluster) objectOf(component string) string {
	if component == "cloudwatch" && c.Components.CloudWatch.Via == ViaAddon {
		return "addon/" + CloudWatchAddon
	}
	return "helmrelease/" + component
}

// AddonNamespace is the namespace that EKS installs an add-on in.
func AddonNamespace(name string) string { return addonNamespace(name) }

// fillRetiring lets state: retiring stand alone: what retires was on, unless the file says otherwise.
func fillRetiring(c *Components, has func(path ...any) bool) {
	for name, chart := range map[string]*Chart{
		"external-dns": &c.ExternalDNS.Chart, "cloudwatch": &c.CloudWatch.Chart, "podinfo": &c.Podinfo.Chart,
	} {
		if chart.Retires() && !has("components", name, "enabled") {
			chart.Enabled = true
		}
	}
}

// checkStates checks the states of components, add-ons and releases.
func checkStates(c clusterScope) {
	check := func(at spot, state string) {
		c.oneOf(at, state, "a state", []string{StateActive, StateRetiring})
	}
	check(c.at("components", "external-dns", "state"), c.Components.ExternalDNS.State)
	check(c.at("components", "cloudwatch", "state"), c.Components.CloudWatch.State)
	check(c.at("components", "podinfo", "state"), c.Components.Podinfo.State)
	for i, a := range c.Addons {
		check(c.at("addons", i, "state"), a.State)
	}
	for i, r := range c.Releases {
		check(c.at("releases", i, "state"), r.State)
	}
}
