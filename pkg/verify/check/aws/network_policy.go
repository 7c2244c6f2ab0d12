package aws

import (
	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// denies is a node class that refuses what no NetworkPolicy allows, in a cluster where none can: Auto Mode applies them only when a
// ConfigMap switches their controller on (Amazon EKS User Guide, Use Network Policies with EKS Auto Mode).
func denies(t *manifest.Tree, class *manifest.Object) diag.List {
	const at = "spec.networkPolicy"
	if class.Text("spec", "networkPolicy") != "DefaultDeny" || t.Broken[class.Place()] {
		return nil
	}
	for _, o := range t.Find(class.Place(), apischema.GroupKind{Kind: "ConfigMap"}, "kube-system", "amazon-vpc-cni") {
		if o.Text("data", "enable-network-policy-controller") == "true" {
			return nil
		}
	}
	if manifest.ByUser(class.Problem("metadata.name", "", "").File) {
		return nil // whoever adds classes of their own may well apply the ConfigMap elsewhere
	}
	return diag.List{check.Warning(class.Problem(at, "pods have no traffic, DNS included, and no NetworkPolicy can allow any: the controller that applies them is off",
		`set networkPolicy: DefaultDeny of the class in clusters.yaml, or add ConfigMap kube-system/amazon-vpc-cni with enable-network-policy-controller: "true"`))}
}
