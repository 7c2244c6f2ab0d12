package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// capabilityRule finds EKS capabilities that go, and Argo CD that opens.
func capabilityRule() Rule {
	return Rule{
		Name: "capability-removed",
		Doc:  "an EKS capability is removed, or Argo CD becomes reachable from the internet",
		Why: `EKS keeps all objects that a capability looks after when it goes, and nothing works on them any more: what ACK has made stays in AWS
and costs, what Argo CD has delivered is no longer updated, and objects whose finalizers wait for their controller cannot be deleted
(Amazon EKS API Reference, DeleteCapability, deletePropagationPolicy).`,
		find: func(c *change.Scoped) []change.Danger {
			if c.Change.Group != manifest.EKSGroup || c.Change.Kind != "Capability" || c.LostCluster {
				return nil
			}
			if c.Change.Outcome == change.Delete {
				return []change.Danger{{Message: capabilityGone(manifest.TextAt(c.Change.Before, "spec", "type"))}}
			}
			return fieldDangers(c, func(f change.Field) string {
				if strings.HasPrefix(f.Name, "spec.configuration.argoCD.networkAccess") && f.After == nil &&
					len(manifest.ListAt(c.Change.After, "spec", "configuration", "argoCD", "networkAccess", "vpceIDs")) == 0 {
					return "Argo CD is in reach from the internet: without a VPC endpoint its address is public"
				}
				return ""
			})
		},
	}
}

// capabilityGone says what becomes of what a capability looks after.
func capabilityGone(kind string) string {
	const first = ": delete them first, and take the capability away when they are gone"
	switch kind {
	case "ACK":
		return "what ACK has made stays in AWS, and nothing looks after it any more; its objects in the cluster cannot be deleted, as their finalizers wait for ACK" + first
	case "ARGOCD":
		return "what Argo CD has delivered stays in the cluster and is no longer updated; its Applications cannot be deleted where their finalizers wait for Argo CD" + first
	default:
		return "what kro has made stays in the cluster, and nothing looks after it any more; its instances cannot be deleted, as their finalizers wait for kro" + first
	}
}
