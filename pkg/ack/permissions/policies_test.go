package permissions_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack/permissions"
	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/policy"
)

const account = "111122223333"

// input is an account with the clusters.
func input(clusters ...string) permissions.Input {
	in := permissions.Input{Partition: "aws", Account: account}
	for _, name := range clusters {
		in.Clusters = append(in.Clusters, permissions.Cluster{Name: name, Region: "eu-west-2"})
	}
	return in
}

func policies(t *testing.T, in permissions.Input) []permissions.Policy {
	t.Helper()
	all, err := permissions.Policies(in)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// total is the size of all policies together; each must fit into a managed one.
func total(t *testing.T, all []permissions.Policy) int {
	t.Helper()
	sum := 0
	for _, p := range all {
		size, err := p.Size()
		if err != nil {
			t.Fatal(err)
		}
		if size > permissions.MaxManaged {
			t.Errorf("%s has %d characters, more than a managed policy may", p.Service, size)
		}
		sum += size
	}
	return sum
}

func TestSizes(t *testing.T) {
	var few, many []string
	for i := range 200 {
		many = append(many, fmt.Sprintf("payments-production-%03d", i))
	}
	few = many[:4]
	wide := func(all []permissions.Policy) string {
		var names []string
		for _, p := range all {
			if p.Wide {
				names = append(names, p.Service)
			}
		}
		return strings.Join(names, " ")
	}
	in := input(few...)
	in.Boundaries = []string{"arn:aws:iam::" + account + ":policy/boundary"}
	in.Protected = []string{"arn:aws:iam::" + account + ":role/example-ack"}
	all := policies(t, in)
	if sum := total(t, all); sum > permissions.MaxInline || wide(all) != "" {
		t.Errorf("four clusters make %d characters, wide: %q; a role may have %d inline", sum, wide(all), permissions.MaxInline)
	}
	all = policies(t, input(many...))
	total(t, all)
	if got := wide(all); got != "eks iam kms logs" {
		t.Errorf("of 200 clusters all are named in all but %q", got)
	}
	if !allowed(all, "eks:CreateCluster", "arn:aws:eks:eu-west-2:"+account+":cluster/one-more", "") {
		t.Error("a wide policy must allow clusters of every name")
	}
	patched := input(few...)
	patched.Patched = true
	total(t, policies(t, patched))
}

// TestGrammar lets gen verify's own check of IAM documents read them.
func TestGrammar(t *testing.T) {
	checker, err := policy.NewChecker(nil)
	if err != nil {
		t.Fatal(err)
	}
	in := input("dev-1", "dev-2")
	in.Patched = true
	in.Roles = []string{"arn:aws:iam::" + account + ":role/teams/nodes"}
	in.Keys = []string{"arn:aws:kms:eu-west-2:444455556666:key/0000"}
	in.Boundaries = []string{"arn:aws:iam::" + account + ":policy/boundary"}
	in.Protected = []string{"arn:aws:iam::" + account + ":role/example-ack"}
	for _, p := range policies(t, in) {
		text, err := iam.Policy(p.Statements...)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range checker.Check(policy.Document{Text: text, Type: policy.Identity, Place: policy.Place{Partition: "aws", DNSSuffix: "amazonaws.com"}}) {
			t.Errorf("%s: %s: %s; %s", p.Service, fault.Path, fault.Message, fault.Hint)
		}
		if strings.Contains(text, "${") {
			t.Errorf("%s: a template was not filled in:\n%s", p.Service, text)
		}
	}
}

// TestOrder gives the same text for clusters in any order, each once.
func TestOrder(t *testing.T) {
	text := func(clusters ...string) string { return fmt.Sprint(policies(t, input(clusters...))) }
	if text("a", "b", "c") != text("c", "a", "b", "a") {
		t.Error("the order of clusters changes the policies")
	}
}

func TestNothing(t *testing.T) {
	if all := policies(t, input()); len(all) > 0 {
		t.Errorf("an account without clusters has %v", all)
	}
}

// TestKinds allows what the kinds need, and no more.
func TestKinds(t *testing.T) {
	in := input("dev-1")
	in.Kinds = []schema.GroupKind{{Group: "eks.services.k8s.aws", Kind: "PodIdentityAssociation"}}
	all := policies(t, in)
	var services []string
	for _, p := range all {
		services = append(services, p.Service)
	}
	if want := []string{"eks", "iam"}; !slices.Equal(services, want) {
		t.Errorf("got services %v, want %v", services, want)
	}
	if allowed(all, "eks:DeleteCluster", "arn:aws:eks:eu-west-2:"+account+":cluster/dev-1", "") {
		t.Error("an association needs no right to delete the cluster")
	}
}
