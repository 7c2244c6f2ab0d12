package hub_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/internal/cloudformation"
	"eks-auto-gitops/pkg/policy"
)

const (
	hubTemplate     = "hub/hub.cfn.yaml"
	accountTemplate = "hub/account.cfn.yaml"
	issuer          = "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
)

// settings are the parameters with which each template is worked out: every condition holds in one of them and not in another.
func settings(file string) []map[string]string {
	if file == accountTemplate {
		return []map[string]string{
			{"HubOidcIssuer": issuer},
			{"HubOidcIssuer": issuer, "MakeOidcProvider": "false", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/boundary"},
		}
	}
	return []map[string]string{
		{},
		{"SubnetIds": "subnet-1,subnet-2", "EndpointPublicAccess": "false", "NatPerZone": "true", "DeletionProtection": "false"},
		{
			"NatPerZone": "true", "Zones": "eu-west-2b,eu-west-2c", "KmsKeyArn": "arn:aws:kms:eu-west-2:777788889999:key/4b3bb88e",
			"AdminPrincipalArn":      "arn:aws:iam::777788889999:role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_Admin_0123456789abcdef",
			"PermissionsBoundaryArn": "arn:aws:iam::777788889999:policy/boundary", "VpcCidr": "10.0.0.0/16", "SubnetBits": "14",
		},
	}
}

// evaluate works a template out in each of its accounts and with all settings.
func evaluate(t *testing.T, file string, content []byte, visit func(*cloudformation.Result)) (faults []string) {
	t.Helper()
	template, err := cloudformation.Parse(content)
	if err != nil {
		return []string{err.Error()}
	}
	accounts := []string{"777788889999"}
	if file == accountTemplate {
		accounts = slices.Sorted(maps.Keys(template.Mappings["Accounts"]))
	}
	for _, account := range accounts {
		for _, parameters := range settings(file) {
			result, found := template.Evaluate(cloudformation.Stack{
				Account: account, Region: "eu-west-2", Partition: "aws", Parameters: parameters,
			})
			faults = append(faults, found...)
			faults = append(faults, refused(t, template, result)...)
			visit(result)
		}
	}
	return faults
}

// refused is what CloudFormation's specification does not have of what was made, and of what Fn::GetAtt asks for.
func refused(t *testing.T, template *cloudformation.Template, result *cloudformation.Result) (faults []string) {
	t.Helper()
	known, err := cloudformation.Known()
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range result.Resources {
		faults = append(faults, known.Check(name, r)...)
	}
	raw, err := json.Marshal(template)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	walk(tree, func(o map[string]any) {
		if list, ok := o["Fn::GetAtt"].([]any); ok && !known.HasAttribute(template.Resources[fmt.Sprint(list[0])].Type, fmt.Sprint(list[1])) {
			faults = append(faults, fmt.Sprintf("there is no attribute %v", list))
		}
	})
	return faults
}

func walk(tree any, visit func(map[string]any)) {
	switch v := tree.(type) {
	case map[string]any:
		visit(v)
		for _, inner := range v {
			walk(inner, visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, visit)
		}
	}
}

// TestTemplates: CloudFormation knows every property and attribute, every type is right, what is required is there, and every
// reference leads to something that is made.
func TestTemplates(t *testing.T) {
	for _, c := range cases(t) {
		files := c.files(t)
		for _, file := range []string{hubTemplate, accountTemplate} {
			t.Run(c.name+"/"+file, func(t *testing.T) {
				if n := len(files[file]); n > 51200 {
					t.Errorf("it has %d bytes; CloudFormation takes 51,200 without a bucket", n)
				}
				for _, fault := range evaluate(t, file, files[file], func(*cloudformation.Result) {}) {
					t.Error(fault)
				}
			})
		}
	}
}

// TestTemplateFaults breaks the templates in every way that TestTemplates is there for.
func TestTemplateFaults(t *testing.T) {
	files := cases(t)[0].files(t)
	for name, c := range map[string]struct{ file, old, new, want string }{
		"no such type":      {hubTemplate, "AWS::EKS::PodIdentityAssociation", "AWS::EKS::PodIdentity", `there is no type "AWS::EKS::PodIdentity"`},
		"no such property":  {hubTemplate, "StorageConfig:", "StorageConfiguration:", "there is no property StorageConfiguration"},
		"deep inside":       {hubTemplate, "NodeRoleArn:", "NodeRoleARN:", "Cluster.ComputeConfig: there is no property NodeRoleARN"},
		"required":          {hubTemplate, "      ServiceAccount: ack-eks-controller\n", "", "ServiceAccount is missing"},
		"wrong type":        {hubTemplate, "BootstrapSelfManagedAddons: false", "BootstrapSelfManagedAddons: none", "none is not a boolean"},
		"no such attribute": {hubTemplate, "OpenIdConnectIssuerUrl", "OidcIssuerUrl", "there is no attribute [Cluster OidcIssuerUrl]"},
		"no such resource":  {hubTemplate, "Ref: PrivateSubnetA", "Ref: PrivateSubnet1", "refers to PrivateSubnet1, which is not made"},
		"not made":          {hubTemplate, "PrivateSubnetB\n          - Ref: SubnetIds", "PrivateSubnetB\n          - - Ref: PrivateSubnetA", "refers to PrivateSubnetA, which is not made"},
		"no such condition": {hubTemplate, "- BoundaryGiven", "- HasBoundary", "there is no condition HasBoundary"},
		"no such function":  {hubTemplate, "Fn::Join:", "Fn::Concat:", "there is no function Fn::Concat"},
		"no such parameter": {hubTemplate, "${ClusterName}-nat", "${Cluster_Name}-nat", "refers to Cluster_Name, which is not made"},
		"no such mapping":   {accountTemplate, "      AckEc2: 'no'\n", "", "mapping Accounts has no AckEc2 for 111122223333"},
		"no such item":      {accountTemplate, "                - 1\n", "                - 2\n", "Fn::Select finds no item 2"},
		"default":           {accountTemplate, "Default: 'true'", "Default: 'yes'", `MakeOidcProvider may not be "yes"`},
		"ranges":            {hubTemplate, "Default: '10'", "Default: '11'", "Fn::Cidr cannot divide"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(files[c.file]), c.old) {
				t.Fatalf("there is no %q", c.old)
			}
			broken := strings.ReplaceAll(string(files[c.file]), c.old, c.new)
			faults := strings.Join(evaluate(t, c.file, []byte(broken), func(*cloudformation.Result) {}), "\n")
			if !strings.Contains(faults, c.want) {
				t.Errorf("want %q, got %q", c.want, faults)
			}
		})
	}
}

// TestPolicies: IAM takes every policy document of the templates, and none is too long.
func TestPolicies(t *testing.T) {
	for _, c := range cases(t) {
		files := c.files(t)
		for _, file := range []string{hubTemplate, accountTemplate} {
			t.Run(c.name+"/"+file, func(t *testing.T) {
				checker, err := policy.NewChecker(nil)
				if err != nil {
					t.Fatal(err)
				}
				seen := 0
				evaluate(t, file, files[file], func(result *cloudformation.Result) {
					for name, r := range result.Resources {
						for key, kind := range map[string]policy.Type{"AssumeRolePolicyDocument": policy.Trust, "PolicyDocument": policy.Identity} {
							if r.Properties[key] == nil {
								continue
							}
							seen++
							text, isText := r.Properties[key].(string) // a document may be given as text
							if !isText {
								text = asJSON(t, r.Properties[key])
							}
							for _, fault := range checker.Check(policy.Document{Text: text, Type: kind}) {
								t.Errorf("%s: %s: %s (%s)", name, fault.Path, fault.Message, fault.Severity)
							}
							if size := policy.Size(text); size > 6144 {
								t.Errorf("%s has %d characters, and a policy 6,144 at most", name, size)
							}
						}
					}
				})
				if seen == 0 {
					t.Error("there is no policy")
				}
			})
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
