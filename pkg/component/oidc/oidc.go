// Package oidc creates what IRSA needs before any role can trust a service account: the IAM side of the
// cluster's OIDC issuer, which has no URL until the cluster exists.
package oidc

import (
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	"eks-auto-gitops/pkg/ack/iam"
	"eks-auto-gitops/pkg/ack/services"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
)

// Component is the component oidc.
var Component = component.Component{
	Name: "oidc",
	AWS:  aws,
}

// aws makes the provider. While the issuer is not in clusters.yaml, ACK copies it from the cluster into a
// ConfigMap and Flux puts it into the stage identity. The export comes after the cluster is active: ACK
// versions before eks-controller v1.18.0 look at an export only when it changes itself.
func aws(c *config.Cluster) ([]component.Delivery, error) {
	if !component.Substituted(c) {
		provider := iam.OpenIDConnectProvider(component.Meta(c, c.Name), c.OIDCIssuer)
		return []component.Delivery{component.At(component.Identity, provider)}, nil
	}
	export := services.FieldExport(
		ack.Meta{Name: "oidc-issuer", Namespace: c.Name},
		schema.GroupKind{Group: ackeks.Group, Kind: "Cluster"}, c.Name,
		".status.identity.oidc.issuer", flux.ClusterFacts, flux.OIDCIssuerVariable,
	)
	provider := iam.OpenIDConnectProvider(component.Meta(c, c.Name), "${"+flux.OIDCIssuerVariable+"}")
	return []component.Delivery{
		component.At(component.Access, flux.FactsConfigMap(c, flux.ClusterFacts), export),
		component.At(component.Identity, provider),
	}, nil
}
