package flux

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/fluxcd/pkg/apis/kustomize"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// This file says when an object is ready. Conditions are asked with exists: filter().all() is true for
// an object without conditions, and so would call everything failed. An expression that fails, such as
// on an object without status, makes Flux wait on (Flux, Kustomization API: Health check expressions).

const conditions = "status.?conditions.orValue([])"

func condition(name string) string {
	return conditions + ".exists(c, c.type == '" + name + "' && c.status == 'True')"
}

// notRefused holds unless ACK says that AWS does not take the object as it is. ACK goes on trying then, and the object may
// still be called synced. Controllers before runtime v0.53 have no condition Ready, and newer ones set it from the others
// (ACK runtime, pkg/runtime/reconciler.go: ensureConditions).
func notRefused() string {
	return "!" + conditions + ".exists(c, c.type == 'ACK.Recoverable' && c.status == 'True' || c.type == 'Ready' && c.status != 'True')"
}

// looked holds if ACK.ResourceSynced has the status, and not from before Flux changed the object: ACK notes no generation, but
// the time of each look, and the API server that of Flux's last change. Without it a stage is ready before ACK has seen an
// upgrade, or what AWS will refuse. ACK looks when the spec changes, and with the feature gate IgnoreFieldDrift, which gen's hub
// turns on, when an annotation does (ACK runtime, pkg/condition/condition.go: SetSynced; reconciler.go: BindControllerManager).
func looked(status string) string {
	return conditions + ".exists(c, c.type == 'ACK.ResourceSynced' && c.status " + status + " && !(has(c.lastTransitionTime)" +
		" && metadata.?managedFields.orValue([]).exists(m, m.manager == 'kustomize-controller'" +
		" && timestamp(m.time) > timestamp(c.lastTransitionTime) + duration('2s'))))"
}

func synced() string { return looked("== 'True'") + " && " + notRefused() }

// endpointMade holds for a VPC endpoint as soon as EC2 has taken it, though EC2 then takes a minute for one with interfaces, and ACK looks
// again only after half a minute, and calls it not synced until then (ec2-controller, pkg/resource/vpc_endpoint/sdk.go: sdkCreate, sdkFind).
// Nothing refers to an endpoint, and its users are nodes, for which the cluster has to be made first. When ACK cannot say how
// it is, after an error or with a reference that is not there, it is Unknown (ACK runtime, pkg/runtime/reconciler.go: ensureConditions).
func endpointMade() string {
	return "status.?state.orValue('') in ['pending', 'available'] && " + looked("!= 'Unknown'") + " && !" + condition("ACK.Recoverable")
}

func status(value string) string { return "status.?status.orValue('') == '" + value + "'" }

// factsAreThere holds for every ConfigMap but those that ACK has yet to write into; a user's own has nobody to wait for.
func factsAreThere() string {
	return "!(metadata.name in ['" + ClusterFacts + "', '" + KeyFacts + "']) || data.?" + OIDCIssuerVariable + ".orValue('') != ''" +
		" || data.?" + KeyARNVariable + ".orValue('') != ''"
}

// QuotaOfReleases counts the HelmReleases of a namespace (Kubernetes: Resource Quotas, Object count).
const QuotaOfReleases = "count/helmreleases.helm.toolkit.fluxcd.io"

// special returns the expressions of the kinds that do not follow the rule of their group.
func special(kind schema.GroupKind) (kustomize.HealthCheckExpressions, bool) {
	terminal := condition("ACK.Terminal")
	switch kind {
	case schema.GroupKind{Group: "eks.services.k8s.aws", Kind: "Cluster"}:
		return kustomize.HealthCheckExpressions{Current: status("ACTIVE") + " && " + synced(), Failed: status("FAILED") + " || " + terminal}, true
	case schema.GroupKind{Group: "eks.services.k8s.aws", Kind: "Addon"}:
		return kustomize.HealthCheckExpressions{Current: status("ACTIVE") + " && " + synced(), Failed: status("CREATE_FAILED") + " || " + terminal}, true
	case schema.GroupKind{Group: "eks.services.k8s.aws", Kind: "Capability"}:
		// ACK calls one synced that could not be made (eks-controller, generator.yaml: Capability, synced).
		return kustomize.HealthCheckExpressions{Current: status("ACTIVE") + " && " + synced(), Failed: status("CREATE_FAILED") + " || " + terminal}, true
	case schema.GroupKind{Group: "acm.services.k8s.aws", Kind: "Certificate"}:
		// It is issued when its DNS record can be seen, which needs the zone to be delegated: by hand, and later. When ACK has
		// looked does not count: acm-controller 1.3.4 has an ACK runtime that no annotation wakes.
		return kustomize.HealthCheckExpressions{Current: "(" + status("PENDING_VALIDATION") + " || " + status("ISSUED") + ") && " + "!" + condition("ACK.Recoverable"), Failed: status("FAILED") + " || " + terminal}, true
	case schema.GroupKind{Group: "ec2.services.k8s.aws", Kind: "VPCEndpoint"}:
		return kustomize.HealthCheckExpressions{Current: endpointMade(), Failed: terminal}, true
	case schema.GroupKind{Kind: "ConfigMap"}:
		return kustomize.HealthCheckExpressions{Current: factsAreThere()}, true
	case schema.GroupKind{Kind: "ResourceQuota"}:
		return kustomize.HealthCheckExpressions{Current: "int(status.used['" + QuotaOfReleases + "']) <= int(status.hard['" + QuotaOfReleases + "'])"}, true
	case schema.GroupKind{Group: InstanceGroup, Kind: InstanceKind}:
		return kustomize.HealthCheckExpressions{
			Current: conditions + ".exists(c, c.type == 'Ready' && c.status == 'True' && c.observedGeneration == metadata.generation)",
		}, true
	case schema.GroupKind{Group: "karpenter.sh", Kind: "NodePool"},
		schema.GroupKind{Group: "eks.amazonaws.com", Kind: "NodeClass"}:
		return kustomize.HealthCheckExpressions{Current: condition("Ready")}, true
	}
	return kustomize.HealthCheckExpressions{}, false
}

// healthChecks returns the expressions for the kinds of a step, sorted, one for each kind that Flux does
// not judge rightly by itself. Flux 2.9 and later take one expression for a whole group.
func healthChecks(kinds []schema.GroupKind, fluxVersion string) []kustomize.CustomHealthCheck {
	var checks []kustomize.CustomHealthCheck
	for _, kind := range kinds {
		check := kustomize.CustomHealthCheck{APIVersion: apiVersion(kind.Group), Kind: kind.Kind}
		expressions, ok := special(kind)
		switch {
		case ok:
			check.HealthCheckExpressions = expressions
		case strings.HasSuffix(kind.Group, ".services.k8s.aws"):
			check.Current, check.Failed = synced(), condition("ACK.Terminal")
			if knowsGroups(fluxVersion) {
				check.Kind = ""
			}
		default:
			continue
		}
		checks = append(checks, check)
	}
	slices.SortFunc(checks, func(a, b kustomize.CustomHealthCheck) int {
		return cmp.Or(cmp.Compare(a.APIVersion, b.APIVersion), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.Compact(checks)
}

// apiVersion is the version that gen writes for a group; Flux looks at the group alone.
func apiVersion(group string) string {
	switch {
	case group == "":
		return "v1"
	case strings.HasSuffix(group, ".services.k8s.aws"):
		return group + "/v1alpha1"
	default:
		return group + "/v1"
	}
}

// knowsGroups reports whether the Flux version takes health checks without a kind: 2.9 and later.
func knowsGroups(version string) bool {
	minor, ok := strings.CutPrefix(version, "2.")
	number, err := strconv.Atoi(minor)
	return ok && err == nil && number >= 9
}
