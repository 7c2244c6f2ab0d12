package effect

import (
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// commonRows are the fields that every kind has.
func commonRows() []Row {
	annotation := func(name string) string { return "metadata.annotations." + name }
	return append(
		rowsOf("", "", "Kubernetes, API Concepts",
			updated("apiVersion", "the object is the same in every version of its API"),
			updated("metadata.labels", ""),
			updated("metadata.annotations", ""),
			Row{
				Name: annotation(resource.PruneAnnotation), Outcome: change.Update, Source: sourcePrune,
				Why: "decides whether Flux deletes the object when it is gone from the tree",
			},
			Row{
				Name: annotation(resource.SubstituteAnnotation), Outcome: change.Update, Source: "Flux, Kustomization API, Post build variable substitution",
				Why: "decides whether Flux puts variables into the object",
			},
			Row{
				Name: annotation(forceAnnotation), Outcome: change.Update, Source: sourceForce,
				Why: "decides whether Flux replaces the object when it cannot be changed",
			},
			Row{
				Name: annotation(applyAnnotation), Outcome: change.Update, Source: "Flux, Kustomization API, Controlling the apply behavior of resources",
				Why: "decides how Flux applies the object",
			},
			Row{
				Name: annotation(ack.DeletionPolicy), Outcome: change.Update, Source: sourceRetain,
				Why: "decides whether ACK deletes it in AWS with the object",
			},
			Row{
				Name: annotation("services.k8s.aws/region"), Outcome: change.Refused, Source: "ACK, Managing resources in multiple regions",
				Why: "ACK keeps what it has made in its region: changing it is an error",
			},
		),
		append(adoptionRows(), namespaceRows()...)...)
}

// adoptionRows are the annotations by which ACK takes over what is in AWS already, or only looks at it (ACK runtime,
// pkg/runtime/reconciler.go: reconcile, Sync).
func adoptionRows() []Row {
	const managed = "it counts until ACK manages what is in AWS, and no more"
	return rowsOf("", "", sourceReadOnly+"; ACK runtime, pkg/runtime/reconciler.go",
		judged("metadata.annotations."+ack.ReadOnly, judgeReadOnly).by("ACK takes over what it has looked at, or only looks again"),
		judged("metadata.annotations."+ack.AdoptionFields, judgeAdoption).by(managed),
		judged("metadata.annotations."+ack.AdoptionPolicy, judgeAdoption).by(managed),
	)
}

// judgeReadOnly: what ACK only looks at it neither changes nor deletes, whether it has managed it before or not.
func judgeReadOnly(f change.Field, _ Subject) (change.Outcome, string) {
	if after, _ := f.After.(string); strings.EqualFold(after, "true") {
		return change.Update, "ACK only looks at it from now on: it changes nothing in AWS, and leaves it there when the object goes"
	}
	return change.Update, "ACK takes it over: it makes AWS as the object says, and deletes it there with the object"
}

// judgeAdoption: ACK asks how to adopt until the object has its finalizer, which one that it only looks at never gets.
func judgeAdoption(_ change.Field, c Subject) (change.Outcome, string) {
	if isReadOnly(c.Before) {
		return change.Update, "it counts when ACK takes over what it only looks at"
	}
	return change.Ignored, "ACK manages what is in AWS already, and asks no more how to take it over"
}

// namespaceRows are the annotations by which ACK finds account and region, and gen its clusters.
func namespaceRows() []Row {
	annotation := func(name string) string { return "metadata.annotations." + name }
	return rowsOf("", "Namespace", "ACK, Managing resources in multiple AWS accounts",
		Row{
			Name: annotation(ack.OwnerAccountID), Outcome: change.Refused, Source: "ACK runtime, pkg/runtime/reconciler.go",
			Why: "ACK keeps what it has made in its account: changing it is an error; only what is new is made in the other",
		},
		Row{
			Name: annotation(ack.DefaultRegion), Outcome: change.Refused, Source: "ACK, Managing resources in multiple regions",
			Why: "ACK keeps what it has made in its region: changing it is an error",
		},
		Row{Name: annotation(flux.StateAnnotation), Outcome: change.Update, Why: "only gen reads it", Source: "docs/architecture.md"},
		Row{Name: annotation(flux.ProtectAnnotation), Outcome: change.Update, Why: "only gen reads it", Source: "docs/architecture.md"},
	)
}
