package config

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	// oldestFlux is the minor version of the oldest Flux 2 that knows all fields that gen writes otherwise.
	oldestFlux = 7
	// artifactsFlux is the first whose generator finds the clusters of an environment by itself (fluxcd/source-watcher, CHANGELOG.md 2.2.0:
	// spec.pathPattern). With a list of them a new cluster would need the hub's branch.
	artifactsFlux = 9
)

// PerCluster reports whether each cluster is delivered from an artifact of its own.
func (f Flux) PerCluster() bool {
	if f.Artifacts != nil {
		return *f.Artifacts
	}
	n, ok := f.minor()
	return !ok || n >= artifactsFlux
}

// minor is the minor version of Flux 2.
func (f Flux) minor() (int, bool) {
	text, ok := strings.CutPrefix(f.Version, "2.")
	n, err := strconv.Atoi(text)
	return n, ok && err == nil && strconv.Itoa(n) == text && n >= 0
}

// checkFlux wants a minor version of Flux 2 that knows the fields that gen writes.
func checkFlux(f fleetScope) {
	version := f.Flux.Version
	if version == "" {
		return
	}
	n, ok := f.Flux.minor()
	switch {
	case !ok:
		f.fail(f.at("flux", "version"), fmt.Sprintf("%q is not a minor version of Flux", version), `write "2.9", without a patch version`)
	case n < oldestFlux:
		f.fail(f.at("flux", "version"), fmt.Sprintf("Flux %s is too old", version), "what gen writes needs Flux 2.7 or newer; upgrade the hub first")
	case n < artifactsFlux && f.Flux.PerCluster():
		f.fail(f.at("flux", "artifacts"), fmt.Sprintf("Flux %s cannot make an artifact of each cluster", version),
			"its source-watcher does not find clusters by itself; upgrade the hub to Flux 2.9 and set version, or remove this line")
	}
}
