package flux

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// ForceAnnotation lets Flux delete and recreate an object where a field cannot be changed
// (Flux, Kustomization API: Force).
const ForceAnnotation = "kustomize.toolkit.fluxcd.io/force"

// SelectorAnnotations are those of a cluster's IAMRoleSelector, which says what role ACK assumes for the objects of the
// cluster's namespace. It stands beside the account that the namespace names, so that the same tree works with ACK's
// account map and with its selectors. The role of a selector cannot be changed, so Flux then recreates it
// (ACK runtime, apis/core/v1alpha1/iam_role_selector.go).
//
// The admission policy keeps it for as long as the namespace is there: without a selector ACK would delete what is left in
// it as the hub's own role, which may do nothing. Where Flux leaves the namespace, it leaves the selector.
func SelectorAnnotations(c *config.Cluster) map[string]string {
	annotations := map[string]string{ForceAnnotation: "Enabled"}
	if keepsNamespace(c) {
		annotations[resource.PruneAnnotation] = "disabled"
	}
	return annotations
}
