package services

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/resource"
)

// IAMRoleSelector makes the selector that lets ACK assume the role roleARN for the objects of one namespace, whose name it
// has. It has no labels to select by: the API type writes its label selectors although they are empty, and its CRD refuses
// them then (ACK runtime, apis/core/v1alpha1/iam_role_selector.go). The error is that of encoding.
func IAMRoleSelector(namespace, roleARN string, annotations map[string]string) (resource.Object, error) {
	tree, err := resource.Tree(&ackv1alpha1.IAMRoleSelector{
		TypeMeta:   ack.Type(Group, "IAMRoleSelector"),
		ObjectMeta: metav1.ObjectMeta{Name: namespace, Annotations: annotations},
		Spec: ackv1alpha1.IAMRoleSelectorSpec{
			ARN:               roleARN,
			NamespaceSelector: ackv1alpha1.NamespaceSelector{Names: []string{namespace}},
		},
	})
	if err != nil {
		return nil, err
	}
	unstructured.RemoveNestedField(tree, "spec", "namespaceSelector", "labelSelector")
	unstructured.RemoveNestedField(tree, "spec", "resourceLabelSelector")
	return &unstructured.Unstructured{Object: tree}, nil
}
