package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"eks-auto-gitops/pkg/diag"
)

// DefaultTimeout is how long an installation may take unless the release says otherwise; those of gen's own charts are in their templates.
const DefaultTimeout = 10 * time.Minute

// longestTimeout keeps a release within its stage, which the hub's policies give an hour (pkg/flux: admission_flux.go).
const longestTimeout = 55 * time.Minute

// dependencies checks what releases wait for. Flux has no reference from one stage to another, and waits for ever in a cycle.
func (c clusterScope) dependencies() {
	near := c.sameStage()
	for i, r := range c.Releases {
		s := c.sub("releases", i)
		s.distinct(r.DependsOn, "dependsOn")
		for j, name := range r.DependsOn {
			at := s.at("dependsOn", j)
			switch {
			case name == r.Name:
				c.fail(at, "a release cannot wait for itself", "remove it")
			case !r.Retires() && slices.ContainsFunc(c.Retiring(), func(other Retiring) bool { return other.Name == name }):
				c.fail(at, fmt.Sprintf("%q is retiring, so its HelmRelease goes, and Flux would wait for it forever", name), "remove it here, or let this release retire too")
			case slices.Contains(near, name):
			case c.component(name).ByHelm(c.Cluster):
				c.fail(at, name+" is in the stage apps, which comes after all releases", "remove it")
			case slices.ContainsFunc(c.Addons, func(a Addon) bool { return a.Name == name }) || c.component(name).Chart != nil && c.component(name).In(c.Cluster):
				c.fail(at, fmt.Sprintf("%q is an EKS add-on", name), "Flux waits for releases alone; remove it")
			default:
				c.fail(at, fmt.Sprintf("there is no release %q in this cluster", name), dependHint(name, near))
			}
		}
	}
	c.dependencyTime()
}

// sameStage are the releases and the components that are in one stage, by the names of their HelmReleases.
func (c clusterScope) sameStage() []string {
	names := named(c.Releases, func(r Release) string { return r.Name })
	for p := range c.charted {
		if p.ByHelm(c.Cluster) && !p.Chart.Apps {
			names = append(names, p.Name)
		}
	}
	return names
}

func dependHint(name string, names []string) string {
	if near := diag.Nearest(name, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name a release or a component of this cluster"
}

// dependencyTime follows what each release waits for: not back to itself, and not for longer than its stage can.
func (c clusterScope) dependencyTime() {
	told := map[string]bool{}
	for i, r := range c.Releases {
		at := c.at("releases", i, "dependsOn")
		path, total := c.longest(r.Name, nil)
		switch {
		case path == nil:
		case slices.Index(path, path[len(path)-1]) < len(path)-1:
			// Once for each circle, at the first release that is in it; one that waits for itself is reported above.
			if path[len(path)-1] == r.Name && len(path) > 2 && !told[r.Name] {
				for _, name := range path {
					told[name] = true
				}
				c.fail(at, "waits for itself: "+strings.Join(path, " → "), "remove one of these dependencies")
			}
		case len(path) > 1 && total > longestTimeout:
			c.fail(at, fmt.Sprintf("%s may take %s one after the other", strings.Join(path, " → "), shortTime(total)),
				"a stage has at most one hour, and 5m of it to spare; shorten a timeout, or remove a dependency")
		}
	}
}

// longest is the way along dependsOn that may take longest, and how long. A way that meets itself ends there.
func (c clusterScope) longest(name string, way []string) ([]string, time.Duration) {
	if slices.Contains(way, name) {
		return append(slices.Clone(way), name), 0
	}
	way = append(slices.Clone(way), name)
	own, best, bestTime := c.ownTime(name), way, time.Duration(0)
	for _, r := range c.Releases {
		if r.Name != name {
			continue
		}
		if d, err := time.ParseDuration(r.Timeout); err == nil {
			own = d
		}
		for _, next := range r.DependsOn {
			path, d := c.longest(next, way)
			if slices.Index(path, path[len(path)-1]) < len(path)-1 {
				return path, 0
			}
			if d > bestTime {
				best, bestTime = path, d
			}
		}
	}
	return best, own + bestTime
}

// ownTime is how long a component may take, as its template says, or a release without a time-out.
func (c clusterScope) ownTime(name string) time.Duration {
	if d, err := time.ParseDuration(templateOf(name).Spec.Timeout); err == nil {
		return d
	}
	return DefaultTimeout
}

// shortTime writes 65m0s as 65m.
func shortTime(d time.Duration) string {
	return fmt.Sprintf("%dm", int(d.Round(time.Minute).Minutes()))
}

// releaseSettings checks what Flux's HelmRelease limits.
func (s scope) releaseSettings(r Release) {
	if d, err := time.ParseDuration(r.Timeout); s.has("timeout") && (err != nil || !s.matches(`^([0-9]+(s|m|h))+$`, r.Timeout) || d <= 0 || d > longestTimeout) {
		s.fail(s.at("timeout"), fmt.Sprintf("%q is not a time-out that a release can have", r.Timeout), "write it in s, m and h, such as 20m; at most 55m, because its stage has one hour")
	}
	s.oneOf(s.at("crds"), r.CRDs, "what Helm can do with CRDs", []string{"CreateReplace", "Create", "Skip"})
	s.oneOf(s.at("driftDetection", "mode"), r.DriftDetection.Mode, "a mode of drift detection", []string{"enabled", "warn", "disabled"})
	for i, ignore := range r.DriftDetection.Ignore {
		for j, path := range ignore.Paths {
			if path != "" && !strings.HasPrefix(path, "/") {
				s.fail(s.at("driftDetection", "ignore", i, "paths", j), fmt.Sprintf("%q is not a JSON pointer", path), "write it as /spec/replicas")
			}
		}
		if len(ignore.Paths) == 0 && s.sound("driftDetection", "ignore", i, "paths") {
			s.fail(s.at("driftDetection", "ignore", i, "paths"), "is empty", "list JSON pointers, such as /spec/replicas, or write mode: disabled")
		}
	}
	for i, from := range r.ValuesFrom {
		s.oneOf(s.at("valuesFrom", i, "kind"), from.Kind, "what values can come from", []string{"ConfigMap", "Secret"})
		s.subdomain(s.at("valuesFrom", i, "name"), from.Name, "a ConfigMap or Secret")
	}
}
