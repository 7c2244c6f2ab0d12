package effect

import (
	"fmt"
	"strconv"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

const (
	sourceCluster  = "eks-controller, pkg/resource/cluster/hook.go"
	sourceEKSFixed = "Amazon EKS API Reference, UpdateClusterConfig"
	sourceAutoMode = "Amazon EKS User Guide, Disable EKS Auto Mode; eks-controller, test_cluster_automode_updates.py"
	sourceZones    = "Amazon EKS User Guide, VPC and subnet requirements; aws/containers-roadmap#2258"
	sameZones      = "EKS takes other subnets only in the zones that the cluster was made with"
	keptRole       = "EKS has no way to change it, and ACK makes no call: the cluster keeps the role that it was made with"
)

// clusterRows are the fields of an EKS cluster.
func clusterRows() []Row {
	refuse := func(name, why string) Row {
		return Row{Name: name, Outcome: change.Refused, Why: why, Source: sourceEKSFixed}
	}
	auto := func(name string) Row { return Row{Name: name, Decide: judgeAutoMode, Source: sourceAutoMode} }
	first := rowsOf(manifest.EKSGroup, "Cluster", sourceCluster,
		fixed("spec.name", "the name is the cluster"),
		ignored("spec.roleARN", keptRole),
		ignored("spec.roleRef", keptRole),
		updated("spec.tags", ""),
		judged("spec.logging", judgeLogging).by("in place, both ways"),
		updated("spec.resourcesVPCConfig", ""),
		updated("spec.resourcesVPCConfig.endpointPublicAccess", ""),
		updated("spec.resourcesVPCConfig.endpointPrivateAccess", ""),
		updated("spec.resourcesVPCConfig.publicAccessCIDRs", ""),
		Row{Name: "spec.resourcesVPCConfig.subnetIDs", Decide: judgeSubnets, Source: sourceZones}.by("other subnets in the zones that the cluster was made with are taken in place; EKS refuses other zones and another VPC"),
		Row{Name: "spec.resourcesVPCConfig.subnetRefs", Decide: judgeSubnets, Source: sourceZones}.by("other subnets in the zones that the cluster was made with are taken in place; EKS refuses other zones"),
		judged("spec.accessConfig.authenticationMode", judgeAuthentication).by("EKS goes from the ConfigMap to access entries in place, and never back"),
		ignored("spec.accessConfig.bootstrapClusterCreatorAdminPermissions", "it counts only when the cluster is made"),
		ignored("spec.bootstrapSelfManagedAddons", "it counts only when the cluster is made"),
		updated("spec.upgradePolicy", "EKS changes the support in place"),
		judged("spec.encryptionConfig", judgeEncryption).by("a key is added in place, and cannot be changed or taken away"),
		refuse("spec.kubernetesNetworkConfig.serviceIPv4CIDR", "EKS keeps the range of services that the cluster was made with"),
		refuse("spec.kubernetesNetworkConfig.ipFamily", "EKS keeps the IP family that the cluster was made with"),
		ignored("spec.remoteNetworkConfig", "ACK makes no call for it: the cluster keeps the networks that it was made with"),
	)
	return append(first, rowsOf(manifest.EKSGroup, "Cluster", sourceCluster, afterEncryption(
		judged("spec.version", judgeVersion).by("a newer version is an upgrade in place, one minor version after the other, then Auto Mode replaces the nodes; EKS goes back by one version at most, and not by ACK"),
		auto(AutoModeSwitches()[0]), auto(AutoModeSwitches()[1]), auto(AutoModeSwitches()[2]),
		updated("spec.computeConfig.nodePools", "EKS makes or removes its own node pools, with their nodes"),
		judged("spec.computeConfig.nodeRoleARN", judgeNodeRole).by("it comes and goes with EKS's own node pools, and cannot be changed while there are any"),
		updated("spec.zonalShiftConfig", ""),
		updated("spec.controlPlaneScalingConfig", ""),
		updated("spec.deletionProtection", ""),
	)...)...)
}

// judgeVersion: EKS goes up one minor version at a time, and back by one within days of an upgrade. ACK does not call that
// (Amazon EKS User Guide, Rollback cluster to previous Kubernetes version; eks-controller, cluster/hook.go: updateVersion).
func judgeVersion(f change.Field, _ Subject) (change.Outcome, string) {
	before, after, ok := Minors(f)
	switch {
	case !ok:
		return change.Refused, "it is no version of Kubernetes"
	case after == before-1:
		return change.Update, "EKS goes back when it is called by hand; until then ACK stops with a terminal error"
	case after < before:
		return change.Refused, "EKS goes back by one version at most: ACK stops with a terminal error"
	case after > before+1:
		return change.Update, fmt.Sprintf("ACK upgrades the control plane %d times, one minor version after the other; then nodes follow", after-before)
	default:
		return change.Update, "EKS upgrades the control plane; then Auto Mode replaces the nodes"
	}
}

// Minors are the minor versions of two versions such as 1.36.
func Minors(f change.Field) (before, after int, ok bool) {
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

// judgeAutoMode: EKS takes the three switches together only, and ACK sends all three of them in one call.
func judgeAutoMode(f change.Field, c Subject) (change.Outcome, string) {
	for _, other := range AutoModeSwitches() {
		if manifest.ValueAt(c.After, strings.Split(other, ".")...) != f.After {
			return change.Refused, "EKS switches Auto Mode only as a whole: ACK tries again and again, and the cluster stays un-synced"
		}
	}
	switch f.After {
	case true:
		return change.Update, "EKS switches Auto Mode on"
	case false:
		return change.Update, "EKS switches Auto Mode off: it ends every node and deletes every load balancer that Auto Mode has made"
	default:
		return change.Refused, "ACK says nothing of the switch to EKS, which wants all three: the cluster stays un-synced"
	}
}

// AutoModeSwitches are the fields that make Auto Mode between them.
func AutoModeSwitches() []string {
	return []string{"spec.computeConfig.enabled", "spec.storageConfig.blockStorage.enabled", "spec.kubernetesNetworkConfig.elasticLoadBalancing.enabled"}
}

// judgeNodeRole: the role of EKS's own node pools can be set with them, and then stays.
func judgeNodeRole(f change.Field, _ Subject) (change.Outcome, string) {
	if f.Before == nil || f.After == nil {
		return change.Update, "it comes and goes with EKS's own node pools"
	}
	return change.Refused, "EKS keeps the role of its own node pools as long as there are any"
}

// judgeAuthentication: EKS goes from the ConfigMap to access entries, never back.
func judgeAuthentication(f change.Field, _ Subject) (change.Outcome, string) {
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
		return change.Refused, "EKS goes from the ConfigMap to access entries, and never back"
	}
	return change.Update, "who is only in the aws-auth ConfigMap loses access; this cannot be taken back"
}
