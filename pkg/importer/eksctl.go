package importer

import (
	"eks-auto-gitops/pkg/diag"
)

// eksctl reads a ClusterConfig (eksctl, pkg/apis/eksctl.io/v1alpha5). It says what somebody wanted and not what AWS has made of
// it, so the ids come from aws eks describe-cluster.
func (in *input) eksctl(v value) {
	if v.get("kind").text() != "ClusterConfig" {
		in.problems = append(in.problems, v.problem("is nothing that gen import knows", known))
		return
	}
	v.done("apiVersion", "availabilityZones")
	meta := v.get("metadata")
	c := in.cluster(meta.get("name"))
	auto := v.get("autoModeConfig")
	if !auto.get("enabled").is() {
		c.refused = true
		in.problems = append(in.problems, meta.get("name").problem("this cluster has no Auto Mode: autoModeConfig.enabled is not true",
			"write autoModeConfig: {enabled: true}, run eksctl update auto-mode-config -f on the file, then import it"))
		return
	}
	in.outposts(v.get("outpost"))
	set(&c.region, meta.get("region").text())
	set(&c.version, meta.get("version").text())
	c.takeTags(meta.get("tags"))
	set(&c.role, v.get("iam", "serviceRoleARN").text())
	setList(&c.pools, auto.get("nodePools").texts())
	set(&c.nodeRole, auto.get("nodeRoleARN").text())
	set(&c.supportType, v.get("upgradePolicy", "supportType").text())
	set(&c.tier, v.get("controlPlaneScalingConfig", "tier").text())
	c.zonalShift = v.get("zonalShiftConfig", "enabled").is() || c.zonalShift
	set(&c.family, v.get("kubernetesNetworkConfig", "ipFamily").text())
	set(&c.serviceCIDR, v.get("kubernetesNetworkConfig", "serviceIPv4CIDR").text())
	set(&c.keyARN, v.get("secretsEncryption", "keyARN").text())
	logging := v.get("cloudWatch", "clusterLogging")
	if types := logging.get("enableTypes").texts(); !c.logged {
		c.logs = types
	}
	set(&c.retention, logging.get("logRetentionInDays").text())
	in.eksctlNetwork(c, v.get("vpc"))
	in.eksctlAccess(c, v.get("accessConfig"))
	for _, a := range v.get("addons").list() {
		in.eksctlAddon(c, a)
	}
}

func (in *input) eksctlNetwork(c *cluster, vpc value) {
	set(&c.vpc, vpc.get("id").text())
	setList(&c.groups, vpc.get("controlPlaneSecurityGroupIDs").texts())
	for _, group := range []string{"private", "public"} {
		for _, subnet := range vpc.get("subnets", group).list() {
			if id := subnet.get("id").text(); id != "" {
				subnet.done()
				c.subnet(id, group == "public")
			}
		}
	}
	setList(&c.subnets, vpc.get("controlPlaneSubnetIDs").texts())
	setList(&c.subnets, append(c.private, c.public...))
	endpoints, cidrs := vpc.get("clusterEndpoints"), vpc.get("publicAccessCIDRs").texts()
	public, private := endpoints.get("publicAccess"), endpoints.get("privateAccess")
	if c.endpoint == nil {
		c.endpoint = &endpoint{public.is() || !public.exists(), private.is(), cidrs}
	}
	public.done()
	private.done()
	// Where eksctl makes the VPC, this is what it makes; the VPC is there now, and is used as it is.
	if !vpc.get("id").exists() && c.vpc != "" {
		vpc.done("cidr", "nat")
	}
}

func (in *input) eksctlAccess(c *cluster, access value) {
	set(&c.authMode, access.get("authenticationMode").text())
	access.done("bootstrapClusterCreatorAdminPermissions")
	for _, item := range access.get("accessEntries").list() {
		e := c.entry(item.get("principalARN").text(), item.get("principalARN"))
		in.settle(e, item.get("type").text(), item.get("kubernetesUsername").text(), item.get("kubernetesGroups").texts())
		var policies []policy
		for _, p := range item.get("accessPolicies").list() {
			p.get("accessScope", "type").text()
			policies = append(policies, policy{p.get("policyARN").text(), p.get("accessScope", "namespaces").texts()})
		}
		if !e.policiesAreListed {
			e.policies, e.policiesAreListed = policies, true
		}
	}
}

func (in *input) eksctlAddon(c *cluster, v value) {
	a, isNew := c.addon(v.get("name").text(), v.get("name"))
	version, values := v.get("version").text(), v.get("configurationValues").text()
	v.done("resolveConflicts")
	if a.version == "" && version != "latest" {
		a.version = version
	}
	set(&a.values, values)
	for _, association := range v.get("podIdentityAssociations").list() {
		role := association.get("roleARN").text()
		switch name := association.get("serviceAccountName").text(); {
		case !isNew:
			association.done()
		case role != "":
			association.done("namespace")
			a.accounts = append(a.accounts, account{name, role})
		default:
			a.hidden = "aws eks describe-addon --cluster-name " + c.name + " --addon-name " + a.name
		}
	}
}

// note is a remark on a place of the input.
func note(at value, message, hint string) diag.Problem {
	p := at.problem(message, hint)
	p.Severity = diag.Note
	return p
}
