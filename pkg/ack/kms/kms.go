// Package kms makes ACK objects of AWS KMS (ACK kms-controller, apis/v1alpha1).
package kms

import (
	ackkms "github.com/aws-controllers-k8s/kms-controller/apis/v1alpha1"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/iam"
)

// Group is the API group of the objects.
const Group = "kms.services.k8s.aws"

// Key makes a symmetric key with yearly rotation. The error is that of encoding the policy.
func Key(m ack.Meta, description string, policy ...iam.Statement) (*ackkms.Key, error) {
	document, err := iam.Policy(policy...)
	if err != nil {
		return nil, err
	}
	return &ackkms.Key{TypeMeta: ack.Type(Group, "Key"), ObjectMeta: m.Object(), Spec: ackkms.KeySpec{
		Description:       new(description),
		EnableKeyRotation: new(true),
		KeySpec:           new("SYMMETRIC_DEFAULT"),
		KeyUsage:          new("ENCRYPT_DECRYPT"),
		MultiRegion:       new(false),
		Origin:            new("AWS_KMS"),
		Policy:            new(document),
		Tags: ack.TagList(m.Tags, func(key, value string) *ackkms.Tag {
			return &ackkms.Tag{TagKey: new(key), TagValue: new(value)}
		}),
	}}, nil
}

// Alias makes the alias alias/<name> of the key named key.
func Alias(m ack.Meta, key string) *ackkms.Alias {
	return &ackkms.Alias{TypeMeta: ack.Type(Group, "Alias"), ObjectMeta: m.Object(), Spec: ackkms.AliasSpec{
		Name:         new("alias/" + m.Name),
		TargetKeyRef: ack.Ref(key),
	}}
}
