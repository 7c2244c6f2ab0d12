package compare

import "slices"

// clusterRows are the fields of an EKS cluster.
func clusterRows() []Row {
	const source = "eks-controller, pkg/resource/cluster/delta.go"
	return rowsOf("eks", "Cluster", source, slices.Concat(
		as(Value, "accessConfig.authenticationMode", "computeConfig.enabled", "computeConfig.nodeRoleARN", "controlPlaneScalingConfig",
			"deletionProtection", "kubernetesNetworkConfig", "name", "resourcesVPCConfig.endpointPrivateAccess",
			"resourcesVPCConfig.endpointPublicAccess", "roleARN", "storageConfig", "upgradePolicy", "version", "zonalShiftConfig"),
		as(Set, "computeConfig.nodePools", "resourcesVPCConfig.subnetIDs", "resourcesVPCConfig.securityGroupIDs"),
		as(Reference, "roleRef", "resourcesVPCConfig.subnetRefs"),
		as(Tags, "tags"),
		[]Row{
			{
				Field: "accessConfig.bootstrapClusterCreatorAdminPermissions", How: Never, Source: "eks-controller, generator.yaml",
				Write: "false: it counts only when the cluster is made",
			},
			{
				Field: "bootstrapSelfManagedAddons", How: Never, Source: "eks-controller, generator.yaml",
				Write: "false: it counts only when the cluster is made",
			},
			{
				Field: "encryptionConfig", How: Whole, Returns: "the ARN of the key, and no reference",
				Write: "keyARN; with keyRef ACK never gets to a later field: version, Auto Mode, zonal shift, tier, deletion protection",
			},
			{
				Field: "remoteNetworkConfig", How: Whole, Returns: "the ranges as they were sent",
				Write: "in the order that they are to stay in: ACK has no call for another one, and says nothing",
			},
			{
				Field: "logging.clusterLogging", How: Whole, Returns: "the enabled types, then the others, in an order of its own",
				Write: "the two lists as EKS returns them", Source: "eks-controller, pkg/resource/cluster/hook.go",
			},
			{
				Field: "resourcesVPCConfig.publicAccessCIDRs", How: Set, Returns: "an empty list without public access",
				Write: "only with public access", Source: "Amazon EKS API Reference, VpcConfigResponse",
			},
		},
		left("the defaults of the version", "kubeAPIServerConfig", "kubeControllerManagerConfig", "kubeSchedulerConfig"),
	)...)
}

// accessRows are the fields of what gives access to a cluster and its add-ons.
func accessRows() []Row {
	entry := rowsOf("eks", "AccessEntry", "eks-controller, pkg/resource/access_entry/delta.go", slices.Concat(
		as(Value, "clusterName", "principalARN", "type"),
		as(Tags, "tags"),
		[]Row{
			{Field: "accessPolicies", How: Own, Source: "eks-controller, pkg/resource/access_entry/hooks.go"},
			{
				Field: "kubernetesGroups", How: Set, Returns: "system:nodes for an entry of type EC2",
				Write: "not for type EC2: ACK puts what EKS returns into the spec when it makes the entry, and EKS refuses every change of it",
			},
			{
				Field: "username", How: Value, Returns: "a name of its own where none is sent",
				Write: "only what clusters.yaml says: ACK puts what EKS returns into the spec when it makes the entry",
			},
		},
	)...)
	association := rowsOf("eks", "PodIdentityAssociation", "eks-controller, pkg/resource/pod_identity_association/delta.go", slices.Concat(
		as(Value, "clusterName", "namespace", "roleARN", "serviceAccount"), as(Reference, "roleRef"), as(Tags, "tags"),
		left("false", "disableSessionTags"),
	)...)
	addon := rowsOf("eks", "Addon", "eks-controller, pkg/resource/addon/delta.go", slices.Concat(
		as(Value, "clusterName", "name", "serviceAccountRoleARN"),
		as(Tags, "tags"),
		[]Row{
			{Field: "addonVersion", How: Value, Write: "the exact version, with its build"},
			{Field: "configurationValues", How: Document},
			{
				Field: "podIdentityAssociations", How: Own, Write: "a reference may stand here: ARN and service account are compared",
				Source: "eks-controller, pkg/resource/addon/hooks.go",
			},
			{Field: "resolveConflicts", How: Never, Returns: "nothing", Source: "eks-controller, pkg/resource/addon/sdk.go"},
		},
	)...)
	return slices.Concat(entry, association, addon, capabilityRows())
}
