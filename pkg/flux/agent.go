package flux

import (
	"fmt"
	"strings"
	"time"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/apis/meta"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"

	"eks-auto-gitops/pkg/config"
)

// This file holds what is different for a cluster with a Flux of its own.

// Operator is the chart of the Flux Operator as the hub installs it in a cluster.
func Operator() Chart {
	return Custom(config.Release{
		Name: config.OperatorRelease, ReleaseName: config.OperatorRelease,
		Namespace:      config.ReleaseNamespace{Name: SystemNamespace},
		Chart:          config.ChartSource{URL: OperatorChart, Version: OperatorVersion, Provider: config.ProviderGeneric},
		CRDs:           string(helmv2.CreateReplace),
		DriftDetection: config.DriftDetection{Mode: string(helmv2.DriftDetectionEnabled)},
		Timeout:        operatorTime.String(),
	})
}

// operatorTime is long enough for the first node of a pool.
const operatorTime = 10 * time.Minute

// OwnFolders are the patches of an instance that has its source fetch some folders of the repository alone. The operator has no
// field for that (Flux Operator, FluxInstance API: Sync configuration; Flux, GitRepository API: Ignore).
func OwnFolders(folders ...string) []kustomize.Patch {
	var patch strings.Builder
	patch.WriteString("- op: add\n  path: /spec/ignore\n  value: |\n    /*\n")
	for _, line := range letIn(folders) {
		patch.WriteString("    " + line + "\n")
	}
	return []kustomize.Patch{{Target: &kustomize.Selector{Kind: sourcev1.GitRepositoryKind}, Patch: patch.String()}}
}

// letIn are lines of a .gitignore behind which nothing but the folders is left: what is below an ignored folder cannot be let in
// again, so each folder on the way is let in, and what else is in it left out.
func letIn(folders []string) []string {
	var lines []string
	seen := map[string]bool{}
	for _, folder := range folders {
		parts := strings.Split(folder, "/")
		for i := range parts {
			dir := strings.Join(parts[:i+1], "/")
			if seen[dir] {
				continue
			}
			seen[dir] = true
			lines = append(lines, "!/"+dir+"/")
			if i < len(parts)-1 {
				lines = append(lines, "/"+dir+"/*")
			}
		}
	}
	return lines
}

// OwnChain makes the Kustomizations that the Flux of a cluster applies. They act as the controller itself: the cluster is theirs.
func OwnChain(c *config.Cluster, steps []Step) []*kustomizev1.Kustomization {
	chain := Chain(c, steps)
	for _, k := range chain {
		k.Spec.ServiceAccountName = ""
		k.Spec.SourceRef = kustomizev1.CrossNamespaceSourceReference{
			Kind: sourcev1.GitRepositoryKind, Name: SystemNamespace, Namespace: SystemNamespace,
		}
	}
	return chain
}

// Follow makes the step that brings the instance wait for it, and for what the cluster's own Flux has to do: so the hub says whether
// all of the cluster is ready, and what comes after the step waits for it. A Kustomization may be ready as of the commit before. Where
// that matters, in a cluster that retires, the step waits for the quotas, which come with the commit and count what is left.
func Follow(c *config.Cluster, k *kustomizev1.Kustomization, own []*kustomizev1.Kustomization) {
	k.Spec.Wait = false
	k.Spec.HealthChecks = []meta.NamespacedObjectKindReference{{
		APIVersion: InstanceGroup + "/v1", Kind: InstanceKind, Name: InstanceName, Namespace: SystemNamespace,
	}}
	for _, other := range own {
		check := meta.NamespacedObjectKindReference{APIVersion: other.APIVersion, Kind: other.Kind, Name: other.Name, Namespace: other.Namespace}
		if c.State == config.StateRetiring {
			check = meta.NamespacedObjectKindReference{APIVersion: "v1", Kind: "ResourceQuota", Name: RetiringQuota(other.Name), Namespace: other.Namespace}
		}
		k.Spec.HealthChecks = append(k.Spec.HealthChecks, check)
	}
}

// RetiringQuota is the ResourceQuota that counts the releases which a stage of a retiring cluster still has.
func RetiringQuota(stage string) string { return "retiring-" + stage }

// OnHub is the release for a cluster as the hub installs it, whoever delivers the rest.
func (c Chart) OnHub(cluster *config.Cluster) (*helmv2.HelmRelease, error) {
	hub := *cluster
	hub.Delivery = config.DeliveryHub
	release, err := c.For(&hub)
	if err != nil {
		return nil, fmt.Errorf("chart of the hub: %w", err)
	}
	return release, nil
}
