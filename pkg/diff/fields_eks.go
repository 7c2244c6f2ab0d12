package diff

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	eksGroup       = "eks.services.k8s.aws"
	sourceCluster  = "eks-controller, pkg/resource/cluster/hook.go"
	sourceEKSFixed = "Amazon EKS API Reference, UpdateClusterConfig"
	sourceAutoMode = "Amazon EKS User Guide, EKS Auto Mode; aws-controllers-k8s/community#3046"
)

// clusterRows are the fields of an EKS cluster.
func clusterRows() []Row {
	refuse := func(name, why string) Row {
		return Row{Name: name, Outcome: Refused, Why: why, Source: sourceEKSFixed}
	}
	auto := func(name string) Row { return Row{Name: name, Decide: judgeAutoMode, Source: sourceAutoMode} }
	return rowsOf(eksGroup, "Cluster", sourceCluster,
		fixed("spec.name", "the name is the cluster"),
		judged("spec.version", judgeVersion),
		refuse("spec.roleARN", "EKS keeps the role that the cluster was made with"),
		refuse("spec.roleRef", "EKS keeps the role that the cluster was made with"),
		updated("spec.tags", ""),
		updated("spec.logging", "EKS changes the log types in place; ACK settles only with the list in the order that EKS returns"),
		updated("spec.resourcesVPCConfig", ""),
		updated("spec.resourcesVPCConfig.endpointPublicAccess", ""),
		updated("spec.resourcesVPCConfig.endpointPrivateAccess", ""),
		updated("spec.resourcesVPCConfig.publicAccessCIDRs", ""),
		Row{
			Name: "spec.resourcesVPCConfig.subnetIDs", Outcome: Update, Source: sourceEKSFixed,
			Why: "EKS takes other subnets only in the zones that the cluster was made with",
		},
		Row{
			Name: "spec.resourcesVPCConfig.subnetRefs", Outcome: Update, Source: sourceEKSFixed,
			Why: "EKS takes other subnets only in the zones that the cluster was made with",
		},
		judged("spec.accessConfig.authenticationMode", judgeAuthentication),
		ignored("spec.accessConfig.bootstrapClusterCreatorAdminPermissions", "it counts only when the cluster is made"),
		ignored("spec.bootstrapSelfManagedAddons", "it counts only when the cluster is made"),
		updated("spec.upgradePolicy", "EKS changes the support in place"),
		judged("spec.encryptionConfig", judgeEncryption),
		auto("spec.computeConfig.enabled"),
		auto("spec.storageConfig.blockStorage.enabled"),
		auto("spec.kubernetesNetworkConfig.elasticLoadBalancing.enabled"),
		updated("spec.computeConfig.nodePools", "EKS makes or removes its own node pools, with their nodes"),
		judged("spec.computeConfig.nodeRoleARN", judgeNodeRole),
		refuse("spec.kubernetesNetworkConfig.serviceIPv4CIDR", "EKS keeps the range of services that the cluster was made with"),
		refuse("spec.kubernetesNetworkConfig.ipFamily", "EKS keeps the IP family that the cluster was made with"),
		updated("spec.zonalShiftConfig", ""),
		updated("spec.controlPlaneScalingConfig", ""),
		updated("spec.deletionProtection", ""),
		ignored("spec.remoteNetworkConfig", "ACK does not compare it"),
	)
}

// judgeVersion: EKS goes up one minor version at a time, and never down.
func judgeVersion(f Field, _ *Change) (Outcome, string) {
	before, after, ok := minors(f)
	switch {
	case !ok:
		return Refused, "it is no version of Kubernetes"
	case after < before:
		return Refused, "EKS has no way back: ACK stops with a terminal error"
	case after > before+1:
		return Update, fmt.Sprintf("ACK upgrades the control plane %d times, one minor version after the other; then nodes follow", after-before)
	default:
		return Update, "EKS upgrades the control plane; then Auto Mode replaces the nodes"
	}
}

// minors are the minor versions of two versions such as 1.36.
func minors(f Field) (before, after int, ok bool) {
	var n [2]int
	for i, value := range []any{f.Before, f.After} {
		text, _ := value.(string)
		_, minor, found := strings.Cut(text, ".")
		number, err := strconv.Atoi(minor)
		if !found || err != nil {
			return 0, 0, false
		}
		n[i] = number
	}
	return n[0], n[1], true
}

// judgeAutoMode: EKS switches Auto Mode off only with all three switches in one call, which ACK does not make.
func judgeAutoMode(f Field, _ *Change) (Outcome, string) {
	if f.After == true {
		return Update, "EKS switches Auto Mode on when all three switches are on"
	}
	return Refused, "ACK cannot switch Auto Mode off: it tries again and again, and the cluster stays un-synced"
}

// judgeEncryption: a key can be set once.
func judgeEncryption(f Field, c *Change) (Outcome, string) {
	if valueAt(c.Before, "spec", "encryptionConfig") == nil && f.After != nil {
		return Update, "EKS encrypts the secrets with the key; this cannot be taken back"
	}
	return Refused, "EKS keeps the key that it encrypts with: ACK stops with a terminal error"
}

// judgeNodeRole: the role of EKS's own node pools can be set with them, and then stays.
func judgeNodeRole(f Field, _ *Change) (Outcome, string) {
	if f.Before == nil || f.After == nil {
		return Update, "it comes and goes with EKS's own node pools"
	}
	return Refused, "EKS keeps the role of its own node pools as long as there are any"
}

// judgeAuthentication: EKS goes from the ConfigMap to access entries, never back.
func judgeAuthentication(f Field, _ *Change) (Outcome, string) {
	order := []string{"CONFIG_MAP", "API_AND_CONFIG_MAP", "API"}
	place := func(value any) int {
		for i, mode := range order {
			if value == mode {
				return i
			}
		}
		return -1
	}
	if place(f.After) < place(f.Before) {
		return Refused, "EKS goes from the ConfigMap to access entries, and never back"
	}
	return Update, "who is only in the aws-auth ConfigMap loses access; this cannot be taken back"
}

// accessRows are the fields of what is made for a cluster in EKS: access entries, associations and add-ons.
func accessRows() []Row {
	const other = "ACK makes it for the other cluster, and what is in this one stays without an owner"
	entry := rowsOf(eksGroup, "AccessEntry", "eks-controller, pkg/resource/access_entry/sdk.go",
		Row{Name: "spec.principalARN", Outcome: Orphan, Why: "ACK makes an entry for the new principal, and the old one keeps its access"},
		Row{Name: "spec.clusterName", Outcome: Orphan, Why: other},
		Row{Name: "spec.type", Outcome: Refused, Why: "EKS has no way to change the type of an entry", Source: "Amazon EKS API Reference, UpdateAccessEntry"},
		updated("spec.accessPolicies", ""),
		updated("spec.kubernetesGroups", ""),
		updated("spec.username", ""),
		updated("spec.tags", ""),
	)
	association := rowsOf(eksGroup, "PodIdentityAssociation", "eks-controller, pkg/resource/pod_identity_association/sdk.go",
		updated("spec.roleRef", "pods get the new role when they start again"),
		updated("spec.roleARN", "pods get the new role when they start again"),
		Row{Name: "spec.clusterName", Outcome: Orphan, Why: other},
		ignored("spec.namespace", "EKS has no way to change it: pods keep the role where it is, and get none where it should be"),
		ignored("spec.serviceAccount", "EKS has no way to change it: pods keep the role where it is, and get none where it should be"),
		updated("spec.tags", ""),
	)
	addon := rowsOf(eksGroup, "Addon", "eks-controller, pkg/resource/addon/sdk.go",
		Row{Name: "spec.name", Outcome: Orphan, Why: "ACK installs the other add-on, and this one stays without an owner"},
		Row{Name: "spec.clusterName", Outcome: Orphan, Why: other},
		updated("spec.addonVersion", ""),
		updated("spec.configurationValues", ""),
		updated("spec.podIdentityAssociations", "pods get the new role when they start again"),
		updated("spec.serviceAccountRoleARN", "pods get the new role when they start again"),
		updated("spec.resolveConflicts", "it counts with the next change"),
		updated("spec.tags", ""),
	)
	return append(append(entry, association...), addon...)
}
