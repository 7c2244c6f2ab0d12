package permissions_test

import (
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack/permissions"
	"eks-auto-gitops/pkg/policy"
)

func kindOf(row permissions.Row) schema.GroupKind {
	return schema.GroupKind{Group: row.Group, Kind: row.Kind}
}

// TestTableHasEveryKind holds the table to the kinds in the golden cases.
func TestTableHasEveryKind(t *testing.T) {
	written, known := map[schema.GroupKind]bool{}, map[schema.GroupKind]map[permissions.Use]bool{}
	for _, o := range objects(t) {
		written[o.GroupKind()] = true
	}
	for _, row := range permissions.Table() {
		kind := kindOf(row)
		if known[kind] == nil {
			known[kind] = map[permissions.Use]bool{}
		}
		if row.Field == "" {
			known[kind][row.Use] = true
		}
	}
	for kind := range written {
		for _, use := range []permissions.Use{permissions.Read, permissions.Create, permissions.Delete} {
			if !known[kind][use] {
				t.Errorf("gen writes %s, but no row says what ACK needs to %s it", kind, use)
			}
		}
	}
	for kind := range known {
		if !written[kind] {
			t.Errorf("there are rows for %s, which no golden case has", kind)
		}
	}
}

func TestRows(t *testing.T) {
	actions, err := policy.KnownActions()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range permissions.Table() {
		at := strings.Join([]string{row.Kind, string(row.Use), strings.Join(row.Actions, " ")}, ", ")
		if row.Source == "" {
			t.Errorf("%s: says not where it is written", at)
		}
		if len(row.Actions) == 0 || len(row.Resources) == 0 {
			t.Errorf("%s: has no actions or no resources", at)
		}
		service := ""
		for _, action := range row.Actions {
			prefix, _, _ := strings.Cut(action, ":")
			if message, hint := actions.Unknown(action); message != "" || !actions.Service(prefix) {
				t.Errorf("%s: %s: %s; %s", at, action, message, hint)
			}
			if service != "" && prefix != service {
				t.Errorf("%s: has actions of two services", at)
			}
			service = prefix
		}
		if row.Key == permissions.PassedTo && (len(row.Actions) != 1 || len(row.Values) == 0) {
			t.Errorf("%s: statements with one key are merged, so these must have iam:PassRole alone and name services", at)
		}
	}
}

// TestAnything keeps the list of what is allowed on everything: the actions that know no resources, or whose resource
// the caller cannot name.
func TestAnything(t *testing.T) {
	known := strings.Fields(`
		acm:RequestCertificate kms:CreateKey kms:ListAliases logs:DescribeLogGroups
		route53:CreateHostedZone route53:AssociateVPCWithHostedZone route53:DisassociateVPCFromHostedZone`)
	for _, row := range permissions.Table() {
		if !slices.Contains(row.Resources, permissions.Anything) {
			continue
		}
		for _, action := range row.Actions {
			if !strings.HasPrefix(action, "ec2:Describe") && !slices.Contains(known, action) {
				t.Errorf("%s, %s: allows %s on everything", row.Kind, row.Use, action)
			}
		}
	}
}
