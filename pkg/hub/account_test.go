package hub_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/cloudformation"
	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/ack/permissions"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/hub"
	"eks-auto-gitops/pkg/layout"

	"sigs.k8s.io/yaml"
)

// in works a template out in an account.
func in(t *testing.T, content []byte, account string) *cloudformation.Result {
	t.Helper()
	template, err := cloudformation.Parse(content)
	if err != nil {
		t.Fatal(err)
	}
	result, faults := template.Evaluate(cloudformation.Stack{
		Account: account, Region: "eu-west-2", Partition: "aws", Parameters: settings(accountTemplate)[0],
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return result
}

// attached are the actions that the managed policies of ACK's role allow.
func attached(t *testing.T, result *cloudformation.Result) (policies, actions []string) {
	t.Helper()
	arns, _ := result.Resources["AckRole"].Properties["ManagedPolicyArns"].([]any)
	for _, arn := range arns {
		policies = append(policies, fmt.Sprint(arn))
		walk(result.Resources[fmt.Sprint(arn)].Properties, func(o map[string]any) {
			if o["Effect"] != "Allow" {
				return
			}
			switch v := o["Action"].(type) {
			case string:
				actions = append(actions, v)
			case []any:
				for _, action := range v {
					actions = append(actions, fmt.Sprint(action))
				}
			}
		})
	}
	return policies, actions
}

// TestAccountRole: in each account of the shipped fleet the ACK role may call what the objects of its clusters need (from the
// tree that gen clusters makes), and has no policy for a service that none of them is of.
func TestAccountRole(t *testing.T) {
	c := cases(t)[0]
	tree, err := generate.Tree(golden.Shipped(t).Fleet(t), generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	template := c.files(t)[accountTemplate]
	for account, environment := range map[string]string{"111122223333": "dev", "444455556666": "prod"} {
		kinds := kindsBelow(t, tree, "clusters/"+environment+"/")
		policies, actions := attached(t, in(t, template, account))
		services := map[string]bool{}
		for _, row := range permissions.Table() {
			if !kinds[row.Group+"/"+row.Kind] || row.Field != "" {
				continue
			}
			services[row.Group] = true
			for _, action := range row.Actions {
				if !slices.Contains(actions, action) {
					t.Errorf("%s: %s needs %s", account, row.Kind, action)
				}
			}
		}
		if len(policies) != len(services) || len(services) == 0 {
			t.Errorf("%s: policies %v for %v", account, policies, services)
		}
	}
}

func kindsBelow(t *testing.T, tree *layout.Tree, folder string) map[string]bool {
	t.Helper()
	kinds := map[string]bool{}
	for _, file := range tree.Paths() {
		if !strings.HasPrefix(file, folder) {
			continue
		}
		content, _ := tree.Get(file)
		for document := range strings.SplitSeq(string(content), "\n---\n") {
			var object struct{ APIVersion, Kind string }
			if err := yaml.Unmarshal([]byte(document), &object); err != nil {
				t.Fatal(err)
			}
			group, _, _ := strings.Cut(object.APIVersion, "/")
			kinds[group+"/"+object.Kind] = true
		}
	}
	return kinds
}

// TestAccountRolePatched: where there are patches, ACK may also call what only they lead to.
func TestAccountRolePatched(t *testing.T) {
	c := cases(t)[0]
	for patched, disk := range map[bool]fstest.MapFS{
		false: {},
		true:  {"patches/dev/dev-1/foundation/kustomization.yaml": &fstest.MapFile{Data: []byte("kind: Component\n")}},
	} {
		content, _ := made(t, disk, c.fleet(t), hub.Charts).All.Get(accountTemplate)
		_, actions := attached(t, in(t, content, "444455556666"))
		if got := slices.Contains(actions, "acm:ImportCertificate"); got != patched {
			t.Errorf("with patches %v, ImportCertificate is allowed: %v", patched, got)
		}
	}
}

// TestForeignAccount: a stack in an account that is not the fleet's is refused.
func TestForeignAccount(t *testing.T) {
	template, err := cloudformation.Parse(cases(t)[0].files(t)[accountTemplate])
	if err != nil {
		t.Fatal(err)
	}
	_, faults := template.Evaluate(cloudformation.Stack{Account: "777788889999", Region: "eu-west-2", Partition: "aws", Parameters: settings(accountTemplate)[0]})
	if !strings.Contains(strings.Join(faults, "\n"), "mapping Accounts has no AckRoleName for 777788889999") {
		t.Errorf("got %q", faults)
	}
}

// TestHubRole: ACK on the hub may assume the ACK roles of the fleet and nothing else, whoever gives it the role.
func TestHubRole(t *testing.T) {
	for _, c := range cases(t) {
		template, err := cloudformation.Parse(c.files(t)[hubTemplate])
		if err != nil {
			t.Fatal(err)
		}
		result, _ := template.Evaluate(cloudformation.Stack{Account: "777788889999", Region: "eu-west-2", Partition: "aws"})
		policies, actions := attached(t, result)
		if !slices.Equal(policies, []string{"AckAssumeRole1"}) || !slices.Equal(actions, []string{"sts:AssumeRole", "sts:TagSession"}) {
			t.Errorf("%s: %v %v", c.name, policies, actions)
		}
		var want []string
		fleet := c.fleet(t)
		for i := range fleet.Environments {
			want = append(want, fleet.Environments[i].ACKRoleARNs(fleet)...)
		}
		slices.Sort(want)
		statements := result.Resources["AckAssumeRole1"].Properties["PolicyDocument"].(map[string]any)["Statement"].([]any)
		resources := statements[0].(map[string]any)["Resource"]
		if got := fmt.Sprint(resources); len(statements) != 1 || strings.Trim(got, "[]") != strings.Trim(fmt.Sprint(want), "[]") {
			t.Errorf("%s: may assume %v, want %v", c.name, got, want)
		}
	}
}

// TestManyAccounts: the roles of many accounts are more than one policy holds.
func TestManyAccounts(t *testing.T) {
	c := cases(t)[0]
	var more strings.Builder
	more.WriteString("clusters:\n")
	for i := range 120 {
		fmt.Fprintf(&more, "  - {name: c%d, environment: dev, accountID: \"%012d\", version: \"1.36\", network: {vpcID: vpc-ac85d9c4, privateSubnetIDs: [subnet-07b4d67d, subnet-5ac87816]}}\n", i, i+1)
	}
	result := made(t, fstest.MapFS{}, c.fleet(t, "clusters:\n", more.String()), hub.Charts)
	content, _ := result.All.Get(hubTemplate)
	template, err := cloudformation.Parse(content)
	if err != nil {
		t.Fatal(err)
	}
	evaluated, _ := template.Evaluate(cloudformation.Stack{Account: "777788889999", Region: "eu-west-2", Partition: "aws"})
	policies, actions := attached(t, evaluated)
	if len(policies) != 3 || len(actions) != 6 {
		t.Errorf("%v %v", policies, actions)
	}
}
