package diff_test

import (
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff"
)

// TestDangersOfValues: what is dangerous where it depends on values.
func TestDangersOfValues(t *testing.T) {
	const release = "helm.toolkit.fluxcd.io/v2 HelmRelease"
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
		"an argument that says nothing of it": {release, "spec: {values: {extraArgs: [--once]}}", "spec: {values: {extraArgs: []}}", nil},
		"the same text elsewhere":             {release, "spec: {values: {note: --txt-owner-id=a}}", "spec: {values: {note: --txt-owner-id=b}}", nil},
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
func sameDangers(t *testing.T, report *diff.Report, want ...string) {
	t.Helper()
	var got []string
	for _, d := range report.Dangers {
		got = append(got, d.Message)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
