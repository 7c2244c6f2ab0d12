package hub

import (
	"fmt"
	"maps"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// What the hub is made with unless its owner says otherwise. The stack keeps the values of its parameters, so that none of
// these changes a hub that is there (AWS CLI, cloudformation deploy: --parameter-overrides).
const (
	// kubernetesVersion is one that the Flux below is tested with (Flux, Releases: supported Kubernetes versions).
	kubernetesVersion = "1.36"
	logRetentionDays  = "90"
)

// hubStack makes hub.cfn.yaml: the hub's network, the EKS Auto Mode cluster, its roles, and who ACK is in AWS.
func hubStack(f *config.Fleet, managed bool) ([]byte, error) {
	resources := network()
	maps.Copy(resources, cluster(f))
	ack, err := ackIdentity(f, managed)
	if err != nil {
		return nil, err
	}
	maps.Copy(resources, ack)
	content, err := resource.EncodeTree(object{
		"AWSTemplateFormatVersion": "2010-09-09",
		"Description":              fmt.Sprintf("The hub of fleet %s: an EKS Auto Mode cluster for Flux and ACK, and who they are in AWS", f.Metadata.Name),
		"Parameters":               hubParameters(f),
		"Conditions": object{
			"AdminGiven":     given("AdminPrincipalArn"),
			"BoundaryGiven":  given("PermissionsBoundaryArn"),
			"KeyGiven":       given("KmsKeyArn"),
			"NatPerZone":     object{"Fn::And": list{object{"Condition": "OwnVpc"}, equals(ref("NatPerZone"), "true")}},
			"OwnVpc":         not(givenList("SubnetIds")),
			"PublicEndpoint": equals(ref("EndpointPublicAccess"), "true"),
			"ZonesGiven":     givenList("Zones"),
		},
		"Resources": resources,
		"Outputs":   hubOutputs(),
	})
	if err != nil {
		return nil, fmt.Errorf("encode the template of the hub: %w", err)
	}
	return content, nil
}

func hubParameters(f *config.Fleet) object {
	return object{
		"AdminPrincipalArn": matching(
			parameter("IAM role or user that administers the hub, besides the one that makes this stack; empty for none", ""),
			`^(arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+)?$`,
			"the ARN of an IAM role or user, not of a session: for IAM Identity Center arn:aws:iam::<account>:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_<set>_<id>, which aws iam list-roles prints",
		),
		"ClusterName":            parameter("Name of the EKS cluster", f.Hub.Cluster),
		"DeletionProtection":     yesOrNo("Whether EKS refuses to delete the hub", "true"),
		"EndpointPrivateAccess":  yesOrNo("Whether the endpoint can be reached from the VPC", "true"),
		"EndpointPublicAccess":   yesOrNo("Whether the endpoint can be reached from the internet", "true"),
		"KmsKeyArn":              parameter("KMS key for the hub's Secrets, set when the hub is made and not changed later; empty for EKS's own key", ""),
		"KubernetesVersion":      matching(parameter("Version of Kubernetes; one minor version up at a time", kubernetesVersion), `^1\.[0-9]+$`, "a minor version, such as "+kubernetesVersion),
		"LogRetentionDays":       parameter("Days that the logs of the control plane are kept", logRetentionDays),
		"NatPerZone":             yesOrNo("Whether each zone has its own NAT gateway", "false"),
		"PermissionsBoundaryArn": parameter("Permissions boundary of the roles; empty for none", ""),
		"PublicAccessCidrs":      commaList(parameter("From where the public endpoint can be reached", "0.0.0.0/0")),
		"SubnetIds":              commaList(parameter("Existing private subnets in two zones or more; empty to make a VPC", "")),
		"SubnetBits":             matching(parameter("Bits for the addresses of a subnet: 10 for the four quarters of a /20", "10"), `^([4-9]|1[0-4])$`, "a number from 4 to 14"),
		"VpcCidr":                parameter("Range of the VPC that is made", vpcRange(f)),
		"Zones":                  commaList(parameter("Two availability zones; empty for the first two of the region", "")),
	}
}

func hubOutputs() object {
	addresses := either("NatPerZone", object{"Fn::Join": list{",", list{ref("NatAddressA"), ref("NatAddressB")}}}, ref("NatAddressA"))
	return object{
		"Addresses": when("OwnVpc", output(
			"From where the hub reaches public endpoints: each cluster's endpoint.publicCIDRs must hold them", addresses)),
		"AckRoleArn":    output("The role of ACK, which assumes the ACK role of each account", getAtt("AckRole", "Arn")),
		"ClusterName":   output("The hub", ref("Cluster")),
		"OidcIssuerUrl": output("For clusters/clusters.yaml: hub.oidcIssuer", getAtt("Cluster", "OpenIdConnectIssuerUrl")),
	}
}
