package config

import "reflect"

// foreignHint answers fields that people know from eksctl, Terraform, CDK, the EKS API or
// Karpenter on EC2, and that Auto Mode or this file does not have. Others give "".
func foreignHint(name string) string {
	switch name {
	case "<<":
		return "merge keys are not used here; what several clusters share belongs under their environment or under defaults"
	case "autoMode", "autoModeConfig", "computeConfig", "storageConfig", "elasticLoadBalancing":
		return "gen makes Auto Mode clusters only, with compute, storage and load balancing all on; remove it"
	case "outposts", "outpost", "outpostConfig", "controlPlaneOnOutpost":
		return "Auto Mode does not run on Outposts; remove it"
	case "vpc", "vpcConfig", "resourcesVPCConfig", "resourcesVpcConfig":
		return "use network: {cidr: …} to create a VPC, or network: {vpcID: …, privateSubnetIDs: […]} for an existing one"
	case "managedNodeGroups", "nodeGroups", "nodegroups", "fargateProfiles":
		return "Auto Mode has no node groups and no Fargate profiles; describe nodes under nodes.pools"
	case "iam", "withOIDC", "iamIdentityMappings", "serviceRoleARN":
		return "gen makes the IAM roles; see identity, permissionsBoundaryARN and serviceAccounts of a release"
	case "karpenter", "nodePools", "nodeClasses":
		return "Karpenter is part of Auto Mode; use nodes.pools and nodes.classes"
	case "addonsConfig", "addOns":
		return "use components for what gen knows, addons for EKS managed add-ons"
	case "accessConfig", "accessEntries":
		return "use admins, access and authenticationMode"
	case "kubernetesNetworkConfig", "serviceIPv4CIDR":
		return "use network: {serviceCIDR: …}"
	case "kubernetesVersion":
		return "use version"
	case "secretsEncryption", "encryptionConfig":
		return "use encryption: {keyARN: …} or encryption: {create: true}"
	case "cloudWatch", "clusterLogging", "enabledClusterLogTypes":
		return "use logging: {types: […]} for the control plane, components.cloudwatch for the nodes"
	case "amiFamily", "ami", "amiSelectorTerms", "userData", "ssh", "kubelet", "blockDeviceMappings":
		return "Auto Mode chooses and configures the machine image; remove it"
	case "serviceAccount":
		return "a release or an add-on may have several; write serviceAccounts: [{name: …, policyARNs: […], statements: […]}]"
	case "insecure", "insecureSkipTLSVerify", "plainHTTP":
		return "without TLS anyone on the way could put another chart in place of this one; remove it, and use https:// or oci://"
	case "capability":
		return "use capabilities: [{type: ACK}]; for the hub, gen init hub --ack managed has AWS run ACK"
	case "idcInstanceARN", "idcInstanceArn", "identityCenter":
		return "use argoCD: {awsIDC: {idcInstanceARN: …}}"
	case "controlPlaneEgressMode":
		return "ACK's Cluster has no such field (eks-controller v1.20.0), so gen cannot set it; remove it"
	case "gatewayAPI", "gateway":
		return "gen makes no Gateway; put GatewayClass and Gateway into a chart under releases, or into patches of the stage nodes"
	case "notifications", "alerts":
		return "where Flux reports is said for each environment; write environments: [{name: …, notifications: [{name: …, type: …}]}]"
	case "waves", "rollout", "promotion":
		return "an environment follows its branch; give clusters that are to be later an environment with a branch of its own, and merge"
	case "placementGroup", "placementGroups":
		return "use placementGroupSelector: {name: …}"
	case "capacityReservations", "capacityReservation":
		return "use capacityReservationSelectorTerms: [{id: cr-…}]"
	case "subnetSelectorTerms":
		return "use subnets: private, public, {ids: […]}, {tags: {…}} or {terms: […]}"
	case "securityGroupSelectorTerms":
		return "use securityGroups: {ids: […]}, {tags: {…}} or {terms: […]}"
	case "podSubnetSelectorTerms", "podSecurityGroupSelectorTerms":
		return "use podSubnets and podSecurityGroups"
	case "advancedCompute":
		return "AWS does not describe it; put it into a patch of the stage nodes"
	case "remoteNetworkConfig", "hybridNodes":
		return "use network: {remoteNodeNetworks: […], remotePodNetworks: […]}"
	case "nodeClassRef":
		return "use class, with the name of a class under nodes.classes"
	}
	return ""
}

// hubHint answers the fields by which a file named the role of the hub before each cluster had one of its own.
func hubHint(path, name string) string {
	switch {
	case path == "hub" && name == "roleARN":
		return "gen makes a role for Flux in each cluster's account; write accountID: \"777788889999\", the hub's account, and " +
			"oidcIssuer: https://oidc.eks.<region>.amazonaws.com/id/<id>, as aws eks describe-cluster --name <hub> --query cluster.identity.oidc.issuer prints it"
	case name == "hub":
		return "there is one hub, at the top of the file; gen makes a role for Flux in each cluster's account"
	}
	return ""
}

// missingHint says what a missing field is for.
func missingHint(typ reflect.Type, name string) string {
	switch typ.Name() + "." + name {
	case "Fleet.apiVersion":
		return "add apiVersion: " + APIVersion
	case "Fleet.kind":
		return "add kind: " + Kind
	case "Fleet.metadata", "Metadata.name":
		return "add metadata: {name: …}, the product that everything is tagged with"
	case "Fleet.repository", "Repository.url":
		return "add repository: {url: https://…}, where Flux finds this tree"
	case "Fleet.environments":
		return "add environments: [{name: dev, branch: dev}]"
	case "Fleet.clusters":
		return "add clusters: [] if there are none yet"
	case "Cluster.environment":
		return "add environment: … with the name of one of the environments"
	case "Environment.branch":
		return "add branch: … with the Git branch that delivers this environment"
	case "Addon.version":
		return "add version: … with the exact version; an upgrade is always a line in a diff"
	case "Access.principalARN":
		return "add principalARN: … with an IAM role or user"
	case "NodePool.class":
		return `add class: … with the name of a class of this cluster, or "default" where a built-in pool is on`
	case "Ingress.host":
		return "add host: … with the name that the load balancer answers to"
	case "Requirement.operator":
		return "add operator: In, NotIn, Exists, DoesNotExist, Gt, Lt, Gte or Lte"
	case "Taint.effect":
		return "add effect: NoSchedule, PreferNoSchedule or NoExecute"
	}
	return "add " + name + ": …"
}
