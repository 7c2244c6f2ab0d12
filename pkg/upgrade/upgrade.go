// Package upgrade finds what in a fleet has a newer version that is known to work.
//
// In: the fleet as it was loaded, and the versions that this gen contains. Out: what can be upgraded and to what: Kubernetes by the
// calendar of EKS, components to the charts that gen was tested with, releases and add-ons to what another cluster of the fleet
// has. It queries no registry: anything beyond that is for Renovate.
package upgrade

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/util/version"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// The kinds of what has a version.
const (
	kubernetes = "kubernetes"
	component  = "component"
	addon      = "add-on"
	release    = "release"
)

// Upgrade is a version that a cluster can have instead of its own.
type Upgrade struct {
	Cluster     string `json:"cluster"`
	Environment string `json:"environment"`
	// Kind is kubernetes, component, add-on or release.
	Kind string `json:"kind"`
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
	// Why says why To is known to work.
	Why string `json:"why"`
	// Command writes it into clusters.yaml.
	Command string `json:"command"`
}

// used is a version that a cluster has of something; source tells charts of one name apart.
type used struct {
	cluster                     *config.Cluster
	kind, name, source, version string
	// field is where the version stands, path the same with the number of the item in its list.
	field, path string
}

// List lists the upgrades of the clusters that has reports true for, by environment and cluster, in the order of what a cluster is
// made of. The whole fleet counts for what is known to work. source is the clusters.yaml that the fleet was loaded from.
func List(fleet *config.Fleet, source []byte, has func(environment, cluster string) bool) ([]Upgrade, error) {
	charts, err := charts()
	if err != nil {
		return nil, err
	}
	var all []used
	for _, e := range fleet.Environments {
		for _, c := range fleet.ClustersOf(e.Name) {
			all = append(all, of(c)...)
		}
	}
	list := []Upgrade{}
	for _, u := range all {
		if !has(u.cluster.Environment, u.cluster.Name) || u.cluster.State == config.StateRetiring {
			continue
		}
		to, why := newer(u, all, charts)
		if to == "" {
			continue
		}
		list = append(list, Upgrade{u.cluster.Name, u.cluster.Environment, u.kind, u.name, u.version, to, why, command(u, to, source)})
	}
	return list, nil
}

// charts are the versions that gen brings for its components.
func charts() (map[string]string, error) {
	known := map[string]string{}
	for _, p := range config.ChartComponents() {
		chart, err := flux.Template(p.Name)
		if err != nil {
			return nil, fmt.Errorf("read the charts: %w", err)
		}
		known[p.Name] = chart.Version()
	}
	return known, nil
}

// of are the versions of a cluster. What names none has the newest that gen brings.
func of(c *config.Cluster) []used {
	list := []used{{c, kubernetes, kubernetes, "", c.Version, "version", "version"}}
	for _, p := range config.ChartComponents() {
		version := p.Settings(c).Version
		if !p.In(c) || version == "" {
			continue
		}
		kind := component
		if !p.ByHelm(c) {
			kind = addon
		}
		field := "components." + p.Name + ".version"
		list = append(list, used{c, kind, p.Name, "", version, field, field})
	}
	for i, a := range c.Addons {
		list = append(list, used{c, addon, a.Name, "", a.Version, "addons[" + a.Name + "].version", fmt.Sprintf("addons[%d].version", i)})
	}
	for i, r := range c.Releases {
		list = append(list, used{
			c, release, r.Name, r.Chart.URL + " " + r.Chart.Name, r.Chart.Version,
			"releases[" + r.Name + "].chart.version", fmt.Sprintf("releases[%d].chart.version", i),
		})
	}
	return list
}

// newer is the version that something can go to, or empty.
func newer(u used, all []used, charts map[string]string) (to, why string) {
	switch u.kind {
	case kubernetes:
		return nextKubernetes(u, all)
	case component:
		if to := charts[u.name]; less(u.version, to) {
			return to, "this gen was tested with it"
		}
		return "", ""
	}
	var there []string
	for _, other := range all {
		if other.kind != u.kind || other.name != u.name || other.source != u.source || !less(u.version, other.version) {
			continue
		}
		switch {
		case to == "" || less(to, other.version):
			to, there = other.version, []string{other.cluster.Name}
		case to == other.version:
			there = append(there, other.cluster.Name)
		}
	}
	if to == "" {
		return "", ""
	}
	return to, strings.Join(there, ", ") + verb(there) + "it"
}

func verb(names []string) string {
	if len(names) == 1 {
		return " has "
	}
	return " have "
}

// nextKubernetes is the next minor version, which is as far as EKS goes at a time, once AWS has said how long it is supported.
func nextKubernetes(u used, all []used) (to, why string) {
	to = config.NextVersion(u.version)
	s, ok := config.SupportOf(to)
	if !ok || s.Standard.IsZero() {
		return "", ""
	}
	now, _ := config.SupportOf(u.version)
	why = fmt.Sprintf("standard support until %s, of %s until %s", s.Standard.Format(time.DateOnly), u.version, now.Standard.Format(time.DateOnly))
	var there []string
	for _, other := range all {
		if other.kind == kubernetes && other.version == to {
			there = append(there, other.cluster.Name)
		}
	}
	if len(there) > 0 {
		why += "; " + strings.Join(there, ", ") + verb(there) + "it"
	}
	return to, why
}

// less compares versions such as 1.19.0, v1.19.0 and v0.8.0-eksbuild.1; what is no such version is never less.
func less(a, b string) bool {
	x, errA := version.ParseSemantic(a)
	y, errB := version.ParseSemantic(b)
	return cmp.Or(errA, errB) == nil && x.LessThan(y)
}

// command writes a version into clusters.yaml, where it stands: in the cluster, or where the cluster has it from.
func command(u used, to string, source []byte) string {
	if u.kind == kubernetes {
		return "gen upgrade " + u.cluster.Name
	}
	where, field := " --cluster "+u.cluster.Name, u.field
	values, _, _ := config.Effective(layout.ClustersFile, source, u.cluster.Name)
	for _, v := range values {
		switch {
		case v.Path != u.path:
		case v.From == "environment":
			where = " --environment " + u.cluster.Environment
		case v.From == "defaults":
			where, field = "", "defaults."+field
		}
	}
	if strings.Contains(field, "[") {
		field = "'" + field + "'" // a pattern for a shell
	}
	return "gen set" + where + " " + field + " " + to
}
