package config

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Release is a Helm chart that is installed in the cluster.
type Release struct {
	// Name is the name of the release, and of its HelmRelease on the hub.
	Name string `yaml:"name"`
	// State is active, or retiring before the release is removed from the file.
	State string `yaml:"state,omitempty"`
	// Namespace is where it is installed: a name, or {name, labels, annotations}.
	Namespace ReleaseNamespace `yaml:"namespace"`
	// ReleaseName is Helm's name of the release. Default: name.
	ReleaseName string `yaml:"releaseName,omitempty"`
	// Chart is where the chart is.
	Chart ChartSource `yaml:"chart"`
	// Values are Helm values.
	Values map[string]any `yaml:"values,omitempty"`
	// ValuesFrom are ConfigMaps and Secrets with Helm values, in the cluster's namespace on the hub; values are merged over them.
	ValuesFrom []ValuesReference `yaml:"valuesFrom,omitempty"`
	// DependsOn are releases and components that must be ready first, by name.
	DependsOn []string `yaml:"dependsOn,omitempty"`
	// Timeout is how long an installation or an upgrade may take; default 10m, at most 55m.
	Timeout string `yaml:"timeout,omitempty"`
	// CRDs is what Helm does with the folder crds of the chart: CreateReplace (default), Create or Skip.
	CRDs string `yaml:"crds,omitempty"`
	// DriftDetection is what Flux does about changes in the cluster that did not come from Helm.
	DriftDetection DriftDetection `yaml:"driftDetection,omitempty"`
	// ServiceAccounts have the AWS permissions of the release.
	ServiceAccounts []ServiceAccount `yaml:"serviceAccounts,omitempty"`
}

// ReleaseNamespace is a namespace in the cluster: its name alone, or with labels and annotations.
type ReleaseNamespace struct {
	// Name is the name of the namespace.
	Name string `yaml:"name"`
	// Labels are its labels, such as pod-security.kubernetes.io/enforce: restricted.
	Labels map[string]string `yaml:"labels,omitempty"`
	// Annotations are its annotations.
	Annotations map[string]string `yaml:"annotations,omitempty"`
}

// UnmarshalYAML takes the short form, the name, besides the long.
func (n *ReleaseNamespace) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		n.Name = node.Value
		return nil
	}
	type long ReleaseNamespace
	if err := node.Decode((*long)(n)); err != nil {
		return fmt.Errorf("decode a namespace: %w", err)
	}
	return nil
}

// ValuesReference is a ConfigMap or Secret with Helm values (Flux, HelmRelease API: Values references).
type ValuesReference struct {
	// Kind is ConfigMap or Secret.
	Kind string `yaml:"kind"`
	// Name is the name of the object, in the cluster's namespace on the hub.
	Name string `yaml:"name"`
	// ValuesKey is the key that holds the values; default values.yaml.
	ValuesKey string `yaml:"valuesKey,omitempty"`
	// TargetPath is the one value that is set, such as auth.password. Default: all of them.
	TargetPath string `yaml:"targetPath,omitempty"`
	// Optional allows the object to be missing.
	Optional bool `yaml:"optional,omitempty"`
}

// DriftDetection is what Flux does about changes that did not come from Helm (Flux, HelmRelease API: Drift detection).
type DriftDetection struct {
	// Mode is enabled (default), warn or disabled.
	Mode string `yaml:"mode,omitempty"`
	// Ignore is the drift to ignore.
	Ignore []DriftIgnore `yaml:"ignore,omitempty"`
}

// DriftIgnore selects fields whose drift is ignored.
type DriftIgnore struct {
	// Paths are JSON pointers, such as /spec/replicas.
	Paths []string `yaml:"paths"`
	// Target selects the objects. Default: all objects of the release.
	Target *DriftTarget `yaml:"target,omitempty"`
}

// DriftTarget selects objects of a release.
type DriftTarget struct {
	// Kind is the kind, a regular expression.
	Kind string `yaml:"kind,omitempty"`
	// Name is the name, a regular expression.
	Name string `yaml:"name,omitempty"`
	// Namespace is the namespace, a regular expression.
	Namespace string `yaml:"namespace,omitempty"`
	// LabelSelector selects by labels.
	LabelSelector string `yaml:"labelSelector,omitempty"`
	// AnnotationSelector selects by annotations.
	AnnotationSelector string `yaml:"annotationSelector,omitempty"`
}

// ChartSource is where a Helm chart is: url and version, or git, path and ref.
type ChartSource struct {
	// URL is oci://…/<chart>, or the https:// address of a chart repository.
	URL string `yaml:"url,omitempty"`
	// Name is the chart in the repository; only with https.
	Name string `yaml:"name,omitempty"`
	// Version is the exact version; not with git.
	Version string `yaml:"version,omitempty"`
	// Git is the https:// or ssh:// address of a Git repository that holds the chart.
	Git string `yaml:"git,omitempty"`
	// Path is the folder of the chart in the Git repository.
	Path string `yaml:"path,omitempty"`
	// Ref is the revision of the Git repository.
	Ref GitRef `yaml:"ref,omitempty"`
	// SecretRef names the Secret with the credentials, in the namespace fleet-<environment> on the hub. Its name begins with chart-.
	SecretRef *SecretRef `yaml:"secretRef,omitempty"`
	// Provider is whose identity Flux signs in with: generic, aws, azure or gcp; github for a GitHub App. Default: aws for a
	// private ECR registry, else generic.
	Provider string `yaml:"provider,omitempty"`
	// Verify makes Flux check the signature of an OCI chart.
	Verify *ChartVerify `yaml:"verify,omitempty"`
}

// GitRef is a revision of a Git repository; one of its fields is set.
type GitRef struct {
	// Branch is a branch; its head is followed.
	Branch string `yaml:"branch,omitempty"`
	// Tag is a tag.
	Tag string `yaml:"tag,omitempty"`
	// SemVer is a range of versions; the newest tag in it is followed.
	SemVer string `yaml:"semver,omitempty"`
	// Commit is a full commit hash.
	Commit string `yaml:"commit,omitempty"`
}

// ChartVerify is how Flux checks the signature of a chart (Flux, OCIRepository API: Verification).
type ChartVerify struct {
	// Provider is cosign or notation.
	Provider string `yaml:"provider"`
	// SecretRef names the Secret with the public keys. Without it cosign's keyless signatures are checked.
	SecretRef *SecretRef `yaml:"secretRef,omitempty"`
	// MatchOIDCIdentity is who may have signed; one of them must match.
	MatchOIDCIdentity []OIDCIdentity `yaml:"matchOIDCIdentity,omitempty"`
}

// OIDCIdentity is the identity behind a keyless signature.
type OIDCIdentity struct {
	// Issuer is the OIDC issuer, a regular expression.
	Issuer string `yaml:"issuer"`
	// Subject is the identity, a regular expression.
	Subject string `yaml:"subject"`
}

// ChartSecretPrefix is how the names of Secrets begin that chart sources may use: the admission policies refuse others,
// because the credentials of the fleet's Git repository are beside them (docs/isolation.md).
const ChartSecretPrefix = "chart-"

// The providers of chart sources that gen itself looks at.
const (
	ProviderGeneric = "generic"
	ProviderAWS     = "aws"
	ProviderGitHub  = "github"
)

// OCI reports whether the chart is in an OCI registry.
func (s ChartSource) OCI() bool { return strings.HasPrefix(s.URL, "oci://") }

// ECR is the account and the region of the private ECR registry that holds the chart (Amazon ECR User Guide: Amazon ECR
// private registries).
func (s ChartSource) ECR() (account, region string, ok bool) {
	host, _, _ := strings.Cut(strings.TrimPrefix(s.URL, "oci://"), "/")
	match := regexp.MustCompile(`^([0-9]{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$`).FindStringSubmatch(host)
	if match == nil || !s.OCI() {
		return "", "", false
	}
	return match[1], match[2], true
}
