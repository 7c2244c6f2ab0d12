// Package cluster has the checks of a cluster and what is in it: Auto Mode, access, versions, nodes, storage, load
// balancers and DNS.
package cluster

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// AutoModeCheck holds each cluster to what EKS Auto Mode wants of it.
func AutoModeCheck() check.Check {
	return check.Check{
		Name: "auto-mode",
		Doc:  "Auto Mode is on as a whole, with roles, pools and add-ons that fit it.",
		Why: "Compute, storage and load balancing are one switch in three fields; where they differ, ACK retries " +
			"indefinitely and nothing that is created for the cluster works. A role that EKS cannot use, or that may not set the tags " +
			"that are wanted, shows only when the first node does not start.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, cluster := range t.OfKind(manifest.EKSGroup, "Cluster") {
				problems = append(problems, switches(cluster)...)
				problems = append(problems, pools(cluster)...)
				problems = append(problems, clusterRole(t, cluster)...)
			}
			for _, capability := range t.OfKind(manifest.EKSGroup, "Capability") {
				problems = append(problems, capabilityRole(t, capability)...)
			}
			for _, addon := range t.OfKind(manifest.EKSGroup, "Addon") {
				if name := addon.Text("spec", "name"); config.BuiltInAddon(name) {
					problems = append(problems, addon.Problem("spec.name", name+" is built into Auto Mode, and a second one would run beside it", "remove the add-on"))
				}
			}
			return problems
		},
	}
}

// switches are the fields that Auto Mode depends on (Amazon EKS User Guide, "Create an Amazon EKS Auto Mode Cluster").
func switches(o *manifest.Object) diag.List {
	var problems diag.List
	for _, at := range []string{"spec.computeConfig.enabled", "spec.kubernetesNetworkConfig.elasticLoadBalancing.enabled", "spec.storageConfig.blockStorage.enabled"} {
		if o.Value(manifest.KeysOf(at)...) != true {
			problems = append(problems, o.Problem(at, "is not true, and Auto Mode is compute, load balancing and storage together",
				"set it to true; to leave Auto Mode, all three are changed at once, by hand"))
		}
	}
	if o.Value("spec", "bootstrapSelfManagedAddons") != false {
		problems = append(problems, o.Problem("spec.bootstrapSelfManagedAddons", "is not false, but Auto Mode includes its own network and DNS", "set it to false"))
	}
	if o.Text("spec", "accessConfig", "authenticationMode") == "CONFIG_MAP" {
		problems = append(problems, o.Problem("spec.accessConfig.authenticationMode", "is CONFIG_MAP, but nodes of Auto Mode join by access entries", "write API"))
	}
	if o.Text("spec", "upgradePolicy", "supportType") == "" {
		problems = append(problems, check.Warning(o.Problem("spec.upgradePolicy.supportType", "is not set, so that EKS keeps an old version on at six times the price", "set STANDARD, or EXTENDED if that is meant")))
	}
	return problems
}

// pools checks the built-in pools and the role of their nodes (Amazon EKS API, ComputeConfigRequest).
func pools(o *manifest.Object) diag.List {
	const at = "spec.computeConfig.nodePools"
	var problems diag.List
	names := o.Texts("spec", "computeConfig", "nodePools")
	for i, name := range names {
		here := fmt.Sprintf("%s[%d]", at, i)
		if !slices.Contains(config.BuiltInPools(), name) {
			hint := "name " + strings.Join(config.BuiltInPools(), " or ") + "; pools of your own are NodePools in the cluster"
			if near := diag.Nearest(name, config.BuiltInPools()); near != "" {
				hint = "did you mean " + near + "?"
			}
			problems = append(problems, o.Problem(here, name+" is no pool that EKS makes", hint))
		} else if slices.Contains(names[:i], name) {
			problems = append(problems, o.Problem(here, name+" stands twice", "remove one of the two"))
		}
	}
	role := o.Text("spec", "computeConfig", "nodeRoleARN")
	const roleAt = "spec.computeConfig.nodeRoleARN"
	switch {
	case role == "" && len(names) > 0:
		problems = append(problems, o.Problem(roleAt, "is missing, but the pools of EKS need a role for their nodes", "name the role, or take spec.computeConfig.nodePools away"))
	case role != "" && len(names) == 0:
		problems = append(problems, o.Problem(roleAt, "EKS refuses a role for nodes without a pool of its own", "take it away; a NodeClass names the role of its nodes itself"))
	case strings.Count(role, "/") > 1:
		problems = append(problems, o.Problem(roleAt, "the role has a path, with which nodes never join", "use a role without a path"))
	}
	if name := o.Text("spec", "roleRef", "from", "name"); name != "" && path.Base(role) == name {
		problems = append(problems, o.Problem(roleAt, "is the role of the cluster itself, which EKS does not take for nodes", "give the nodes a role of their own"))
	}
	return problems
}

// clusterRole holds the role of a cluster to what Auto Mode does with it (Amazon EKS User Guide, "Amazon EKS Auto Mode
// cluster IAM role"). A role that is not in the tree is somebody else's.
func clusterRole(t *manifest.Tree, cluster *manifest.Object) diag.List {
	role := t.Named(manifest.IAMGroup, "Role", cluster.Namespace(), cluster.Text("spec", "roleRef", "from", "name"))
	if role == nil {
		return nil
	}
	var problems diag.List
	attached := map[string]bool{}
	for _, arn := range role.Texts("spec", "policies") {
		attached[path.Base(arn)] = true
	}
	for _, name := range []string{"AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"} {
		if !attached[name] && len(role.List("spec", "policyRefs")) == 0 {
			problems = append(problems, role.Problem("spec.policies", name+" is missing, which Auto Mode needs", "add it"))
		}
	}
	return append(problems, customTags(t, cluster, role)...)
}

// customTags are the tags for nodes, volumes and load balancers, which AWS's own policies let nobody set (Amazon EKS
// User Guide, "Learn about identity and access in EKS Auto Mode", Custom AWS tags).
func customTags(t *manifest.Tree, cluster, role *manifest.Object) diag.List {
	if len(role.List("spec", "policyRefs")) > 0 {
		return nil // what they allow is not looked up
	}
	if inline, _ := role.Value("spec", "inlinePolicies").(map[string]any); len(inline) > 0 {
		return nil
	}
	for _, arn := range role.Texts("spec", "policies") {
		if !strings.Contains(arn, ":iam::aws:") {
			return nil
		}
	}
	for _, class := range t.OfHome(manifest.AutoGroup, "NodeClass", cluster.Namespace()) {
		tags, _ := class.Value("spec", "tags").(map[string]any)
		if len(tags) > 0 {
			return diag.List{role.Problem("spec.inlinePolicies", "no policy allows the tags of "+class.String()+", so that no node can be made", "add the policy for custom tags, or take the tags away")}
		}
	}
	return nil
}
