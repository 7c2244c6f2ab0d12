package danger

import (
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// protectionRule finds guards that are taken away.
func protectionRule() Rule {
	return Rule{
		Name: "protection-removed",
		Doc:  "a safeguard against deletion or against another environment is removed or changed",
		Why: `It is the first of the two commits that remove a cluster; without the second it only leaves the cluster open to a
mistake.`,
		find: func(c *change.Scoped) []change.Danger {
			if isAdmission(&c.Change) && c.Change.After == nil {
				return []change.Danger{{Message: "the admission policy that keeps environments apart goes"}}
			}
			return fieldDangers(c, func(f change.Field) string { return removedGuard(f, c) })
		},
	}
}

// isAdmission reports whether an object is one of the policies that keep environments apart.
func isAdmission(c *change.Change) bool { return c.Group == "admissionregistration.k8s.io" }

// removedGuard says which guard a field was, or nothing.
func removedGuard(f change.Field, scoped *change.Scoped) string {
	c := &scoped.Change
	const annotations = "metadata.annotations."
	switch {
	case f.Name == "spec.deletionProtection" && f.Before == true && f.After != true:
		return "EKS no longer refuses to delete the cluster"
	case f.Name == annotations+resource.PruneAnnotation && isDisabled(f.Before) && !isDisabled(f.After):
		return "Flux deletes it when it is gone from the tree"
	case strings.HasPrefix(f.Name, annotations) && strings.HasSuffix(f.Name, ack.DeletionPolicy) && f.Before == "retain" && f.After != "retain":
		return "ACK deletes it in AWS with its object"
	case f.Name == annotations+effect.ReadOnlyAnnotation && f.Before == "true" && f.After != "true":
		return "ACK changes it in AWS, and deletes it there with its object"
	case f.Name == annotations+flux.ProtectAnnotation && f.Before == "true" && f.After != "true":
		return "gen no longer takes the cluster for protected"
	case f.Name == "spec.deletionPolicy" && f.Before == "Orphan" && f.After != "Orphan":
		return "what it delivers goes when it goes"
	case strings.HasPrefix(f.Name, "spec.persistentVolumeClaimRetentionPolicy") && f.After == "Delete":
		return "its volumes go when it goes, or gets smaller"
	case c.Kind == "Kustomization" && f.Name == "spec.force" && f.After == true:
		return "Flux deletes and recreates what the API server refuses to change"
	case isAdmission(c):
		return changedAdmission(f, scoped)
	default:
		return ""
	}
}

func isDisabled(value any) bool {
	text, _ := value.(string)
	return strings.EqualFold(text, "disabled")
}
