package policy_test

import (
	"testing"

	"eks-auto-gitops/pkg/policy"
)

func TestMatches(t *testing.T) {
	const arn = "arn:aws:eks:eu-west-2:111122223333:cluster/dev-1"
	for _, tc := range []struct {
		pattern, text string
		want          bool
	}{
		{arn, arn, true},
		{"*", arn, true},
		{"arn:aws:eks:*:111122223333:cluster/*", arn, true},
		{"arn:aws:eks:eu-west-?:111122223333:cluster/dev-?", arn, true},
		{"arn:aws:eks:*:444455556666:cluster/*", arn, false},
		{arn + "?", arn, false},
		{arn, arn + "0", false},
		{"", "", true},
		{"", "a", false},
		{"a", "", false},
		{"EKS:*", "eks:DescribeCluster", false},
	} {
		if got := policy.Matches(tc.pattern, tc.text); got != tc.want {
			t.Errorf("Matches(%q, %q) is %v", tc.pattern, tc.text, got)
		}
	}
	if !policy.AllowsAction("EKS:describe*", "eks:DescribeCluster") || policy.AllowsAction("eks:List*", "eks:DescribeCluster") {
		t.Error("AllowsAction does not go by the action, or goes by its letter case")
	}
}
