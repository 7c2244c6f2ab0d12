// Package flux creates the Flux objects: chart sources, releases, each cluster's chain of Kustomizations and
// what the hub's owner applies once per environment.
//
// In: clusters and environments of clusters.yaml, and the templates. Out: typed objects of Flux's own Go
// API. It imports pkg/config, pkg/resource and the templates.
package flux

import (
	"fmt"
	"time"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Names that are the same for every cluster and environment.
const (
	// KubeConfig is the ConfigMap that tells Flux how to reach the cluster.
	KubeConfig = "kubeconfig"
	// Account is the service account that Flux acts as, in each namespace.
	Account = "flux"
	// Repository is the GitRepository of an environment, and its root Kustomization.
	Repository = "fleet"
	// ClusterFacts is the ConfigMap that ACK writes the OIDC issuer into, KeyFacts the one for the ARN of the key that is
	// made. Each is in the stage that fills it, so that the stage is done only when the value is there: an object can be in
	// one stage only, and a Kustomization that waits looks at its own objects alone (Flux, Kustomization API: Wait).
	ClusterFacts = "cluster-facts"
	KeyFacts     = "key-facts"
	// OIDCIssuerVariable and KeyARNVariable are their keys, and the variables that Flux replaces by their values.
	OIDCIssuerVariable = "OIDC_ISSUER"
	KeyARNVariable     = "KMS_KEY_ARN"
	// EnvironmentLabel is on every namespace; the admission policies rely on it.
	EnvironmentLabel = "environment"
)

// Namespace is the namespace of an environment on the hub: its Git repository and its chart sources.
func Namespace(environment string) string { return "fleet-" + environment }

func kustomizationType() metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: kustomizev1.GroupVersion.String(), Kind: kustomizev1.KustomizationKind}
}

func releaseType() metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: helmv2.GroupVersion.String(), Kind: helmv2.HelmReleaseKind}
}

func sourceType(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: sourcev1.GroupVersion.String(), Kind: kind}
}

func duration(d time.Duration) metav1.Duration { return metav1.Duration{Duration: d} }

func optionalDuration(d time.Duration) *metav1.Duration { return new(duration(d)) }

func kubeConfig() *meta.KubeConfigReference {
	return &meta.KubeConfigReference{ConfigMapRef: &meta.LocalObjectReference{Name: KubeConfig}}
}

// ARN is the ARN of an EKS cluster.
func clusterARN(partition, region, account, name string) string {
	return fmt.Sprintf("arn:%s:eks:%s:%s:cluster/%s", partition, region, account, name)
}
