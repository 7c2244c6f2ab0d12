package danger

import (
	"slices"
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
		Doc:  "a guard against deletion or against another environment is taken away or changed",
		Why: `It is the first of the two commits that remove a cluster; without the second it only leaves the cluster open to a
mistake.`,
		find: func(c *change.Scoped) []change.Danger {
			if isAdmission(&c.Change) && c.Change.After == nil {
				return []change.Danger{{Message: "the admission policy that keeps environments apart goes"}}
			}
			return fieldDangers(c, func(f change.Field) string { return removedGuard(f, &c.Change) })
		},
	}
}

// isAdmission tells whether an object is one of the policies that keep environments apart.
func isAdmission(c *change.Change) bool { return c.Group == "admissionregistration.k8s.io" }

// removedGuard says which guard a field was, or nothing.
func removedGuard(f change.Field, c *change.Change) string {
	const annotations = "metadata.annotations."
	switch {
	case f.Name == "spec.deletionProtection" && f.Before == true && f.After != true:
		return "EKS deletes the cluster when it is told to"
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
		return "Flux deletes, to make it anew, what the API server refuses to change"
	case isAdmission(c):
		return changedAdmission(f)
	default:
		return ""
	}
}

// changedAdmission says how a policy that keeps environments apart no longer does what it did, or nothing. What an expression
// means nobody can say but a reader.
func changedAdmission(f change.Field) string {
	switch name, ok := strings.CutPrefix(f.Name, "spec."); {
	case !ok:
		return ""
	case name == "failurePolicy" || name == "validationActions":
		return "the admission policy no longer refuses as it did"
	case name == "validations" && f.After == nil:
		return "the admission policy refuses less than it did"
	case strings.HasPrefix(f.Path, "spec.variables["+flux.TakenVariable) && grows(f):
		return "" // the policy refuses one more name: another environment has a new cluster
	case name == "validations" || slices.Contains([]string{"message", "messageExpression", "reason"}, name[strings.LastIndexByte(name, '.')+1:]):
		return "" // more is refused, or in other words
	default:
		return "the admission policy refuses something else"
	}
}

// grows reports whether a list of names in CEL has all the names that it had.
func grows(f change.Field) bool {
	before, isText := f.Before.(string)
	after, _ := f.After.(string)
	for name := range strings.SplitSeq(strings.Trim(before, "[]"), ", ") {
		isText = isText && strings.Contains(after, name)
	}
	return isText
}

func isDisabled(value any) bool {
	text, _ := value.(string)
	return strings.EqualFold(text, "disabled")
}
