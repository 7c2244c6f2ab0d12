package permissions_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/ack/permissions"
)

// TestScopeCoversWhatGenWrites makes the policies of each golden object's cluster and asks for what its creation needs.
func TestScopeCoversWhatGenWrites(t *testing.T) {
	for _, o := range objects(t) {
		in := input(o.GetNamespace())
		in.Roles = []string{"arn:aws:iam::" + account + ":role/teams/nodes"}
		all := policies(t, in)
		ask := func(action, resource, value string) {
			if !allowed(all, action, resource, value) {
				t.Errorf("%s: %s %s may not %s on %s", o.file, o.GetKind(), o.GetName(), action, resource)
			}
		}
		iamARN, regional := "arn:aws:iam::"+account+":", ":eu-west-2:"+account+":"
		cluster := o.text("spec", "clusterName")
		switch o.GetKind() {
		case "Role":
			ask("iam:CreateRole", iamARN+"role/"+o.text("spec", "name"), "")
		case "OpenIDConnectProvider":
			// The one of a golden case is in another region.
			if url := o.text("spec", "url"); !strings.Contains(url, "$") {
				in.Clusters[0].Region = strings.Split(url, ".")[2]
				all = policies(t, in)
				ask("iam:CreateOpenIDConnectProvider", iamARN+"oidc-provider/"+strings.TrimPrefix(url, "https://"), "")
			}
		case "LogGroup":
			ask("logs:CreateLogGroup", "arn:aws:logs"+regional+"log-group:"+o.text("spec", "name")+":*", "")
			ask("logs:TagResource", "arn:aws:logs"+regional+"log-group:"+o.text("spec", "name"), "")
		case "Alias":
			ask("kms:CreateAlias", "arn:aws:kms"+regional+o.text("spec", "name"), "")
		case "Cluster":
			ask("eks:CreateCluster", "arn:aws:eks"+regional+"cluster/"+o.text("spec", "name"), "")
			ask("eks:UpdateClusterVersion", "arn:aws:eks"+regional+"cluster/"+o.text("spec", "name")+"/update", "")
			ask("iam:PassRole", iamARN+"role/"+o.text("spec", "name")+"-cluster", "eks.amazonaws.com")
		case "AccessEntry":
			ask("eks:CreateAccessEntry", "arn:aws:eks"+regional+"cluster/"+cluster, "")
			ask("eks:DeleteAccessEntry", "arn:aws:eks"+regional+"access-entry/"+cluster+"/role/777788889999/flux/0", "")
			ask("iam:PassRole", in.Roles[0], "ec2.amazonaws.com")
		case "PodIdentityAssociation":
			ask("eks:CreatePodIdentityAssociation", "arn:aws:eks"+regional+"cluster/"+cluster, "")
			role := iamARN + "role/" + o.text("spec", "roleRef", "from", "name")
			if existing := o.text("spec", "roleARN"); existing != "" {
				in.Roles = append(in.Roles, existing)
				role, all = existing, policies(t, in)
			}
			ask("iam:PassRole", role, "pods.eks.amazonaws.com")
		case "Capability":
			ask("eks:CreateCapability", "arn:aws:eks"+regional+"cluster/"+cluster, "")
			ask("eks:UpdateCapability", "arn:aws:eks"+regional+"capability/"+cluster+"/ack/"+o.text("spec", "name")+"/0", "")
			if made := o.text("spec", "roleRef", "from", "name"); made != "" {
				ask("iam:PassRole", iamARN+"role/"+made, "capabilities.eks.amazonaws.com")
			}
		case "Addon":
			ask("eks:DeleteAddon", "arn:aws:eks"+regional+"addon/"+cluster+"/"+o.text("spec", "name")+"/0", "")
		}
	}
}

// TestScopeEndsThere asks for what must not be had.
func TestScopeEndsThere(t *testing.T) {
	const role = "arn:aws:iam::" + account + ":role/"
	in := input("dev-1", "example")
	in.Roles = []string{role + "nodes"}
	in.Protected = []string{role + "example-ack"}
	all := policies(t, in)
	in.Boundaries = []string{"arn:aws:iam::" + account + ":policy/boundary"}
	bounded := policies(t, in)
	for _, tc := range []struct {
		why                     string
		from                    []permissions.Policy
		action, resource, value string
		want                    bool
	}{
		{"another cluster", all, "eks:DeleteCluster", "arn:aws:eks:eu-west-2:" + account + ":cluster/dev-10", "", false},
		{"another region", all, "ec2:DeleteVpc", "arn:aws:ec2:us-east-1:" + account + ":vpc/vpc-1", "", false},
		{"this region", all, "ec2:DeleteVpc", "arn:aws:ec2:eu-west-2:" + account + ":vpc/vpc-1", "", true},
		{"a role that gen did not make", all, "iam:DeleteRole", role + "human-ops", "", false},
		{"a role that is handed over", all, "iam:AttachRolePolicy", role + "nodes", "", false},
		{"handing that role over", all, "iam:PassRole", role + "nodes", "ec2.amazonaws.com", true},
		{"handing a role to another service", all, "iam:PassRole", role + "dev-1-node", "lambda.amazonaws.com", false},
		{"ACK's own role, which has a cluster's name in front", all, "iam:AttachRolePolicy", role + "example-ack", "", false},
		{"a service-linked role", all, "iam:DeleteRole", role + "aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS", "", false},
		{"the provider of a CI service", all, "iam:DeleteOpenIDConnectProvider", "arn:aws:iam::" + account + ":oidc-provider/token.actions.example.org", "", false},
		{"other logs", all, "logs:DeleteLogGroup", "arn:aws:logs:eu-west-2:" + account + ":log-group:/app:*", "", false},
		{"private keys of certificates", all, "acm:ExportCertificate", "arn:aws:acm:eu-west-2:" + account + ":certificate/0", "", false},
		{"a role without a boundary where none is asked for", all, "iam:CreateRole", role + "dev-1-node", "", true},
		{"a role without the boundary", bounded, "iam:CreateRole", role + "dev-1-node", "", false},
		{"a role with the boundary", bounded, "iam:CreateRole", role + "dev-1-node", in.Boundaries[0], true},
		{"permissions for a role without the boundary", bounded, "iam:PutRolePolicy", role + "dev-1-node", "", false},
		{"taking a boundary off", bounded, "iam:DeleteRolePermissionsBoundary", role + "dev-1-node", in.Boundaries[0], false},
		{"tags on a role with the boundary", bounded, "iam:TagRole", role + "dev-1-node", "", true},
	} {
		if got := allowed(tc.from, tc.action, tc.resource, tc.value); got != tc.want {
			t.Errorf("%s: %s on %s: got %v, want %v", tc.why, tc.action, tc.resource, got, tc.want)
		}
	}
}

// TestPatched allows what only patches lead to when that is asked for.
func TestPatched(t *testing.T) {
	in := input("dev-1")
	in.Patched = true
	if !allowed(policies(t, in), "ec2:AuthorizeSecurityGroupEgress", "arn:aws:ec2:eu-west-2:"+account+":security-group/sg-1", "") {
		t.Error("a patch may write spec.egressRules")
	}
}
