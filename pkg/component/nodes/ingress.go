package nodes

import (
	"maps"
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/karpenter"
	"eks-auto-gitops/pkg/resource"
)

// ingressClasses makes a class for load balancers on the internet and one for internal ones, each with the
// parameters of the same name (Amazon EKS User Guide: Create an IngressClass to configure an Application
// Load Balancer).
func ingressClasses(c *config.Cluster) []resource.Object {
	var objects []resource.Object
	for _, scheme := range []string{component.InternetFacing, component.Internal} {
		name := component.IngressClass(scheme)
		objects = append(objects, ingressClassParams(c, name, scheme), &networkingv1.IngressClass{
			TypeMeta:   metav1.TypeMeta{APIVersion: networkingv1.SchemeGroupVersion.String(), Kind: "IngressClass"},
			ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: defaultClass(c.IngressClasses.Of(scheme))},
			Spec: networkingv1.IngressClassSpec{
				Controller: "eks.amazonaws.com/alb",
				Parameters: &networkingv1.IngressClassParametersReference{
					APIGroup: new(karpenter.AutoModeGroup), Kind: "IngressClassParams", Name: name,
				},
			},
		})
	}
	return objects
}

// ingressClassParams names the subnets of an existing VPC, which may lack the tags that load balancers are
// placed by; subnets that are made have them.
func ingressClassParams(c *config.Cluster, name, scheme string) *karpenter.IngressClassParams {
	params := &karpenter.IngressClassParams{
		TypeMeta:   autoMode("IngressClassParams"),
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       classSettings(c, c.IngressClasses.Of(scheme)),
	}
	params.Spec.Scheme = scheme
	if c.DNS.CertificateARN != "" && len(params.Spec.CertificateARNs) == 0 {
		params.Spec.CertificateARNs = []string{c.DNS.CertificateARN}
	}
	ids := c.Network.PublicSubnetIDs
	if scheme == component.Internal {
		ids = c.Network.PrivateSubnetIDs
	}
	if len(ids) > 0 {
		params.Spec.Subnets = &karpenter.SubnetSelector{IDs: ids}
	}
	tags := component.Tags(c)
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		params.Spec.Tags = append(params.Spec.Tags, karpenter.Tag{Key: key, Value: tags[key]})
	}
	return params
}
