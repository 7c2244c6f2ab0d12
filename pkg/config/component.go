package config

import (
	"slices"
	"strings"
)

// A Component is one thing that a cluster can have: a row of the table in component_table.go.
type Component struct {
	// Name is the key in clusters.yaml, the name of the generated files and, of one with a chart, of the HelmRelease.
	Name string
	// Doc says in a few words what a cluster gains.
	Doc string
	// Needs names the components that must be ready first.
	Needs []string
	// Enabled reports whether a cluster has it; nil means every cluster, and with a chart those that switch it on.
	Enabled func(*Cluster) bool
	// Fields are those of clusters.yaml that it is made of, by path, besides its own under components.
	Fields []string
	// Roles are the ends of the names of its IAM roles, <cluster>-<end>. The role of a chart ends in Name.
	Roles []string
	// Chart is nil for a component without a Helm chart.
	Chart *ComponentChart
}

// ComponentChart is the Helm chart of a component; its release and its source are in templates.
type ComponentChart struct {
	// Settings finds the component's settings among those of a cluster.
	Settings func(*Components) *Chart
	// Name is the chart's name, Release Helm's name of the release.
	Name, Release string
	// Namespace is where the chart is installed; the component makes it.
	Namespace string
	// ServiceAccount is the one that has the IAM role; empty without a role.
	ServiceAccount string
	// Lost is what ends when the chart is uninstalled, besides its pods; empty where that is all.
	Lost string
	// Registry has the images of the chart.
	Registry string
	// Values are those that gen works out for the chart, each with a value of its type.
	Values string
	// Apps is set for what relies on releases: the stage apps delivers it, and not addons.
	Apps bool
	// Addon is the EKS add-on that does the same, if there is one; AddonTwice says what comes of both, and what to do.
	Addon, AddonTwice string
	// ByAddon reports whether the add-on is installed in place of the chart; nil means never.
	ByAddon func(*Components) bool
}

// Chart is what clusters.yaml says of every component with a Helm chart.
type Chart struct {
	// Enabled switches the component on.
	Enabled bool `yaml:"enabled,omitempty"`
	// State is active, or retiring before the component is switched off.
	State string `yaml:"state,omitempty"`
	// Version is the exact version of the chart. Default: the one in templates.
	Version string `yaml:"version,omitempty"`
	// Values are Helm values, merged last.
	Values map[string]any `yaml:"values,omitempty"`
}

// nodeRole ends the name of the node role, which a cluster with nodes.roleARN does not make, and clusterRole that of the cluster's,
// which one with adopt.roleARN does not make.
const (
	nodeRole    = "node"
	clusterRole = "cluster"
)

// ComponentNamed is the component of a name; its zero value if there is none.
func ComponentNamed(name string) Component { return componentIn(AllComponents(), name) }

func componentIn(all []Component, name string) Component {
	if i := slices.IndexFunc(all, func(p Component) bool { return p.Name == name }); i >= 0 {
		return all[i]
	}
	return Component{}
}

// ChartComponents lists the components with a chart, which a cluster switches on under components.
func ChartComponents() []Component {
	return slices.DeleteFunc(AllComponents(), func(p Component) bool { return p.Chart == nil })
}

// component is ComponentNamed while the rules of a file are checked.
func (t *tree) component(name string) Component { return componentIn(t.components, name) }

// charted is ChartComponents while the rules of a file are checked.
func (t *tree) charted(yield func(Component) bool) {
	for _, p := range t.components {
		if p.Chart != nil && !yield(p) {
			return
		}
	}
}

// In reports whether a cluster has the component.
func (p Component) In(c *Cluster) bool {
	if p.Chart != nil {
		return p.Settings(c).Enabled
	}
	return p.Enabled == nil || p.Enabled(c)
}

// FieldPaths are the fields of clusters.yaml that the component is made of.
func (p Component) FieldPaths() []string {
	if p.Chart == nil {
		return p.Fields
	}
	return append([]string{"components." + p.Name}, p.Fields...)
}

// Settings are those of a component with a chart.
func (p Component) Settings(c *Cluster) Chart { return *p.Chart.Settings(&c.Components) }

// ByHelm reports whether a cluster has the component from its chart, and not from an EKS add-on.
func (p Component) ByHelm(c *Cluster) bool { return p.Chart != nil && p.In(c) && !p.byAddon(c) }

// byAddon reports whether the settings of a component are those of an EKS add-on, enabled or not.
func (p Component) byAddon(c *Cluster) bool {
	return p.Chart != nil && p.Chart.ByAddon != nil && p.Chart.ByAddon(&c.Components)
}

// object is how kubectl knows what installs the component: helmrelease/NAME or addon/NAME.
func (p Component) object(c *Cluster) string {
	if p.byAddon(c) {
		return "addon/" + p.Chart.Addon
	}
	return "helmrelease/" + p.Name
}

// OwnRoles are the ends of the names of the component's own IAM roles.
func (p Component) OwnRoles() []string {
	if p.Chart != nil && p.Chart.ServiceAccount != "" {
		return append(slices.Clone(p.Roles), p.Name)
	}
	return p.Roles
}

// rolesIn are those of OwnRoles that a cluster has.
func (p Component) rolesIn(c *Cluster) []string {
	if !p.In(c) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.OwnRoles()), func(end string) bool {
		return end == nodeRole && c.Nodes.RoleARN != "" || end == clusterRole && c.Adopt.RoleARN != "" ||
			strings.HasPrefix(end, capabilityRole) && !c.makesCapabilityRole(end)
	})
}
