package delivery

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// pinned is a chart that is not at one exact version (Flux, HelmRelease API and OCIRepository API). The version of a chart in Git
// is the revision of its repository, where a branch is a choice and no oversight.
func pinned(o *manifest.Object) diag.List {
	at, version := "", ""
	switch {
	case o.IsRelease() && o.Text("spec", "chart", "spec", "sourceRef", "kind") == "GitRepository":
		return nil
	case o.IsRelease() && o.Value("spec", "chart") != nil:
		at, version = "spec.chart.spec.version", o.Text("spec", "chart", "spec", "version")
	case o.Kind() == apischema.GroupKind{Group: manifest.SourceGroup, Kind: "OCIRepository"} && o.Text("spec", "ref", "digest") == "":
		at, version = "spec.ref.tag", o.Text("spec", "ref", "tag")
	}
	if at == "" || regexp.MustCompile(`^v?[0-9]+\.[0-9]+\.[0-9]+([-+_][0-9A-Za-z.+_-]+)?$`).MatchString(version) {
		return nil
	}
	return diag.List{check.Warning(o.Problem(at, fmt.Sprintf("%q is not one exact version, so that an upgrade comes without a commit", version), "write all three numbers"))}
}

// outlasted are releases that may take longer than the stage that waits for them, alone or after those that they depend on. The
// stage would have failed while they are still being installed.
func outlasted(b *manifest.Build) diag.List {
	if b.Owner == nil || b.Owner.Value("spec", "wait") != true || duration(b.Owner, "timeout") == 0 {
		return nil
	}
	limit := duration(b.Owner, "timeout")
	releases := map[string]*manifest.Object{}
	for _, o := range b.Objects {
		if o.IsRelease() {
			releases[o.Namespace()+"/"+o.Name()] = o
		}
	}
	var problems diag.List
	for _, o := range b.Objects {
		if !o.IsRelease() {
			continue
		}
		way, total := slowest(releases, o, nil)
		switch {
		case total <= limit:
		case len(way) == 1:
			problems = append(problems, o.Problem("spec.timeout", fmt.Sprintf("is %s, but %s gives up after %s", o.Text("spec", "timeout"), b.Owner.String(), limit),
				"make it shorter, or the timeout of the stage longer"))
		case own(o) <= limit:
			problems = append(problems, o.Problem("spec.dependsOn", fmt.Sprintf("%s may take %s one after the other, but %s gives up after %s", strings.Join(way, " → "), total, b.Owner.String(), limit),
				"make a timeout shorter, or the timeout of the stage longer"))
		}
	}
	return problems
}

// own is how long a release may take; Flux's default is 5 minutes (Flux, HelmRelease API: Timeout).
func own(o *manifest.Object) time.Duration {
	if d := duration(o, "timeout"); d > 0 {
		return d
	}
	return 5 * time.Minute
}

// slowest is the way along dependsOn that may take longest. A cycle is what the check references says.
func slowest(releases map[string]*manifest.Object, o *manifest.Object, way []string) ([]string, time.Duration) {
	if slices.Contains(way, o.Name()) {
		return nil, 0
	}
	way = append(slices.Clone(way), o.Name())
	best, before := way, time.Duration(0)
	for _, item := range o.List("spec", "dependsOn") {
		next := releases[manifest.OrElse(manifest.Field(item, "namespace"), o.Namespace())+"/"+manifest.Field(item, "name")]
		if next == nil {
			continue
		}
		if path, d := slowest(releases, next, way); d > before {
			best, before = path, d
		}
	}
	return best, own(o) + before
}
