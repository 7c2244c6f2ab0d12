package hub

import (
	"fmt"
	"maps"
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
)

// Namespace is where ACK runs on the hub.
const Namespace = "ack-system"

// perPolicy is how many roles fit into a managed policy of 6,144 characters: an ARN of a role has 20 characters, its path
// and name up to 512 and 64, which nobody uses up (IAM and AWS STS quotas).
const perPolicy = 50

// ackIdentity makes who ACK is in AWS: a role that may assume the ACK role of each account and nothing else. An object
// whose namespace no IAMRoleSelector names would be made with it, in the hub's account (ACK runtime, reconciler.go).
func ackIdentity(f *config.Fleet, managedACK bool) (object, error) {
	resources := object{}
	var policies list
	for chunk := range slices.Chunk(ackRoles(f), perPolicy) {
		name := fmt.Sprintf("AckAssumeRole%d", len(policies)+1)
		allowed, err := document(func(text string) any { return sub(text) }, iam.Statement{
			Effect: iam.Allow, Action: iam.Values{"sts:AssumeRole", "sts:TagSession"}, Resource: chunk,
		})
		if err != nil {
			return nil, err
		}
		resources[name] = resourceOf("AWS::IAM::ManagedPolicy", object{
			"Description": "The ACK roles of the fleet's accounts", "PolicyDocument": allowed,
		})
		policies = append(policies, ref(name))
	}
	service := "pods.eks.amazonaws.com"
	if managedACK {
		service = "capabilities.eks.amazonaws.com"
		resources["AckCapability"] = resourceOf(capabilityType, object{
			"CapabilityName": "ack", "ClusterName": ref("Cluster"), "DeletePropagationPolicy": "RETAIN",
			"RoleArn": getAtt("AckRole", "Arn"), "Type": "ACK",
		})
	} else {
		maps.Copy(resources, associations())
	}
	resources["AckRole"] = role(f, ackRole, trustService(service), policies)
	return resources, nil
}

// associations give the role to the service account of each ACK controller.
func associations() object {
	resources := object{}
	for _, c := range controllers() {
		resources[c.resource+"Controller"] = resourceOf("AWS::EKS::PodIdentityAssociation", object{
			"ClusterName": ref("Cluster"), "Namespace": Namespace, "RoleArn": getAtt("AckRole", "Arn"),
			"ServiceAccount": c.account(),
		})
	}
	return resources
}

// ackRoles are the ARNs of the roles that ACK assumes, over all environments.
func ackRoles(f *config.Fleet) []string {
	set := map[string]bool{}
	for i := range f.Environments {
		for _, arn := range f.Environments[i].ACKRoleARNs(f) {
			set[arn] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}
