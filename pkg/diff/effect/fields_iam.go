package effect

import (
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// identityRows are the fields of roles and of the provider that they trust.
func identityRows() []Row {
	role := rowsOf(manifest.IAMGroup, "Role", "iam-controller, pkg/resource/role/sdk.go",
		Row{Name: "spec.name", Outcome: change.Orphan, Why: "ACK makes a role of the new name, and the old one stays with all its permissions"},
		ignored("spec.path", "IAM has no way to change it: the role stays where it is"),
		updated("spec.assumeRolePolicyDocument", "who may take the role changes at once"),
		updated("spec.inlinePolicies", "what the role may do changes at once"),
		updated("spec.policies", "what the role may do changes at once"),
		updated("spec.permissionsBoundary", "what the role may do at most changes at once"),
		updated("spec.description", ""),
		updated("spec.maxSessionDuration", ""),
		updated("spec.tags", ""),
	)
	provider := rowsOf(manifest.IAMGroup, "OpenIDConnectProvider", "iam-controller, pkg/resource/open_id_connect_provider/hooks.go",
		fixed("spec.url", "the URL is the provider"),
		updated("spec.clientIDs", ""),
		updated("spec.thumbprints", ""),
		updated("spec.tags", ""),
	)
	return append(role, provider...)
}

// keyRows are the fields of keys and of log groups.
func keyRows() []Row {
	key := rowsOf(manifest.KMSGroup, "Key", "kms-controller, pkg/resource/key/hooks.go",
		fixed("spec.description", "ACK stops with a terminal error"),
		fixed("spec.keySpec", "KMS has no way to change what a key is"),
		fixed("spec.keyUsage", "KMS has no way to change what a key is"),
		fixed("spec.multiRegion", "KMS has no way to change what a key is"),
		fixed("spec.origin", "KMS has no way to change what a key is"),
		judged("spec.policy", judgeKeyPolicy),
		updated("spec.enableKeyRotation", ""),
		updated("spec.tags", ""),
	)
	alias := rowsOf(manifest.KMSGroup, "Alias", "kms-controller, pkg/resource/alias/sdk.go",
		Row{Name: "spec.name", Outcome: change.Orphan, Why: "ACK makes an alias of the new name, and the old one stays without an owner"},
		updated("spec.targetKeyRef", ""),
	)
	logs := rowsOf("cloudwatchlogs.services.k8s.aws", "LogGroup", "cloudwatchlogs-controller, pkg/resource/log_group/hook.go",
		Row{Name: "spec.name", Outcome: change.Orphan, Why: "ACK makes a group of the new name, and the old one stays with its logs"},
		judged("spec.retentionDays", judgeRetention).by("in place; with fewer days CloudWatch deletes what is older"),
		ignored("spec.kmsKeyID", "ACK does not act on it: the group keeps its key, or none"),
		updated("spec.tags", ""),
	)
	return append(append(key, alias...), logs...)
}

// judgeKeyPolicy: ACK writes a policy, and takes none away.
func judgeKeyPolicy(_ change.Field, c Subject) (change.Outcome, string) {
	if manifest.TextAt(c.After, "spec", "policy") == "" {
		return change.Ignored, "ACK leaves the key with the policy that it has"
	}
	return change.Update, "who may use the key changes at once"
}

// judgeRetention: without a number of days a group keeps its events for good.
func judgeRetention(f change.Field, _ Subject) (change.Outcome, string) {
	if f.After == nil || Less(f.Before, f.After) {
		return change.Update, "events are kept for longer"
	}
	return change.Update, "older events are deleted within days"
}

// dnsRows are the fields of zones, records and certificates.
func dnsRows() []Row {
	zone := rowsOf(manifest.Route53Group, "HostedZone", "route53-controller, pkg/resource/hosted_zone/hook.go",
		fixed("spec.name", "the name is the zone"),
		fixed("spec.hostedZoneConfig.privateZone", "Route 53 has no way to change it"),
		ignored("spec.hostedZoneConfig.comment", "ACK changes only tags of it"),
		updated("spec.vpcs", "names of the zone are known in the VPCs that come, and no longer in those that go"),
		updated("spec.tags", ""),
	)
	certificate := rowsOf("acm.services.k8s.aws", "Certificate", "acm-controller, pkg/resource/certificate/sdk.go",
		ignored("spec.domainName", "ACM does not reissue the certificate: it stays for the old name"),
		ignored("spec.subjectAlternativeNames", "ACM does not reissue the certificate: it stays for the old names"),
		fixed("spec.keyAlgorithm", "ACM has no way to change the key of a certificate"),
		updated("spec.options", ""),
		updated("spec.tags", ""),
	)
	export := rowsOf("services.k8s.aws", "FieldExport", "ACK, FieldExport",
		updated("spec.from", ""),
		updated("spec.to", "what was written before stays there"),
	)
	return append(append(append(zone, recordRows()...), certificate...), export...)
}

// recordRows are the fields of a record. ACK looks for it by zone, name, type and identifier, and makes the one that it
// does not find.
func recordRows() []Row {
	const other = "ACK writes the other record, and the old one stays without an owner"
	orphan := func(name string) Row { return Row{Name: name, Outcome: change.Orphan, Why: other} }
	return rowsOf(manifest.Route53Group, "RecordSet", "route53-controller, pkg/resource/record_set/sdk.go",
		orphan("spec.name"),
		orphan("spec.recordType"),
		orphan("spec.setIdentifier"),
		orphan("spec.hostedZoneID"),
		orphan("spec.hostedZoneRef"),
		updated("spec.resourceRecords", "resolvers answer with the old value until its TTL has ended"),
		updated("spec.aliasTarget", "resolvers answer with the old value until its TTL has ended"),
		updated("spec.ttl", ""),
	)
}
