package charts_test

import (
	"os"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/charts"
)

// TestFacts: every file of facts can be read, by the chart and version of its name.
func TestFacts(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir("facts")
	if err != nil || len(entries) == 0 {
		t.Fatalf("there are no facts: %v", err)
	}
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".yaml")
		i := strings.LastIndex(name, "-")
		facts, err := charts.Of(name[:i], "v"+name[i+1:])
		if err != nil || facts == nil || facts.Chart != name[:i] || facts.Version != name[i+1:] || len(facts.Values) == 0 || len(facts.Pods) == 0 {
			t.Errorf("%s: %v, %+v", entry.Name(), err, facts)
		}
	}
	if facts, err := charts.Of("podinfo", "0.0.1"); facts != nil || err != nil {
		t.Errorf("a version without facts has %v, %v", facts, err)
	}
}

// TestFree: what a chart hands on as it is may have any key.
func TestFree(t *testing.T) {
	t.Parallel()
	for chart, values := range map[string]map[string]any{
		"external-dns 1.21.1": {
			"livenessProbe": map[string]any{"httpGet": map[string]any{"scheme": "HTTPS"}}, "podAnnotations": map[string]any{"a.b/c": "d"},
			"resources": map[string]any{"claims": []any{}}, "nodeSelector": map[string]any{"a": "b"}, "affinity": nil, "extraArgs": map[string]any{"once": nil},
			"provider": "aws", "securityContext": map[string]any{"seccompProfile": map[string]any{"localhostProfile": "a"}},
		},
		"podinfo 6.14.1": {
			"ingress":             map[string]any{"annotations": map[string]any{"a": "b"}, "hosts": []any{map[string]any{"host": "a"}}},
			"podDisruptionBudget": map[string]any{"maxUnavailable": 1}, "host": "a", "backend": "http://a", "image": map[string]any{"tag": 6.1},
		},
		"amazon-cloudwatch-observability 6.4.0": {
			"agent": map[string]any{"config": map[string]any{"logs": map[string]any{}}}, "agents": []any{map[string]any{"name": "a"}},
			"containerLogs": map[string]any{"fluentBit": map[string]any{"config": map[string]any{"extraFiles": map[string]any{"a.conf": "b"}}}},
			"manager":       map[string]any{"tolerations": []any{}},
		},
	} {
		name, version, _ := strings.Cut(chart, " ")
		facts, err := charts.Of(name, version)
		if err != nil || facts == nil {
			t.Fatalf("%s: %v", chart, err)
		}
		for _, fault := range facts.Faults(values) {
			t.Errorf("%s: %s: %s", chart, strings.Join(fault.Path, "."), fault.Message)
		}
	}
}
