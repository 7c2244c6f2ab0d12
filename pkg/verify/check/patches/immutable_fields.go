package patches

import (
	"slices"

	"eks-auto-gitops/pkg/manifest"
)

// An immutableField is one that stays as it is once the object is there.
type immutableField struct {
	field string
	// why says who keeps it.
	why string
	// byServer is set where an API server refuses the change, so that Flux can make the object anew.
	byServer bool
}

// The ways in which a field is kept.
const (
	refusedByEKS  = "EKS cannot change it"
	refusedByAWS  = "AWS cannot change it"
	passedOver    = "ACK silently ignores it"
	madeAnew      = "ACK would make another one in AWS and leave the first as it is"
	reinstalled   = "Helm would uninstall the release and install another"
	refusedByKube = "the API server refuses that"
)

// immutableFields are those of a kind, apart from the ones that CRDs have a rule for. Sources: the update code of
// aws-controllers-k8s' eks-controller, ec2-controller, iam-controller and kms-controller; Amazon EKS API,
// UpdateClusterConfig, UpdateAccessEntry and UpdatePodIdentityAssociation; AWS Certificate Manager API; Kubernetes API,
// StorageClass and IngressClass; Flux, HelmRelease API.
func immutableFields(kind string) []immutableField {
	fields := func(why string, paths ...string) []immutableField {
		found := make([]immutableField, 0, len(paths))
		for _, path := range paths {
			found = append(found, immutableField{field: path, why: why, byServer: why == refusedByKube})
		}
		return found
	}
	switch kind {
	case "Cluster." + manifest.EKSGroup:
		return slices.Concat(
			fields(refusedByEKS, "spec.roleARN", "spec.roleRef", "spec.computeConfig.nodeRoleARN", "spec.encryptionConfig",
				"spec.kubernetesNetworkConfig.ipFamily", "spec.kubernetesNetworkConfig.serviceIPv4CIDR"),
			fields(passedOver, "spec.accessConfig.bootstrapClusterCreatorAdminPermissions", "spec.bootstrapSelfManagedAddons", "spec.remoteNetworkConfig"))
	case "AccessEntry." + manifest.EKSGroup:
		return slices.Concat(fields(madeAnew, "spec.principalARN", "spec.clusterName", "spec.clusterRef"), fields(refusedByEKS, "spec.type"))
	case "PodIdentityAssociation." + manifest.EKSGroup:
		return fields(refusedByEKS, "spec.namespace", "spec.serviceAccount", "spec.clusterName", "spec.clusterRef")
	case "Addon." + manifest.EKSGroup:
		return fields(madeAnew, "spec.name", "spec.clusterName", "spec.clusterRef")
	case "Role." + manifest.IAMGroup, "Policy." + manifest.IAMGroup:
		return slices.Concat(fields(madeAnew, "spec.name"), fields(refusedByAWS, "spec.path"))
	case "Certificate.acm.services.k8s.aws":
		return fields(refusedByAWS, "spec.domainName", "spec.subjectAlternativeNames")
	case "LogGroup.cloudwatchlogs.services.k8s.aws", "Alias.kms.services.k8s.aws":
		return fields(madeAnew, "spec.name")
	case "Key.kms.services.k8s.aws":
		return fields(refusedByAWS, "spec.keySpec", "spec.keyUsage", "spec.multiRegion", "spec.origin", "spec.customKeyStoreID")
	case "HelmRelease." + manifest.HelmGroup:
		return fields(reinstalled, "spec.releaseName", "spec.targetNamespace", "spec.storageNamespace")
	case "StorageClass." + manifest.StorageGroup:
		return fields(refusedByKube, "parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")
	case "IngressClass." + manifest.IngressGroup:
		return fields(refusedByKube, "spec.controller")
	}
	return immutableNetwork(kind, fields)
}

// immutableNetwork are those of EC2.
func immutableNetwork(kind string, fields func(why string, paths ...string) []immutableField) []immutableField {
	switch kind {
	case "VPC." + manifest.EC2Group:
		return fields(refusedByAWS, "spec.cidrBlocks[0]")
	case "Subnet." + manifest.EC2Group:
		return fields(passedOver, "spec.cidrBlock", "spec.availabilityZone", "spec.vpcID", "spec.vpcRef")
	case "RouteTable." + manifest.EC2Group:
		return fields(passedOver, "spec.vpcID", "spec.vpcRef")
	case "NATGateway." + manifest.EC2Group:
		return fields(passedOver, "spec.allocationID", "spec.allocationRef", "spec.connectivityType", "spec.subnetID", "spec.subnetRef")
	case "SecurityGroup." + manifest.EC2Group:
		return fields(refusedByAWS, "spec.name", "spec.description", "spec.vpcID", "spec.vpcRef")
	case "VPCEndpoint." + manifest.EC2Group:
		return fields(refusedByAWS, "spec.serviceName", "spec.vpcEndpointType", "spec.vpcID", "spec.vpcRef")
	}
	return nil
}
