// Package delivery has the checks of how Flux delivers: stages, health, references, variables and values.
package delivery

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// watchLabel makes Flux look at a ConfigMap when it changes (Flux, Kustomization API: Reacting to changes).
const watchLabel = "reconcile.fluxcd.io/watch"

// clusterTime is how long EKS may well take to make a cluster (Amazon EKS User Guide, Create an Amazon EKS Auto Mode
// Cluster).
const clusterTime = 15 * time.Minute

// FluxCheck looks for what Flux takes and what does not work as it is meant.
func FluxCheck() check.Check {
	return check.Check{
		Name: "flux",
		Doc:  "Stages wait, have a long enough timeout, retry soon, and apply each kind to the cluster that knows it.",
		Why: "A stage that does not wait lets the next one start at once; one with too short a timeout is never ready; " +
			"one without retryInterval retries after an hour. Flux and ACK objects work on the hub only, and node " +
			"pools only in the cluster itself.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, o := range t.Objects() {
				if o.IsFlux() {
					problems = append(problems, stage(t, o)...)
				}
				problems = append(problems, strays(t, o)...)
				problems = append(problems, watched(t, o)...)
				problems = append(problems, export(t, o)...)
				problems = append(problems, pinned(o)...)
			}
			for _, b := range t.Builds {
				problems = append(problems, misplaced(t, b)...)
				problems = append(problems, hurried(b)...)
				problems = append(problems, outlasted(b)...)
			}
			return problems
		},
	}
}

// stage checks what a Kustomization says about waiting and trying again.
func stage(t *manifest.Tree, o *manifest.Object) diag.List {
	var problems diag.List
	if o.Value("spec", "wait") != true && len(o.List("spec", "healthChecks")) == 0 {
		for _, other := range t.Objects() {
			if other.IsFlux() && slices.ContainsFunc(other.List("spec", "dependsOn"), func(item any) bool {
				return manifest.Field(item, "name") == o.Name() && manifest.OrElse(manifest.Field(item, "namespace"), other.Namespace()) == o.Namespace()
			}) {
				problems = append(problems, o.Problem("spec.wait", other.String()+" depends on it, but it does not wait until its objects are ready", "set wait: true"))
			}
		}
	}
	interval := duration(o, "interval")
	if interval > 0 && interval < time.Minute {
		problems = append(problems, check.Warning(o.Problem("spec.interval", fmt.Sprintf("Flux would look at it every %s", interval), "take 1m or more; changes in Git are seen by the source")))
	}
	if interval > 10*time.Minute && duration(o, "retryInterval") == 0 {
		problems = append(problems, check.Warning(o.Problem("spec.retryInterval", fmt.Sprintf("is not set, so that Flux tries again only after %s", interval), "set it to 2m")))
	}
	if !o.Local() && o.Text("spec", "deletionPolicy") != "Orphan" && o.Value("spec", "prune") == true {
		problems = append(problems, o.Problem("spec.deletionPolicy", "is not Orphan, so that removing the cluster waits for an API server that may be gone", "set it to Orphan"))
	}
	return problems
}

// duration is a time of the spec, or 0 where there is none.
func duration(o *manifest.Object, name string) time.Duration {
	d, err := time.ParseDuration(o.Text("spec", name))
	if err != nil {
		return 0 // the check schema says that it is not a time
	}
	return d
}

// hurried is a stage that makes a cluster and has no time for it.
func hurried(b *manifest.Build) diag.List {
	if b.Owner == nil || b.Owner.Value("spec", "wait") != true {
		return nil
	}
	makes := slices.ContainsFunc(b.Objects, func(o *manifest.Object) bool {
		return o.Kind() == apischema.GroupKind{Group: manifest.EKSGroup, Kind: "Cluster"}
	})
	timeout := duration(b.Owner, "timeout")
	if !makes || timeout >= clusterTime {
		return nil
	}
	return diag.List{b.Owner.Problem("spec.timeout", fmt.Sprintf("is %s, but EKS may take %s to make the cluster", timeout, clusterTime), "set it to 40m")}
}

// misplaced are objects in a cluster that does not know their kind.
func misplaced(t *manifest.Tree, b *manifest.Build) diag.List {
	var problems diag.List
	for _, o := range b.Objects {
		group := o.Kind().Group
		onHub := strings.HasSuffix(group, ".fluxcd.io") && !t.HasFlux(o.Place()) || strings.HasSuffix(group, "services.k8s.aws")
		inCluster := group == manifest.KarpenterGroup || group == manifest.AutoGroup
		switch {
		case onHub && o.Place() != "":
			problems = append(problems, o.Problem("", b.Owner.String()+" applies it in the cluster, which has no "+group, "move it to a stage that is applied to the hub"))
		case inCluster && o.Place() == "":
			problems = append(problems, o.Problem("", "is applied to the hub, which is not the cluster that it is for", "move it to the stage nodes"))
		}
	}
	return problems
}

// watched is a ConfigMap that Flux reads and does not look at when it changes.
func watched(t *manifest.Tree, o *manifest.Object) diag.List {
	var problems diag.List
	for _, item := range o.List("spec", "postBuild", "substituteFrom") {
		problems = append(problems, unlabelled(t, o, manifest.Field(item, "name"))...)
	}
	return append(problems, unlabelled(t, o, o.Text("spec", "kubeConfig", "configMapRef", "name"))...)
}

func unlabelled(t *manifest.Tree, user *manifest.Object, name string) diag.List {
	var problems diag.List
	for _, o := range t.Find(user.Place(), apischema.GroupKind{Kind: "ConfigMap"}, user.Namespace(), name) {
		labels, _ := o.Value("metadata", "labels").(map[string]any)
		if labels[watchLabel] != "Enabled" {
			problems = append(problems, check.Warning(o.Problem("metadata.labels", "Flux sees a change of it only at the next interval", "add the label "+watchLabel+": Enabled")))
		}
	}
	return problems
}

// export is a FieldExport that reads a cluster before it is there. What AWS makes at once may be in the stage of its export: ACK
// looks at the export again when the object changes (ACK runtime v0.62, service_controller.go). A cluster would hold up its stage.
func export(t *manifest.Tree, o *manifest.Object) diag.List {
	if o.Kind() != (apischema.GroupKind{Group: manifest.ACKGroup, Kind: "FieldExport"}) {
		return nil
	}
	if o.Text("spec", "to", "key") == "" {
		return diag.List{o.Problem("spec.to.key", "is not set, so that the key is namespace and name, which is no name of a variable", "set it")}
	}
	kind := apischema.GroupKind{Group: o.Text("spec", "from", "resource", "group"), Kind: o.Text("spec", "from", "resource", "kind")}
	for _, source := range t.Find(o.Place(), kind, o.Namespace(), o.Text("spec", "from", "resource", "name")) {
		if source.Build == o.Build && kind.Kind == "Cluster" {
			return diag.List{o.Problem("", "is in the same stage as "+source.String()+", and reads it before it is ready", "move it to a stage that depends on it")}
		}
	}
	return nil
}
