package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// watchLabel makes Flux look at a ConfigMap when it changes (Flux, Kustomization API: Reacting to changes).
const watchLabel = "reconcile.fluxcd.io/watch"

// clusterTime is how long EKS may well take to make a cluster (Amazon EKS User Guide, Create an Amazon EKS Auto Mode
// Cluster).
const clusterTime = 15 * time.Minute

// fluxCheck looks for what Flux takes and what does not work as it is meant.
func fluxCheck() Check {
	return Check{
		Name: "flux",
		Doc:  "Stages wait, have time enough, try again soon, and bring each kind to the cluster that knows it.",
		Why: "A stage that does not wait lets the next one start at once; one with too short a timeout is never ready; " +
			"one without retryInterval tries again after an hour. Objects of Flux and ACK work on the hub only, and node " +
			"pools only in the cluster itself.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, o := range t.objects() {
				if o.isFlux() {
					problems = append(problems, t.stage(o)...)
				}
				problems = append(problems, t.watched(o)...)
				problems = append(problems, t.export(o)...)
				problems = append(problems, o.pinned()...)
			}
			for _, b := range t.Builds {
				problems = append(problems, b.misplaced()...)
				problems = append(problems, b.hurried()...)
			}
			return problems
		},
	}
}

// stage checks what a Kustomization says about waiting and trying again.
func (t *Tree) stage(o *Object) diag.List {
	var problems diag.List
	if o.value("spec", "wait") != true && len(o.list("spec", "healthChecks")) == 0 {
		for _, other := range t.objects() {
			if other.isFlux() && slices.ContainsFunc(other.list("spec", "dependsOn"), func(item any) bool {
				return field(item, "name") == o.Name() && orElse(field(item, "namespace"), other.Namespace()) == o.Namespace()
			}) {
				problems = append(problems, o.problem("spec.wait", other.String()+" depends on it, but it does not wait until its objects are ready", "set wait: true"))
			}
		}
	}
	interval := o.duration("interval")
	if interval > 0 && interval < time.Minute {
		problems = append(problems, warning(o.problem("spec.interval", fmt.Sprintf("Flux would look at it every %s", interval), "take 1m or more; changes in Git are seen by the source")))
	}
	if interval > 10*time.Minute && o.duration("retryInterval") == 0 {
		problems = append(problems, warning(o.problem("spec.retryInterval", fmt.Sprintf("is not set, so that Flux tries again only after %s", interval), "set it to 2m")))
	}
	if o.destination() != "" && o.text("spec", "deletionPolicy") != "Orphan" && o.value("spec", "prune") == true {
		problems = append(problems, o.problem("spec.deletionPolicy", "is not Orphan, so that removing the cluster waits for an API server that may be gone", "set it to Orphan"))
	}
	return problems
}

// duration is a time of the spec, or 0 where there is none.
func (o *Object) duration(name string) time.Duration {
	d, err := time.ParseDuration(o.text("spec", name))
	if err != nil {
		return 0 // the check schema says that it is not a time
	}
	return d
}

// hurried is a stage that makes a cluster and has no time for it.
func (b *Build) hurried() diag.List {
	if b.Owner == nil || b.Owner.value("spec", "wait") != true {
		return nil
	}
	makes := slices.ContainsFunc(b.Objects, func(o *Object) bool {
		return o.Kind() == apischema.GroupKind{Group: "eks.services.k8s.aws", Kind: "Cluster"}
	})
	timeout := b.Owner.duration("timeout")
	if !makes || timeout >= clusterTime {
		return nil
	}
	return diag.List{b.Owner.problem("spec.timeout", fmt.Sprintf("is %s, but EKS may take %s to make the cluster", timeout, clusterTime), "set it to 40m")}
}

// misplaced are objects in a cluster that does not know their kind.
func (b *Build) misplaced() diag.List {
	var problems diag.List
	for _, o := range b.Objects {
		group := o.Kind().Group
		onHub := strings.HasSuffix(group, ".fluxcd.io") || strings.HasSuffix(group, "services.k8s.aws")
		inCluster := group == "karpenter.sh" || group == "eks.amazonaws.com"
		switch {
		case onHub && o.Place() != "":
			problems = append(problems, o.problem("", b.Owner.String()+" applies it in the cluster, which has no "+group, "move it to a stage that is applied to the hub"))
		case inCluster && o.Place() == "":
			problems = append(problems, o.problem("", "is applied to the hub, which is not the cluster that it is for", "move it to the stage nodes"))
		}
	}
	return problems
}

// watched is a ConfigMap that Flux reads and does not look at when it changes.
func (t *Tree) watched(o *Object) diag.List {
	var problems diag.List
	for _, item := range o.list("spec", "postBuild", "substituteFrom") {
		problems = append(problems, t.unlabelled(o, field(item, "name"))...)
	}
	return append(problems, t.unlabelled(o, o.text("spec", "kubeConfig", "configMapRef", "name"))...)
}

func (t *Tree) unlabelled(user *Object, name string) diag.List {
	var problems diag.List
	for _, o := range t.find(user.Place(), apischema.GroupKind{Kind: "ConfigMap"}, user.Namespace(), name) {
		labels, _ := o.value("metadata", "labels").(map[string]any)
		if labels[watchLabel] != "Enabled" {
			problems = append(problems, warning(o.problem("metadata.labels", "Flux sees a change of it only at the next interval", "add the label "+watchLabel+": Enabled")))
		}
	}
	return problems
}

// export is a FieldExport that reads a cluster before it is there. What AWS makes at once may be in the stage of its export: ACK
// looks at the export again when the object changes (ACK runtime v0.62, service_controller.go). A cluster would hold up its stage.
func (t *Tree) export(o *Object) diag.List {
	if o.Kind() != (apischema.GroupKind{Group: ackGroup, Kind: "FieldExport"}) {
		return nil
	}
	if o.text("spec", "to", "key") == "" {
		return diag.List{o.problem("spec.to.key", "is not set, so that the key is namespace and name, which is no name of a variable", "set it")}
	}
	kind := apischema.GroupKind{Group: o.text("spec", "from", "resource", "group"), Kind: o.text("spec", "from", "resource", "kind")}
	for _, source := range t.find(o.Place(), kind, o.Namespace(), o.text("spec", "from", "resource", "name")) {
		if source.Build == o.Build && kind.Kind == "Cluster" {
			return diag.List{o.problem("", "is in the same stage as "+source.String()+", and reads it before it is ready", "move it to a stage that depends on it")}
		}
	}
	return nil
}

// pinned is the version of a chart that is not one exact version (Flux, HelmRelease API and OCIRepository API).
func (o *Object) pinned() diag.List {
	at, version := "", ""
	switch {
	case o.isRelease() && o.value("spec", "chart") != nil:
		at, version = "spec.chart.spec.version", o.text("spec", "chart", "spec", "version")
	case o.Kind() == apischema.GroupKind{Group: sourceGroup, Kind: "OCIRepository"} && o.text("spec", "ref", "digest") == "":
		at, version = "spec.ref.tag", o.text("spec", "ref", "tag")
	}
	if at == "" || regexp.MustCompile(`^v?[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$`).MatchString(version) {
		return nil
	}
	return diag.List{warning(o.problem(at, fmt.Sprintf("%q is not one exact version, so that an upgrade comes without a commit", version), "write all three numbers"))}
}
