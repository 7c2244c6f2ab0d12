package diff

// selectorRows are the fields of what says which role ACK assumes in a namespace.
func selectorRows() []Row {
	return rowsOf("services.k8s.aws", "IAMRoleSelector", "ACK runtime, apis/core/v1alpha1/iam_role_selector.go",
		immutable("spec.arn"),
		updated("spec.namespaceSelector", "ACK assumes the role for other namespaces: where no selector matches, it acts as its own role"),
		updated("spec.resourceTypeSelector", "ACK assumes the role for other kinds: where no selector matches, it acts as its own role"),
		updated("spec.resourceLabelSelector", "ACK assumes the role for other objects: where no selector matches, it acts as its own role"),
	)
}
