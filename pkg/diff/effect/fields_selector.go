package effect

// unmatched is what ACK does where no selector matches (ACK runtime, pkg/runtime/reconciler.go): it acts as its own role. With
// the hub's role as gen makes it that is AccessDenied, and ACK tries again.
const unmatched = "where no selector matches, ACK acts as its own role, which may do nothing but assume others"

// selectorRows are the fields of what says which role ACK assumes in a namespace.
func selectorRows() []Row {
	arn := immutable("spec.arn")
	arn.Meanwhile = "; until then ACK acts as its own role, which may do nothing but assume others, and tries again"
	return rowsOf("services.k8s.aws", "IAMRoleSelector", "ACK runtime, pkg/runtime/iamroleselector/matcher.go",
		arn,
		updated("spec.namespaceSelector", "ACK assumes the role in other namespaces: "+unmatched),
		updated("spec.resourceTypeSelector", "ACK assumes the role for other kinds: "+unmatched),
		updated("spec.resourceLabelSelector", "ACK assumes the role for other objects: "+unmatched),
	)
}
