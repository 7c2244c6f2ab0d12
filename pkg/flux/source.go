package flux

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/fluxcd/pkg/apis/meta"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// customSource is the source of a user's chart. Releases with the same address and credentials share it.
func customSource(chart config.ChartSource) resource.Object {
	name := sourceName(chart)
	switch {
	case chart.Git != "":
		return gitSource(name, chart)
	case chart.OCI():
		return ociSource(versioned(name, chart.Version), chart)
	}
	return &sourcev1.HelmRepository{
		TypeMeta:   sourceType(sourcev1.HelmRepositoryKind),
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       sourcev1.HelmRepositorySpec{Interval: duration(12 * time.Hour), SecretRef: secretRef(chart.SecretRef), URL: chart.URL},
	}
}

// sourceName comes from the address, with a short hash because two registries may have charts of the same name, and one
// address may be read in two ways.
func sourceName(chart config.ChartSource) string {
	address := cmp.Or(chart.URL, chart.Git)
	identity := []byte(address)
	read := config.ChartSource{Ref: chart.Ref, SecretRef: chart.SecretRef, Verify: chart.Verify}
	if chart.Provider != config.ProviderGeneric {
		read.Provider = chart.Provider
	}
	if text, err := json.Marshal(read); err == nil && string(text) != plainSource() {
		identity = append(identity, text...)
	}
	sum := sha256.Sum256(identity)
	base := strings.TrimSuffix(strings.TrimSuffix(address, "/"), ".git")
	return cmp.Or(resource.Slug(base[strings.LastIndex(base, "/")+1:]), "chart") + "-" + hex.EncodeToString(sum[:4])
}

// plainSource is the text of a source of which only the address counts.
func plainSource() string {
	text, err := json.Marshal(config.ChartSource{})
	if err != nil {
		return ""
	}
	return string(text)
}

func ociSource(name string, chart config.ChartSource) *sourcev1.OCIRepository {
	source := &sourcev1.OCIRepository{
		TypeMeta:   sourceType(sourcev1.OCIRepositoryKind),
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: sourcev1.OCIRepositorySpec{
			Interval: duration(12 * time.Hour),
			LayerSelector: &sourcev1.OCILayerSelector{
				MediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
				Operation: sourcev1.OCILayerCopy,
			},
			Reference: &sourcev1.OCIRepositoryRef{Tag: tag(chart.Version)},
			SecretRef: secretRef(chart.SecretRef),
			URL:       chart.URL,
			Verify:    verification(chart.Verify),
		},
	}
	if chart.Provider != config.ProviderGeneric {
		// As the account of this namespace and not as source-controller, whose identity all environments would share
		// (Flux, OCIRepository API: Provider, object-level workload identity).
		source.Spec.Provider, source.Spec.ServiceAccountName = chart.Provider, Account
	}
	return source
}

func gitSource(name string, chart config.ChartSource) *sourcev1.GitRepository {
	source := &sourcev1.GitRepository{
		TypeMeta:   sourceType(sourcev1.GitRepositoryKind),
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: sourcev1.GitRepositorySpec{
			Interval: duration(time.Hour),
			Reference: &sourcev1.GitRepositoryRef{
				Branch: chart.Ref.Branch, Tag: chart.Ref.Tag, SemVer: chart.Ref.SemVer, Commit: chart.Ref.Commit,
			},
			SecretRef: secretRef(chart.SecretRef),
			Timeout:   optionalDuration(time.Minute),
			URL:       chart.Git,
		},
	}
	if chart.Provider != config.ProviderGeneric {
		source.Spec.Provider = chart.Provider
	}
	return source
}

func secretRef(secret *config.SecretRef) *meta.LocalObjectReference {
	if secret == nil {
		return nil
	}
	return &meta.LocalObjectReference{Name: secret.Name}
}

func verification(v *config.ChartVerify) *sourcev1.OCIRepositoryVerification {
	if v == nil {
		return nil
	}
	made := &sourcev1.OCIRepositoryVerification{Provider: v.Provider, SecretRef: secretRef(v.SecretRef)}
	for _, id := range v.MatchOIDCIdentity {
		made.MatchOIDCIdentity = append(made.MatchOIDCIdentity, sourcev1.OIDCIdentityMatch{Issuer: id.Issuer, Subject: id.Subject})
	}
	return made
}
