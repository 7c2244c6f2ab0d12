package diff

import "eks-auto-gitops/pkg/manifest"

// runningIn are the releases that are in both trees, in the namespace of an association that is in the second alone.
func (c comparison) runningIn(key manifest.ID, after *manifest.Object) []string {
	if key.Kind != "PodIdentityAssociation" || c.sides[0].Objects[key] != nil || after == nil {
		return nil
	}
	namespace := manifest.TextAt(manifest.ContentOf(after), "spec", "namespace")
	var names []string
	for _, other := range c.sides[1].Order {
		if other.Kind != "HelmRelease" || other.Namespace != key.Namespace {
			continue
		}
		runs := func(side int) bool {
			return manifest.TextAt(manifest.ContentOf(c.sides[side].Objects[other]), "spec", "targetNamespace") == namespace
		}
		if runs(0) && runs(1) {
			names = append(names, other.Name)
		}
	}
	return names
}
