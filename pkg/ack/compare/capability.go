package compare

import "slices"

// capabilityRows are the fields of an EKS capability.
func capabilityRows() []Row {
	return rowsOf("eks", "Capability", "eks-controller, pkg/resource/capability/delta.go", slices.Concat(
		as(Value, "clusterName", "deletePropagationPolicy", "name", "roleARN", "type"),
		as(Reference, "roleRef"),
		as(Tags, "tags"),
		[]Row{
			{
				Field: "configuration.argoCD.awsIDC", How: Value, Returns: "the region of the cluster where none is sent",
				Write: "with its region; ACK has no call to change it",
			},
			{
				Field: "configuration.argoCD.namespace", How: Value, Returns: "argocd where none is sent",
				Write: "always; ACK has no call to change it",
			},
			{Field: "configuration.argoCD.networkAccess", How: Set, Write: "only with endpoints"},
			{
				Field: "configuration.argoCD.rbacRoleMappings", How: Whole, Returns: "the mappings, in an order that is not documented",
				Write: "in the order that they are to stay in; what is added and removed is sent", Source: "eks-controller, pkg/resource/capability/hooks.go",
			},
		},
	)...)
}
