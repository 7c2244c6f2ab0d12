// Package services makes objects of ACK itself (ACK runtime, apis/core/v1alpha1).
package services

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack"
)

// Group is the API group of the objects.
const Group = "services.k8s.aws"

// FieldExport makes ACK copy a field of an ACK object into a key of a ConfigMap, both in the namespace
// of the export. path is a jq path such as .status.identity.oidc.issuer.
func FieldExport(m ack.Meta, from schema.GroupKind, name, path, configMap, key string) *ackv1alpha1.FieldExport {
	return &ackv1alpha1.FieldExport{TypeMeta: ack.Type(Group, "FieldExport"), ObjectMeta: m.Object(), Spec: ackv1alpha1.FieldExportSpec{
		From: &ackv1alpha1.ResourceFieldSelector{
			Path: new(path),
			Resource: ackv1alpha1.NamespacedResource{
				GroupKind: metav1.GroupKind(from),
				Name:      new(name),
			},
		},
		To: &ackv1alpha1.FieldExportTarget{
			Key:  new(key),
			Kind: ackv1alpha1.FieldExportOutputTypeConfigMap,
			Name: new(configMap),
		},
	}}
}
