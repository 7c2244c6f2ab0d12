package compare

import "slices"

// iamRows are the fields of roles and of the provider that they trust.
func iamRows() []Row {
	role := rowsOf("iam", "Role", "iam-controller, pkg/resource/role/delta.go", slices.Concat(
		as(Value, "description", "name", "permissionsBoundary"), as(Set, "policies"), as(Document, "assumeRolePolicyDocument"),
		[]Row{
			{Field: "inlinePolicies", How: Texts, Returns: "the documents as they were sent", Write: "any JSON: IAM keeps its spaces"},
			{Field: "maxSessionDuration", How: Value, Returns: "3600", Write: "3600: ACK writes it into the spec", Source: "iam-controller, generator.yaml"},
			{Field: "path", How: Value, Returns: "/", Write: "/: ACK writes it into the spec", Source: "iam-controller, generator.yaml"},
			{Field: "tags", How: Tags, Source: "iam-controller, pkg/resource/role/hooks.go"},
		},
	)...)
	const hooks = "iam-controller, pkg/resource/open_id_connect_provider/hooks.go"
	provider := rowsOf("iam", "OpenIDConnectProvider", "iam-controller, pkg/resource/open_id_connect_provider/delta.go", slices.Concat(
		as(Set, "clientIDs"),
		[]Row{
			{Field: "url", How: Own, Returns: "the URL without https://", Source: hooks},
			{Field: "tags", How: Tags, Source: hooks},
		},
		left("what IAM has found; "+filled, "thumbprints"),
	)...)
	return append(role, provider...)
}

// keyRows are the fields of keys and of log groups.
func keyRows() []Row {
	key := rowsOf("kms", "Key", "kms-controller, pkg/resource/key/delta.go", slices.Concat(
		as(Value, "description", "enableKeyRotation", "keySpec", "keyUsage", "multiRegion", "origin"),
		as(Document, "policy"), as(Tags, "tags"),
	)...)
	alias := rowsOf("kms", "Alias", "kms-controller, pkg/resource/alias/delta.go", slices.Concat(
		as(Value, "name"),
		[]Row{{Field: "targetKeyRef", How: Reference, Returns: "the id of the key", Write: "a reference, which ACK resolves to the id; an ARN would differ"}},
	)...)
	logs := rowsOf("cloudwatchlogs", "LogGroup", "cloudwatchlogs-controller, pkg/resource/log_group/delta.go", slices.Concat(
		as(Value, "kmsKeyID", "name"), as(Tags, "tags"),
		[]Row{{
			Field: "retentionDays", How: Value, Returns: "nothing without a limit",
			Source: "cloudwatchlogs-controller, pkg/resource/log_group/hook.go",
		}},
	)...)
	return slices.Concat(key, alias, logs)
}

// dnsRows are the fields of zones, records and certificates.
func dnsRows() []Row {
	zone := rowsOf("route53", "HostedZone", "route53-controller, pkg/resource/hosted_zone/delta.go", slices.Concat(
		as(Value, "hostedZoneConfig"),
		[]Row{
			{Field: "name", How: Value, Returns: "the name with its final dot", Write: "the name with its final dot"},
			{Field: "tags", How: Tags, Source: "route53-controller, pkg/resource/hosted_zone/hook.go"},
			{
				Field: "vpcs", How: Own, Write: "in any order; by the id, as there is no reference",
				Source: "route53-controller, pkg/resource/hosted_zone/hook.go",
			},
		},
	)...)
	record := rowsOf("route53", "RecordSet", "route53-controller, pkg/resource/record_set/delta.go", slices.Concat(
		as(Value, "hostedZoneID", "recordType", "ttl"), as(Reference, "hostedZoneRef"),
		[]Row{
			{Field: "name", How: Value, Returns: "the full name with its final dot", Write: "the full name with its final dot"},
			{Field: "resourceRecords", How: Whole, Returns: "the values in the order of the record"},
		},
	)...)
	certificate := rowsOf("acm", "Certificate", "acm-controller, pkg/resource/certificate/delta.go", slices.Concat(
		as(Value, "domainName", "options"), as(Tags, "tags"),
		[]Row{
			{Field: "keyAlgorithm", How: Own, Returns: "RSA-2048 for RSA_2048", Source: "acm-controller, pkg/resource/certificate/hooks.go"},
			{
				Field: "subjectAlternativeNames", How: Set, Returns: "the domain itself too", Write: "with the domain itself",
				Source: "AWS Certificate Manager API Reference, CertificateDetail",
			},
		},
	)...)
	return slices.Concat(zone, record, certificate)
}

// ackRows are the fields of ACK's own kinds, which stand for nothing in AWS.
func ackRows() []Row {
	export := rowsOf("", "FieldExport", "ACK runtime, apis/core/v1alpha1/field_export.go", as(Never, "from", "to")...)
	selector := rowsOf("", "IAMRoleSelector", "ACK runtime, apis/core/v1alpha1/iam_role_selector.go", as(Never, "arn", "namespaceSelector")...)
	return append(export, selector...)
}
