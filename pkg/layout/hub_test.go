package layout_test

import (
	"testing"

	"eks-auto-gitops/pkg/layout"
)

func TestHubNotice(t *testing.T) {
	for _, tc := range []struct {
		environments []string
		branch, want string
	}{
		{nil, "main", "flux/hub changed: the hub takes it over from branch main"},
		{[]string{"dev"}, "main", "flux/hub changed (environment dev): the hub takes it over from branch main"},
		{[]string{"dev", "prod"}, "", "flux/hub changed (environments dev, prod): the hub takes it over from the branch that it follows"},
	} {
		if got := layout.HubNotice(tc.environments, tc.branch); got != tc.want {
			t.Errorf("%q", got)
		}
	}
}
