package layout

import (
	"slices"
	"time"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
)

// spare is what a stage has besides its releases: Flux looks at what a release depends on every 30 seconds
// (Flux, HelmRelease API: Dependencies), and charts have to be fetched.
const spare = 5 * time.Minute

// mostTime is what the hub's policies give a Flux object (pkg/flux: admission_flux.go).
const mostTime = time.Hour

// releasesTime is how long the releases of a stage may take, those that wait for another one after it. A stage that gave up
// earlier would call a release failed that is still being installed.
func releasesTime(deliveries []Named) time.Duration {
	releases := map[string]*helmv2.HelmRelease{}
	for _, d := range deliveries {
		for _, o := range d.Objects {
			if release, ok := o.(*helmv2.HelmRelease); ok {
				releases[release.Name] = release
			}
		}
	}
	var longest time.Duration
	for name := range releases {
		longest = max(longest, timeAlong(releases, name, nil))
	}
	if longest == 0 {
		return 0
	}
	return min(longest+spare, mostTime)
}

// timeAlong is how long a release and what it depends on may take. pkg/config refuses cycles.
func timeAlong(releases map[string]*helmv2.HelmRelease, name string, way []string) time.Duration {
	release := releases[name]
	if release == nil || release.Spec.Timeout == nil || slices.Contains(way, name) {
		return 0
	}
	var before time.Duration
	for _, d := range release.Spec.DependsOn {
		before = max(before, timeAlong(releases, d.Name, append(way, name)))
	}
	return release.Spec.Timeout.Duration + before
}
