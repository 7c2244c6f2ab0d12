package cluster

import (
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/ack/kms"
	"eks-auto-gitops/pkg/ack/services"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/resource"
)

// key makes the KMS key for secrets and its alias, where clusters.yaml asks for one, and has ACK copy the key's ARN to where Flux
// takes it from for the cluster. Its policy hands
// control to the IAM policies of the account (AWS KMS Developer Guide: Default key policy), because a policy
// that names the cluster role is refused as long as that role does not exist.
func key(c *config.Cluster) ([]resource.Object, error) {
	if !c.Encryption.Create {
		return nil, nil
	}
	key, err := kms.Key(component.Kept(c, c.Name), "Secrets of EKS cluster "+c.Name, iam.Statement{
		Sid:       "EnableIAMPolicies",
		Effect:    iam.Allow,
		Principal: iam.Principal{"AWS": {fmt.Sprintf("arn:%s:iam::%s:root", c.Partition(), c.AccountID)}},
		Action:    iam.Values{"kms:*"},
		Resource:  iam.Values{"*"},
	})
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", c.Name, err)
	}
	export := services.FieldExport(
		ack.Meta{Name: "key-arn", Namespace: c.Name}, schema.GroupKind{Group: kms.Group, Kind: "Key"}, c.Name,
		".status.ackResourceMetadata.arn", flux.KeyFacts, flux.KeyARNVariable,
	)
	alias := kms.Alias(component.KeptOrFound(c, c.Name, map[string]string{"name": "alias/" + c.Name}), c.Name)
	return []resource.Object{
		key, alias, flux.FactsConfigMap(c, flux.KeyFacts), export,
	}, nil
}

// keyStatements are what the cluster role may do with keys: use the one for secrets, and for the disks of
// nodes use theirs and grant them to EC2 (Amazon EKS User Guide: Create a node class for Amazon EKS).
// A key that is made has no ARN yet; its alias stands for it.
func keyStatements(c *config.Cluster) []iam.Statement {
	var statements []iam.Statement
	secrets := iam.Statement{
		Sid: "Secrets", Effect: iam.Allow,
		Action: iam.Values{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"},
	}
	switch {
	case c.Encryption.Create:
		secrets.Resource = iam.Values{component.ARN(c, "kms", "key/*")}
		secrets.Condition = iam.Condition{"ForAnyValue:StringEquals": {"kms:ResourceAliases": {"alias/" + c.Name}}}
		statements = append(statements, secrets)
	case c.Encryption.KeyARN != "":
		secrets.Resource = iam.Values{c.Encryption.KeyARN}
		statements = append(statements, secrets)
	}
	keys := diskKeys(c)
	if len(keys) == 0 {
		return statements
	}
	return append(statements, iam.Statement{
		Sid: "NodeDisks", Effect: iam.Allow,
		Action:   iam.Values{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"},
		Resource: keys,
	}, iam.Statement{
		Sid: "NodeDiskGrants", Effect: iam.Allow,
		Action:    iam.Values{"kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"},
		Resource:  keys,
		Condition: iam.Condition{"Bool": {"kms:GrantIsForAWSResource": {"true"}}},
	})
}

// diskKeys are the keys of node classes, sorted, each once.
func diskKeys(c *config.Cluster) iam.Values {
	var keys iam.Values
	for _, class := range c.Nodes.Classes {
		if class.EphemeralStorage.KMSKeyARN != "" {
			keys = append(keys, class.EphemeralStorage.KMSKeyARN)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
