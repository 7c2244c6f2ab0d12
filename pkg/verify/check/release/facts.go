package release

import (
	"path"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/charts"
	"eks-auto-gitops/pkg/manifest"
)

// known has the facts of charts that one run of a check has asked for, by chart and version; nil where gen has none.
type known map[string]*charts.Facts

// of are the facts of the chart of a release, or nil if gen has none of its version.
func (k known) of(t *manifest.Tree, release *manifest.Object) *charts.Facts {
	chart, version := chartOf(t, release)
	if chart == "" || version == "" {
		return nil
	}
	key := chart + " " + version
	if _, asked := k[key]; !asked {
		k[key], _ = charts.Of(chart, version) // a test reads every file of facts
	}
	return k[key]
}

// chartOf is the name and the version of the chart of a release.
func chartOf(t *manifest.Tree, release *manifest.Object) (chart, version string) {
	if chart = release.Text("spec", "chart", "spec", "chart"); chart != "" {
		return chart, release.Text("spec", "chart", "spec", "version")
	}
	ref := release.Value("spec", "chartRef")
	kind := apischema.GroupKind{Group: manifest.SourceGroup, Kind: manifest.Field(ref, "kind")}
	for _, source := range t.Find(release.Place(), kind, manifest.OrElse(manifest.Field(ref, "namespace"), release.Namespace()), manifest.Field(ref, "name")) {
		return path.Base(source.Text("spec", "url")), source.Text("spec", "ref", "tag")
	}
	return "", ""
}
