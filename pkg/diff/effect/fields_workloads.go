package effect

import (
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// workloadRows are the fields of what people deliver in patches most. Sources are what the API server does with an
// update (kubernetes, pkg/apis/<group>/validation).
func workloadRows() []Row {
	const source = "Kubernetes, pkg/apis/apps/validation/validation.go"
	selector := func(kind string) []Row {
		return rowsOf("apps", kind, source, immutable("spec.selector"), updated("spec", "its pods are replaced where their template changes"))
	}
	set := rowsOf("apps", "StatefulSet", source, immutable("spec"))
	for _, name := range []string{
		"replicas", "template", "updateStrategy", "minReadySeconds", "ordinals", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy",
	} {
		set = append(set, rowsOf("apps", "StatefulSet", source, updated("spec."+name, ""))...)
	}
	job := rowsOf("batch", "Job", "Kubernetes, pkg/apis/batch/validation/validation.go",
		immutable("spec.template"), immutable("spec.selector"), immutable("spec.completionMode"))
	claim := rowsOf("", "PersistentVolumeClaim", "Kubernetes, pkg/apis/core/validation/validation.go",
		immutable("spec"),
		judged("spec.resources.requests.storage", judgeSize),
		updated("spec.volumeAttributesClassName", ""),
	)
	config := rowsOf("", "ConfigMap", "Kubernetes, ConfigMaps", judged("data", judgeImmutable))
	secret := rowsOf("", "Secret", "Kubernetes, Secrets",
		judged("type", judgeType), judged("data", judgeImmutable), judged("stringData", judgeImmutable))
	return slices.Concat(selector("Deployment"), selector("DaemonSet"), set, job, claim, config, secret)
}

// judgeSize: a volume grows, and never shrinks.
func judgeSize(f change.Field, c Subject) (change.Outcome, string) {
	if Less(f.After, f.Before) || f.After == nil {
		outcome, why, _ := forced(c, Row{Outcome: change.Refused, Why: serverRefuses + ": a volume does not shrink"})
		return outcome, why
	}
	return change.Update, "the volume grows"
}

// judgeImmutable: a ConfigMap or Secret can be told to stay as it is, for good.
func judgeImmutable(_ change.Field, c Subject) (change.Outcome, string) {
	if manifest.ValueAt(c.Before, "immutable") == true {
		outcome, why, _ := forced(c, Row{Outcome: change.Refused, Why: serverRefuses + ": it is immutable"})
		return outcome, why
	}
	return change.Update, ""
}

// judgeType: a Secret without a type has the type Opaque, and every type is for good.
func judgeType(f change.Field, c Subject) (change.Outcome, string) {
	kind := func(value any) any {
		if value == nil {
			return "Opaque"
		}
		return value
	}
	if kind(f.Before) == kind(f.After) {
		return change.Update, "it is what every Secret without a type has"
	}
	outcome, why, _ := forced(c, Row{Outcome: change.Refused, Why: serverRefuses})
	return outcome, why
}
