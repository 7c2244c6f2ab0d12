package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// This file keeps what the user names apart from what gen's own components are called: their releases, add-ons, IAM roles and
// service accounts.

// rival is the component of the cluster that does the work of an add-on, or has its name and so the name of its role.
func (c clusterScope) rival(addon string) *Component {
	for _, p := range ChartComponents() {
		if addon != "" && p.In(c.Cluster) && (addon == p.Chart.Addon || addon == p.Name) {
			return &p
		}
	}
	return nil
}

// addonRival refuses an add-on beside the component that does the same.
func (c clusterScope) addonRival(at spot, p *Component) {
	c.fail(at, p.Name+" is also a component of this cluster", cmp.Or(p.Chart.AddonTwice, "they would be installed twice; remove one of the two"))
}

// addonTwice: an add-on and a release of one name would share the name of their role.
func (c clusterScope) addonTwice() {
	for i, r := range c.Releases {
		at := c.at("releases", i, "name")
		for j, a := range c.Addons {
			if r.Name != "" && r.Name == a.Name {
				c.fail(at, fmt.Sprintf("an add-on on line %d has the same name", c.at("addons", j, "name").line), "they would be installed twice; remove one of the two")
			}
		}
		if p := c.rival(r.Name); p != nil && p.byAddon(c.Cluster) && r.Name == p.Chart.Addon {
			c.fail(at, fmt.Sprintf("the component %s installs the add-on of this name", p.Name), "they would be installed twice; remove one of the two")
		}
	}
}

// helmNameTwice: Helm keeps its record of a release under its name, in its namespace.
func (c clusterScope) helmNameTwice() {
	owners := map[string]string{}
	for _, p := range ChartComponents() {
		if p.ByHelm(c.Cluster) {
			owners[p.Chart.Namespace+"/"+p.Chart.Release] = "component " + p.Name
		}
	}
	for i, r := range c.Releases {
		at := c.at("releases", i, "name")
		if c.sub("releases", i).has("releaseName") {
			at = c.at("releases", i, "releaseName")
		}
		key, name := r.Namespace.Name+"/"+r.ReleaseName, fmt.Sprintf("release %q", r.Name)
		owner := owners[key]
		if owner == "" {
			owners[key] = name
		} else if owner != name && ComponentNamed(r.Name).Chart == nil {
			// A second release of the same name, and one with the name of a component, are reported as that.
			c.fail(at, fmt.Sprintf("the %s has this name in the namespace %s", owner, r.Namespace.Name), "Helm would take one for an upgrade of the other; choose another name")
		}
	}
}

// takenSuffix reports whether a role of gen's own may have the suffix, in this cluster or in another. IAM takes a name once,
// whatever its letter case (IAM User Guide, "IAM and STS quotas").
func takenSuffix(suffix string) bool {
	return slices.ContainsFunc(AllComponents(), func(p Component) bool {
		return slices.ContainsFunc(p.OwnRoles(), func(own string) bool { return strings.EqualFold(own, suffix) })
	})
}

// componentAccounts are the service accounts that have a role of a component, as <namespace>/<name>, each with its owner.
func componentAccounts(c *Cluster) map[string]string {
	owners := map[string]string{}
	for _, p := range ChartComponents() {
		if p.In(c) && p.Chart.ServiceAccount != "" {
			owners[p.Chart.Namespace+"/"+p.Chart.ServiceAccount] = "the component " + p.Name
		}
	}
	return owners
}
