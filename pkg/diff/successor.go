package diff

import (
	"reflect"

	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

// successor is the release that is in the second tree alone, of the same chart and in the same namespace as one that is in the first
// alone: it is the same under another name.
func (c comparison) successor(key manifest.ID, before, after *manifest.Object) string {
	if key.Kind != "HelmRelease" || before == nil || after != nil {
		return ""
	}
	for _, other := range c.sides[1].Order {
		if other.Kind != key.Kind || other.Namespace != key.Namespace || other.Place != key.Place || c.sides[0].Objects[other] != nil {
			continue
		}
		if sameChart(c.sides, before, c.sides[1].Objects[other]) {
			return other.Name
		}
	}
	return ""
}

// sameChart reports whether two releases are of one chart, in whatever version, and in one namespace.
func sameChart(sides effect.Trees, before, after *manifest.Object) bool {
	one, other := before.Content, after.Content
	if manifest.TextAt(one, "spec", "targetNamespace") != manifest.TextAt(other, "spec", "targetNamespace") {
		return false
	}
	return reflect.DeepEqual(chartOf(sides[0], before), chartOf(sides[1], after))
}

// chartOf is where a release has its chart from, and its name there.
func chartOf(x effect.Index, release *manifest.Object) [2]string {
	if name := manifest.TextAt(release.Content, "spec", "chartRef", "name"); name != "" {
		key := manifest.ID{Group: manifest.SourceGroup, Kind: manifest.TextAt(release.Content, "spec", "chartRef", "kind"), Namespace: release.Namespace(), Name: name}
		return [2]string{manifest.TextAt(manifest.ContentOf(x.Objects[key]), "spec", "url")}
	}
	return [2]string{manifest.TextAt(release.Content, "spec", "chart", "spec", "sourceRef", "name"), manifest.TextAt(release.Content, "spec", "chart", "spec", "chart")}
}
