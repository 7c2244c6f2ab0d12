package importer

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
)

// This file reads what the AWS CLI prints (AWS CLI Command Reference: aws eks, aws ec2, aws logs).

// describeCluster reads aws eks describe-cluster.
func (in *input) describeCluster(v value) {
	c := in.cluster(v.get("name"))
	c.locate(v.get("arn").text())
	// How the cluster is, and what AWS has chosen.
	v.done("status", "endpoint", "certificateAuthority", "createdAt", "platformVersion", "health", "id", "connectorConfig",
		"clientRequestToken", "identity", "computeConfig.enabled")
	v.get("accessConfig").done("bootstrapClusterCreatorAdminPermissions")
	set(&c.version, v.get("version").text())
	set(&c.role, v.get("roleArn").text())
	set(&c.supportType, v.get("upgradePolicy", "supportType").text())
	set(&c.tier, v.get("controlPlaneScalingConfig", "tier").text())
	set(&c.authMode, v.get("accessConfig", "authenticationMode").text())
	c.zonalShift = v.get("zonalShiftConfig", "enabled").is() || c.zonalShift
	c.deletionProtection = v.get("deletionProtection").is() || c.deletionProtection
	in.autoMode(c, v, v.get("computeConfig", "enabled"), v.get("kubernetesNetworkConfig", "elasticLoadBalancing", "enabled"),
		v.get("storageConfig", "blockStorage", "enabled"))
	setList(&c.pools, v.get("computeConfig", "nodePools").texts())
	set(&c.nodeRole, v.get("computeConfig", "nodeRoleArn").text())
	set(&c.family, v.get("kubernetesNetworkConfig", "ipFamily").text())
	v.get("kubernetesNetworkConfig").done("serviceIpv6Cidr") // EKS chooses it
	set(&c.serviceCIDR, v.get("kubernetesNetworkConfig", "serviceIpv4Cidr").text())
	in.outposts(v.get("outpostConfig"))
	vpc := v.get("resourcesVpcConfig")
	vpc.done("clusterSecurityGroupId")
	set(&c.vpc, vpc.get("vpcId").text())
	setList(&c.subnets, vpc.get("subnetIds").texts())
	setList(&c.groups, vpc.get("securityGroupIds").texts())
	if c.endpoint == nil {
		c.endpoint = &endpoint{vpc.get("endpointPublicAccess").is(), vpc.get("endpointPrivateAccess").is(), vpc.get("publicAccessCidrs").texts()}
	}
	c.logged = true
	for _, setup := range v.get("logging", "clusterLogging").list() {
		if types := setup.get("types").texts(); setup.get("enabled").is() {
			c.logs = append(c.logs, types...)
		}
	}
	for _, encryption := range v.get("encryptionConfig").list() {
		encryption.get("resources").texts()
		set(&c.keyARN, encryption.get("provider", "keyArn").text())
	}
	c.takeTags(v.get("tags"))
}

// takeTags keeps the tags that somebody has given.
func (c *cluster) takeTags(v value) {
	for _, tag := range v.list() {
		if key := tag.key.Value; c.tags[key] == "" && !systemTag(tag) {
			if c.tags == nil {
				c.tags = map[string]string{}
			}
			c.tags[key] = tag.text()
		} else if strings.HasPrefix(key, "aws:") || c.tags[key] != "" {
			tag.done()
		}
	}
}

// systemTag reports whether a tag cannot stand in clusters.yaml, or belongs to eksctl's stack.
func systemTag(tag value) bool {
	return !config.TakesTag(tag.key.Value, tag.node.Value) || strings.Contains(tag.key.Value, "eksctl.")
}

// describeEntry reads aws eks describe-access-entry.
func (in *input) describeEntry(v value) {
	c := in.clusterOf(v.get("clusterName"))
	if c == nil {
		return
	}
	e := c.entry(v.get("principalArn").text(), v.get("principalArn"))
	v.done("accessEntryArn", "createdAt", "modifiedAt")
	in.settle(e, v.get("type").text(), v.get("username").text(), v.get("kubernetesGroups").texts())
}

// settle notes how an entry is, unless that is known. EKS gives a user name to whoever has none.
func (in *input) settle(e *entry, kind, username string, groups []string) {
	if e.settled {
		return
	}
	e.settled, e.kind, e.groups = true, kind, groups
	if username != e.principal && !strings.Contains(username, "{{") && !strings.HasPrefix(username, "arn:") {
		e.username = username
	}
}

// listPolicies reads aws eks list-associated-access-policies.
func (in *input) listPolicies(v value) {
	c := in.clusterOf(v.get("clusterName"))
	if c == nil {
		return
	}
	e := c.entry(v.get("principalArn").text(), v.get("principalArn"))
	e.policiesAreListed = true
	for _, p := range v.get("associatedAccessPolicies").list() {
		p.done("associatedAt", "modifiedAt")
		scope := p.get("accessScope")
		scope.get("type").text()
		e.policies = append(e.policies, policy{p.get("policyArn").text(), scope.get("namespaces").texts()})
	}
}

// listEntries reads aws eks list-access-entries, which says who has one and not what.
func (in *input) listEntries(v value) {
	c := in.clusterOf(v.get("clusterName"))
	for _, principal := range v.get("accessEntries").list() {
		if c != nil {
			c.entry(principal.text(), principal)
		}
	}
}

// listAddons reads aws eks list-addons.
func (in *input) listAddons(v value) {
	c := in.clusterOf(v.get("clusterName"))
	for _, name := range v.get("addons").list() {
		if c != nil {
			c.addon(name.text(), name)
		}
	}
}

// describeAddon reads aws eks describe-addon.
func (in *input) describeAddon(v value) {
	c := in.clusterOf(v.get("clusterName"))
	if c == nil {
		return
	}
	a, _ := c.addon(v.get("addonName").text(), v.get("addonName"))
	v.done("status", "health", "addonArn", "createdAt", "modifiedAt", "publisher", "owner", "marketplaceInformation", "tags", "namespaceConfig")
	set(&a.version, v.get("addonVersion").text())
	set(&a.values, v.get("configurationValues").text())
	for _, association := range v.get("podIdentityAssociations").list() {
		id := after(association.text(), "/")
		if found, ok := in.associations[id]; ok {
			a.accounts = append(a.accounts, found)
		} else {
			a.hidden = "aws eks describe-pod-identity-association --cluster-name " + c.name + " --association-id " + id
		}
	}
}

// describeAssociation reads aws eks describe-pod-identity-association.
func (in *input) describeAssociation(v value) {
	in.associations[v.get("associationId").text()] = account{v.get("serviceAccount").text(), v.get("roleArn").text()}
	if !v.get("ownerArn").exists() {
		in.problems = append(in.problems, note(v.get("associationId"), "is not taken over",
			fmt.Sprintf("the service account %s in %s keeps its role; gen makes associations of add-ons and releases alone", v.get("serviceAccount").text(), v.get("namespace").text())))
	}
	v.done()
}

// describeSubnets reads aws ec2 describe-subnets: the role tags say which are public, else whether instances get a public address.
func (in *input) describeSubnets(v value) {
	for _, subnet := range v.get("Subnets").list() {
		public := subnet.get("MapPublicIpOnLaunch").is()
		role := false
		for _, tag := range subnet.get("Tags").list() {
			switch tag.get("Key").text() {
			case "kubernetes.io/role/elb":
				public, role = true, true
			case "kubernetes.io/role/internal-elb":
				public, role = false, true
			}
		}
		subnet.done()
		in.place(subnet.get("VpcId").text(), subnet.get("SubnetId").text(), public, role)
	}
}

// place tells the clusters of a VPC about a subnet. One that is neither the control plane's nor has a role is somebody else's.
func (in *input) place(vpc, id string, public, role bool) {
	for _, c := range in.clusters {
		if c.vpc == vpc && (role || slices.Contains(c.subnets, id)) {
			c.subnet(id, public)
		}
	}
}

// describeLogGroups reads aws logs describe-log-groups.
func (in *input) describeLogGroups(v value) {
	for _, group := range v.get("logGroups").list() {
		name := strings.TrimSuffix(strings.TrimPrefix(group.get("logGroupName").text(), "/aws/eks/"), "/cluster")
		for _, c := range in.clusters {
			if c.name == name {
				set(&c.retention, group.get("retentionInDays").text())
				set(&c.logKey, group.get("kmsKeyId").text())
				if c.retention == "" {
					c.retention = "never"
				}
				group.done()
			}
		}
	}
}
