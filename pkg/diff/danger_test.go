package diff_test

import (
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/change"
)

// TestDangersOfValues: what is dangerous where it depends on values.
func TestDangersOfValues(t *testing.T) {
	const release, pool, ingress = "helm.toolkit.fluxcd.io/v2 HelmRelease", "karpenter.sh/v1 NodePool", "networking.k8s.io/v1 Ingress"
	chart := func(version string) string { return "spec: {chart: {spec: {chart: app, version: " + version + "}}}" }
	budget := func(nodes string) string { return "spec: {disruption: {budgets: [{nodes: " + nodes + "}]}}" }
	for name, c := range map[string]struct {
		kind, before, after string
		want                []string
	}{
		"an argument that says who owns records": {
			release, "spec: {values: {extraArgs: [--txt-owner-id=a]}}", "spec: {values: {extraArgs: [--txt-owner-id=b]}}",
			[]string{"ExternalDNS no longer knows its records: - --txt-owner-id=a", "ExternalDNS no longer knows its records: + --txt-owner-id=b"},
		},
		"an argument that says which domains": {
			release, "spec: {values: {extraArgs: [--once]}}", "spec: {values: {extraArgs: [--once, --domain-filter=a.example.org]}}",
			[]string{"ExternalDNS writes other domains: + --domain-filter=a.example.org"},
		},
		"an argument that lets it delete": {
			release, "spec: {values: {extraArgs: [--policy=upsert-only]}}", "spec: {values: {extraArgs: [--policy=sync]}}",
			[]string{"ExternalDNS deletes records that nothing asks for"},
		},
		"a domain filter as a key of arguments": {
			release, "spec: {values: {extraArgs: {domain-filter: a.example.org}}}", "spec: {values: {extraArgs: {domain-filter: b.example.org}}}",
			[]string{"ExternalDNS writes other domains: a.example.org -> b.example.org"},
		},
		"an owner as a key of arguments": {
			release, "spec: {values: {extraArgs: {txt-owner-id: a}}}", "spec: {values: {extraArgs: {txt-owner-id: b}}}",
			[]string{"ExternalDNS no longer knows its records: a -> b"},
		},
		"a policy as a key of arguments": {
			release, "spec: {values: {extraArgs: {policy: upsert-only}}}", "spec: {values: {extraArgs: {policy: sync}}}",
			[]string{"ExternalDNS deletes records that nothing asks for"},
		},
		"an argument that says nothing of it":   {release, "spec: {values: {extraArgs: [--once]}}", "spec: {values: {extraArgs: []}}", nil},
		"the same text elsewhere":               {release, "spec: {values: {note: --txt-owner-id=a}}", "spec: {values: {note: --txt-owner-id=b}}", nil},
		"a budget that lets Karpenter end more": {pool, budget(`"10%"`), budget(`"20%"`), nil},
		"a budget for most":                     {pool, budget(`"10%"`), budget(`"51%"`), []string{"Karpenter may end 51% of the nodes at once"}},
		"a budget for half":                     {pool, budget(`"10%"`), budget(`"50%"`), nil},
		"a budget in nodes":                     {pool, budget(`"10"`), budget(`"60"`), nil},
		"a budget that let it end none":         {pool, budget(`"0%"`), budget(`"1"`), []string{"a budget goes that let Karpenter end no node"}},
		"a budget that lets it end none":        {pool, budget(`"10%"`), budget(`"0"`), nil},
		"an Ingress that leaves the inside":     {ingress, "spec: {ingressClassName: alb-internal}", "spec: {ingressClassName: alb}", []string{"load balancers open to the internet: alb-internal -> alb"}},
		"an Ingress that was outside":           {ingress, "spec: {ingressClassName: alb}", "spec: {ingressClassName: other}", nil},
		"an Ingress that stays inside":          {ingress, "spec: {ingressClassName: alb-internal}", "spec: {ingressClassName: other-internal}", nil},
		"a chart of a range, then of a version": {release, chart("'>=1 <2'"), chart("1.2.0"), nil},
		"a chart of a version, then of any":     {release, chart("1.2.0"), chart("'*'"), nil},
		"a chart that goes back":                {release, chart("1.2.0"), chart("1.1.9"), []string{"the chart goes back: 1.2.0 -> 1.1.9"}},
		"a chart of the next minor version":     {release, chart("1.2.0"), chart("1.3.0"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := diff.Compare(hub(t, "before", c.kind, c.before), hub(t, "after", c.kind, c.after), embedded(t))
			if err != nil {
				t.Fatal(err)
			}
			sameDangers(t, report, c.want...)
		})
	}
}

// sameDangers compares what the dangers of a report say.
func sameDangers(t *testing.T, report *change.Report, want ...string) {
	t.Helper()
	var got []string
	for _, d := range report.Dangers {
		got = append(got, d.Message)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
