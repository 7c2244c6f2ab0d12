package effect

import (
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/manifest"
)

const (
	drift        = "nodes that no longer fit are replaced, as budgets and pods allow"
	sourceDrift  = "Karpenter, Disruption, Drift"
	sourceBudget = "Karpenter, Disruption, NodePool Disruption Budgets"
	sourcePool   = "Karpenter, NodePools"
)

// nodeRows are the fields of node classes and node pools, and of what load balancers are made by.
func nodeRows() []Row {
	class := rowsOf(manifest.AutoGroup, "NodeClass", "Amazon EKS User Guide, Create a Node Class for Amazon EKS",
		immutable("spec.role"),
		updated("spec.subnetSelectorTerms", drift),
		updated("spec.securityGroupSelectorTerms", drift),
		updated("spec.ephemeralStorage", drift),
		updated("spec.networkPolicy", drift),
		updated("spec.networkPolicyEventLogs", drift),
		updated("spec.snatPolicy", drift),
		updated("spec.tags", drift),
	)
	pool := rowsOf(manifest.KarpenterGroup, "NodePool", sourceDrift,
		immutable("spec.template.spec.nodeClassRef.group"),
		immutable("spec.template.spec.nodeClassRef.kind"),
		updated("spec.template.spec.nodeClassRef.name", drift),
		updated("spec.template.spec.requirements", drift),
		updated("spec.template.spec.taints", drift),
		updated("spec.template.spec.startupTaints", drift),
		updated("spec.template.metadata.labels", drift),
		updated("spec.template.metadata.annotations", drift),
		updated("spec.template.spec.expireAfter", "it counts for nodes that are made from now on; Karpenter takes a new value for drift"),
		updated("spec.template.spec.terminationGracePeriod", drift),
		Row{Name: "spec.disruption", Outcome: change.Update, Why: "when Karpenter may end nodes changes at once; no node is replaced", Source: sourceBudget},
		Row{Name: "spec.limits", Outcome: change.Update, Why: "it stops new nodes and ends none", Source: sourcePool},
		Row{Name: "spec.weight", Outcome: change.Update, Why: "it decides which pool makes the next node", Source: sourcePool},
	)
	balancer := rowsOf(manifest.AutoGroup, "IngressClassParams", "Amazon EKS User Guide, Create an IngressClass to configure an Application Load Balancer",
		judged("spec.scheme", judgeScheme),
		updated("spec.certificateARNs", ""),
		updated("spec.subnets", ""),
		updated("spec.tags", ""),
	)
	return append(append(class, pool...), balancer...)
}

// judgeScheme: a load balancer is inside or outside for good.
func judgeScheme(change.Field, Subject) (change.Outcome, string) {
	return change.Replace, "every load balancer of the class is recreated, with another DNS name"
}

// judgeRole: on the hub it is Flux that has the role, by which it finds the cluster or pulls charts; in a cluster it is pods (Flux,
// Kustomization API, KubeConfig).
func judgeRole(f change.Field, c Subject) (change.Outcome, string) {
	switch {
	case PullsCharts(c.Change) && f.After == nil:
		return change.Update, "Flux has no role with which it could pull charts from ECR"
	case PullsCharts(c.Change):
		return change.Update, "Flux pulls charts from ECR with the new role"
	case c.Place == "hub" && f.After == nil:
		return change.Update, "Flux has no role by which it could look for the cluster"
	case c.Place == "hub":
		return change.Update, "Flux looks for the cluster as the new role, in the account of that role"
	}
	return change.Update, "pods get the new role when they start again"
}

// kubernetesRows are the fields of Kubernetes' own kinds.
func kubernetesRows() []Row {
	var all []Row
	all = append(all, rowsOf("", "ServiceAccount", "Kubernetes, Service Accounts",
		judged("metadata.annotations."+flux.RoleAnnotation, judgeRole))...)
	all = append(all, rowsOf("", "ResourceQuota", "Kubernetes, Resource Quotas", updated("spec", ""))...)
	for _, kind := range []string{"RoleBinding", "ClusterRoleBinding"} {
		all = append(all, rowsOf(manifest.RBACGroup, kind, "Kubernetes, Using RBAC Authorization",
			immutable("roleRef"), updated("subjects", ""))...)
	}
	for _, kind := range []string{"Role", "ClusterRole"} {
		all = append(all, rowsOf(manifest.RBACGroup, kind, "Kubernetes, Using RBAC Authorization", updated("rules", "what it may do changes at once"))...)
	}
	admission := "Kubernetes, Validating Admission Policy"
	all = append(all, rowsOf("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", admission,
		updated("spec", "what the environment's account may do changes at once"))...)
	all = append(all, rowsOf("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding", admission,
		updated("spec", "where the policy holds changes at once"))...)
	storage := rowsOf(manifest.StorageGroup, "StorageClass", "Kubernetes, Storage Classes",
		updated("allowVolumeExpansion", ""),
		updated("allowedTopologies", "it counts for volumes that are made from now on"),
	)
	for _, name := range []string{"parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"} {
		storage = append(storage, rowsOf(manifest.StorageGroup, "StorageClass", "Kubernetes, Storage Classes", immutable(name))...)
	}
	ingress := rowsOf(manifest.IngressGroup, "IngressClass", "Kubernetes, Ingress",
		immutable("spec.controller"), updated("spec.parameters", ""))
	return slices.Concat(all, storage, ingress)
}
