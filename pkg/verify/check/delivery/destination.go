package delivery

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// strays is a release of a cluster that Helm does not install there (Flux, HelmRelease API, "KubeConfig reference"): without
// a kubeconfig it goes where its object is, and one in a Secret is nothing that gen makes.
func strays(t *manifest.Tree, o *manifest.Object) diag.List {
	const at = "spec.kubeConfig"
	cluster := t.EKSCluster(o)
	if !o.IsRelease() || o.Place() != "" || cluster == nil {
		return nil
	}
	switch secret := o.Text("spec", "kubeConfig", "secretRef", "name"); {
	case o.Value("spec", "kubeConfig") == nil:
		return diag.List{o.Problem(at, "is missing, so that Helm installs the release on the hub and not in "+cluster.String(), "write the kubeConfig of the other releases, or take the patch that removes it away")}
	case secret != "" && t.Named("", "Secret", o.Namespace(), secret) == nil:
		return diag.List{o.Problem(at+".secretRef.name", "Secret "+o.Namespace()+"/"+secret+" is not in the tree, and gen reaches "+cluster.String()+" by a ConfigMap and an IAM role", "write the kubeConfig of the other releases, with configMapRef")}
	}
	return nil
}
