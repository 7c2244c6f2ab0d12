package permissions

import "slices"

// Certificates, log groups, keys and DNS.

// acmRows has certificates, whose ids ACM gives. A request has no resource yet.
func acmRows() []Row {
	own := []string{certs}
	c := controller{group: "acm.services.k8s.aws", service: "acm", version: "acm-controller v1.3.4", reading: own, writing: own}
	return slices.Concat(
		c.rows(calls{
			"Certificate", "certificate", "DescribeCertificate ListTagsForCertificate", "", "UpdateCertificateOptions",
			"DeleteCertificate", "AddTagsToCertificate RemoveTagsFromCertificate",
		}),
		[]Row{c.row("Certificate", "certificate", Create, "RequestCertificate", Anything)},
		only("spec.certificate", c.row("Certificate", "certificate", Create, "ImportCertificate", certs)),
		only("spec.exportTo", c.row("Certificate", "certificate", Update, "ExportCertificate", certs)),
	)
}

// logsRows has log groups. A key needs nothing of the caller: its own policy lets CloudWatch Logs in
// (Amazon CloudWatch Logs User Guide, Encrypt log data using AWS KMS). The list of groups knows no resources.
func logsRows() []Row {
	own := []string{ownLogs, ownInsight}
	c := controller{
		group: "cloudwatchlogs.services.k8s.aws", service: "logs", version: "cloudwatchlogs-controller v1.4.1",
		reading: own, writing: own,
	}
	passes := c.passes("LogGroup", "AWS, Service Authorization Reference, Amazon CloudWatch Logs: dependent action of PutSubscriptionFilter", "logs.amazonaws.com")
	return slices.Concat(
		c.rows(calls{
			"LogGroup", "log_group", "DescribeSubscriptionFilters ListTagsForResource", "CreateLogGroup PutRetentionPolicy",
			"PutRetentionPolicy", "DeleteLogGroup", "TagResource UntagResource",
		}),
		[]Row{c.row("LogGroup", "log_group", Read, "DescribeLogGroups", Anything)},
		only("spec.retentionDays: 0", c.row("LogGroup", "log_group", Update, "DeleteRetentionPolicy", ownLogs)),
		only("spec.subscriptionFilters", c.row("LogGroup", "log_group", Update, "DeleteSubscriptionFilter PutSubscriptionFilter", ownLogs), passes),
	)
}

// kmsRows has keys, whose ids KMS gives, and their aliases, which need the right on both
// (AWS KMS Developer Guide, Controlling access to aliases). A new key has no resource yet.
func kmsRows() []Row {
	own := []string{keys}
	c := controller{group: "kms.services.k8s.aws", service: "kms", version: "kms-controller v1.4.1", reading: own, writing: own}
	aliases := c
	aliases.reading, aliases.writing = []string{Anything}, []string{ownAlias, keys}
	const creation = "AWS, Service Authorization Reference, AWS KMS: dependent actions of CreateKey"
	return slices.Concat(
		aliases.rows(calls{"Alias", "alias", "ListAliases", "CreateAlias", "UpdateAlias", "DeleteAlias", ""}),
		c.rows(calls{
			"Key", "key", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags", "EnableKeyRotation",
			"EnableKeyRotation PutKeyPolicy", "ScheduleKeyDeletion", "TagResource UntagResource",
		}),
		[]Row{
			c.row("Key", "key", Create, "CreateKey", Anything),
			c.asked("Key", "kms", "PutKeyPolicy TagResource", creation, keys),
		},
		only("spec.enableKeyRotation: false", c.row("Key", "key", Update, "DisableKeyRotation", keys)),
	)
}

// route53Rows has zones, whose ids Route 53 gives, and records. For tags it wants both types of resources that can have
// them. A new zone has no resource yet.
func route53Rows() []Row {
	own := []string{zones}
	c := controller{group: "route53.services.k8s.aws", service: "route53", version: "route53-controller v1.5.2", reading: own, writing: own}
	const (
		health = "arn:${partition}:route53:::healthcheck/*"
		change = "arn:${partition}:route53:::change/*"
		vpcs   = "AWS, Service Authorization Reference, Amazon Route 53: dependent action of AssociateVPCWithHostedZone"
	)
	return slices.Concat(
		c.rows(
			calls{"HostedZone", "hosted_zone", "GetHostedZone", "", "", "DeleteHostedZone", ""},
			calls{
				"RecordSet", "record_set", "GetHostedZone ListResourceRecordSets", "ChangeResourceRecordSets",
				"ChangeResourceRecordSets", "ChangeResourceRecordSets", "",
			},
		),
		[]Row{
			c.row("HostedZone", "hosted_zone", Create, "CreateHostedZone", Anything),
			c.row("HostedZone", "hosted_zone", Read, "ListTagsForResource", health, zones),
			c.row("HostedZone", "hosted_zone", Tag, "ChangeTagsForResource", health, zones),
			// A private zone is made with a VPC, and gets or loses others.
			c.row("HostedZone", "hosted_zone", Update, "AssociateVPCWithHostedZone DisassociateVPCFromHostedZone", Anything),
			c.asked("HostedZone", "ec2", "DescribeVpcs", vpcs, Anything),
			c.row("RecordSet", "record_set", Read, "GetChange", change),
		},
	)
}
