package hub

import (
	"encoding/json"
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/iam"
)

// chartRoles are the roles with which Flux on the hub pulls charts from private registries of ECR: one for each environment that
// has such charts, in its account, for the service account of its namespace alone. Each is a resource and its condition.
func chartRoles(f *config.Fleet) (resources, conditions object, err error) {
	resources, conditions = object{}, object{}
	for i := range f.Environments {
		env := &f.Environments[i]
		if env.ChartRoleARN(f) == "" {
			continue
		}
		trust, err := trustCharts(env)
		if err != nil {
			return nil, nil, err
		}
		may, err := document(inAccount, pull(env.Registries(f))...)
		if err != nil {
			return nil, nil, err
		}
		// A dash cannot be in a logical ID, and a capital not in the name of an environment.
		name := "ChartRole" + strings.ReplaceAll(env.Name, "-", "X")
		conditions["Has"+name] = equals(ref("AWS::AccountId"), env.AccountID)
		resources[name] = when("Has"+name, resourceOf("AWS::IAM::Role", object{
			"AssumeRolePolicyDocument": trust,
			"PermissionsBoundary":      ifSet("BoundaryGiven", ref("PermissionsBoundaryArn")),
			"Policies":                 list{object{"PolicyName": "charts", "PolicyDocument": may}},
			"RoleName":                 env.ChartRole(),
		}))
	}
	return resources, conditions, nil
}

// trustCharts is text, because the issuer is in the names of its condition keys: CloudFormation fills in values alone
// (AWS CloudFormation Template Reference: Fn::Sub).
func trustCharts(env *config.Environment) (any, error) {
	const issuer = "${Issuer}"
	provider := "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/" + issuer
	text, err := json.Marshal(iam.Document{Version: "2012-10-17", Statement: []iam.Statement{
		iam.TrustServiceAccount(provider, issuer, flux.Namespace(env.Name), flux.Account),
	}})
	if err != nil {
		return nil, fmt.Errorf("encode an IAM policy: %w", err)
	}
	return inAccount(string(text)), nil
}

// pull is what it takes to pull from registries, each <region>:<account> (Amazon ECR User Guide: Amazon ECR managed policies,
// AmazonEC2ContainerRegistryPullOnly). A registry of another account must let the role in, too.
func pull(registries []string) []iam.Statement {
	var repositories iam.Values
	for _, registry := range registries {
		repositories = append(repositories, "arn:${AWS::Partition}:ecr:"+registry+":repository/*")
	}
	return []iam.Statement{
		{Effect: iam.Allow, Action: iam.Values{"ecr:GetAuthorizationToken"}, Resource: iam.Values{"*"}},
		{Effect: iam.Allow, Action: iam.Values{"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}, Resource: repositories},
	}
}
