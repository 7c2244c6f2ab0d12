package effect

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// This file says what becomes of a cluster's releases when another Flux delivers them.

const (
	sourceTakeOver = "helm-controller, internal/reconcile/state.go, DetermineReleaseState"
	sourceLeave    = "Flux Operator, internal/controller/fluxinstance_uninstaller.go"
)

// handedOver says what happens with an object that is no longer there because another Flux delivers the cluster, or nothing. A release
// stays installed if it was suspended, or if its Flux goes: the Flux Operator takes off all finalizers first.
func (c Trees) handedOver(o *manifest.Object) (outcome change.Outcome, why, source string) {
	leaves := c.fluxLeaves(o)
	isRelease := o.Kind().Kind == "HelmRelease"
	switch {
	case isRelease && (leaves || isSuspended(o.Content)) && c.delivers(o):
		return change.Update, "another Flux takes the release over: it stays installed, and Helm upgrades it to what the tree says", sourceTakeOver
	case leaves && isRelease:
		return change.Orphan, "Flux goes from the cluster, and leaves what it has installed", sourceLeave
	case leaves && strings.HasSuffix(o.Kind().Group, ".fluxcd.io"):
		return change.Delete, "it goes with Flux; what it has delivered stays", sourceLeave
	case leaves && c.delivers(o):
		return change.Update, "another Flux delivers it", sourceLeave
	case leaves:
		return change.Orphan, "Flux goes from the cluster, and leaves what it has applied", sourceLeave
	}
	return "", "", ""
}

// fluxLeaves reports whether an object is delivered by a cluster's own Flux, which the second tree does not have.
func (c Trees) fluxLeaves(o *manifest.Object) bool {
	if owner := o.Build.Owner; o.Place() == "" || owner == nil || owner.Place() != o.Place() {
		return false
	}
	return c[0].hasFlux(o.Place()) && !c[1].hasFlux(o.Place())
}

// hasFlux reports whether a cluster has a Flux of its own.
func (x Index) hasFlux(place string) bool {
	for key := range x.Objects {
		if key.Place == place && key.Group == manifest.InstanceGroup && key.Kind == "FluxInstance" {
			return true
		}
	}
	return false
}

// delivers reports whether the second tree has the object for the same cluster, on the hub or in the cluster.
func (c Trees) delivers(o *manifest.Object) bool {
	key := manifest.IDOf(o)
	for other, now := range c[1].Objects {
		if other.Place != key.Place && other.Kind == key.Kind && other.Name == key.Name && other.Namespace == key.Namespace && now.Home() == o.Home() {
			return true
		}
	}
	return false
}
