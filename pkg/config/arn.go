package config

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// An arn is an Amazon Resource Name in its parts (AWS General Reference, "Amazon Resource Names").
type arn struct {
	partition, service, region, account, resource string
}

func parseARN(s string) (arn, bool) {
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] == "" || parts[2] == "" || parts[5] == "" || strings.ContainsAny(s, " \t") {
		return arn{}, false
	}
	return arn{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}

// own reports an ARN of something that must be the cluster's own: in its partition, in its
// account and, where the service is regional, in its region.
func (c clusterScope) own(at spot, a arn, what string) {
	switch {
	case a.partition != c.Partition():
		c.fail(at, fmt.Sprintf("the %s is in the partition %q, the cluster in %q", what, a.partition, c.Partition()),
			fmt.Sprintf("an ARN of %s starts with arn:%s:", c.Region, c.Partition()))
	case a.region != "" && c.Region != "" && a.region != c.Region:
		c.fail(at, fmt.Sprintf("the %s is in %q, the cluster in %q", what, a.region, c.Region), "use one of the cluster's region")
	case a.account != c.AccountID && accountID(c.AccountID):
		c.fail(at, fmt.Sprintf("the %s is in the account %s, the cluster in %s", what, a.account, c.AccountID), "use one of the cluster's account")
	}
}

// kmsKey checks the ARN of a KMS key (AWS KMS, "Key ARN"; EKS takes no alias).
func (c clusterScope) kmsKey(at spot, value string) {
	if value == "" {
		return
	}
	a, ok := parseARN(value)
	switch id, isKey := strings.CutPrefix(a.resource, "key/"); {
	case ok && a.service == "kms" && strings.HasPrefix(a.resource, "alias/"):
		c.fail(at, fmt.Sprintf("%q is an alias, not a key", value), "an alias can be moved to another key; write the ARN of the key")
	case !ok || a.service != "kms" || !isKey || !c.matches(`^[0-9a-zA-Z-]{8,64}$`, id):
		c.fail(at, fmt.Sprintf("%q is not the ARN of a KMS key", value),
			fmt.Sprintf("write arn:%s:kms:%s:%s:key/<id>", c.Partition(), c.Region, c.AccountID))
	default:
		c.own(at, a, "key")
	}
}

// policyARN checks the ARN of a managed policy, AWS's or the account's.
func (c clusterScope) policyARN(at spot, value string) {
	a, ok := parseARN(value)
	switch {
	case value == "":
	case !ok || a.service != "iam" || a.region != "" || !c.matches(`^policy/([!-~]+/)?[\w+=,.@-]{1,128}$`, a.resource):
		c.fail(at, fmt.Sprintf("%q is not the ARN of an IAM policy", value),
			fmt.Sprintf("write arn:%s:iam::%s:policy/<name>, or arn:%s:iam::aws:policy/<name>", c.Partition(), c.AccountID, c.Partition()))
	case a.account == "aws":
		if slices.Contains([]string{"AdministratorAccess", "PowerUserAccess", "IAMFullAccess"}, path.Base(a.resource)) {
			c.warn(at, fmt.Sprintf("with %s, whoever breaks into one of these pods controls the account", path.Base(a.resource)), "write statements with the actions that are needed")
		}
		a.account = c.AccountID
		c.own(at, a, "policy")
	default:
		c.own(at, a, "policy")
	}
}
