package manifest

import apischema "k8s.io/apimachinery/pkg/runtime/schema"

// KindOfReference is what each reference field of ACK refers to (ACK, generator.yaml of each controller).
func KindOfReference(field string) (apischema.GroupKind, bool) {
	service, kind := "", ""
	switch field {
	case "allocationRef":
		service, kind = "ec2", "ElasticIPAddress"
	case "gatewayRef":
		service, kind = "ec2", "InternetGateway"
	case "natGatewayRef":
		service, kind = "ec2", "NATGateway"
	case "routeTableRef", "routeTableRefs":
		service, kind = "ec2", "RouteTable"
	case "securityGroupRef", "securityGroupRefs":
		service, kind = "ec2", "SecurityGroup"
	case "subnetRef", "subnetRefs":
		service, kind = "ec2", "Subnet"
	case "vpcRef":
		service, kind = "ec2", "VPC"
	case "hostedZoneRef":
		service, kind = "route53", "HostedZone"
	case "keyRef", "targetKeyRef":
		service, kind = "kms", "Key"
	case "policyRefs", "permissionsBoundaryRef":
		service, kind = "iam", "Policy"
	case "roleRef", "targetRoleRef":
		service, kind = "iam", "Role"
	case "clusterRef":
		service, kind = "eks", "Cluster"
	default:
		return apischema.GroupKind{}, false
	}
	return apischema.GroupKind{Group: service + ".services.k8s.aws", Kind: kind}, true
}
