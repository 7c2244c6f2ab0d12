package diff_test

import (
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/report"
)

// TestLines: two versions of one object, and the lines of the page that differ.
func TestLines(t *testing.T) {
	crds := embedded(t)
	for name, c := range map[string]struct{ kind, before, after, want string }{
		"tags in another order": {
			"ec2.services.k8s.aws/v1alpha1 Subnet",
			"spec: {tags: [{key: A, value: a}, {key: B, value: b}, {key: C, value: c}]}",
			"spec: {tags: [{key: C, value: c}, {key: B, value: z}, {key: A, value: a}]}",
			"-    value: b\n+    value: z",
		},
		"an element gone, the others in another order": {
			"eks.services.k8s.aws/v1alpha1 Cluster",
			"spec: {resourcesVPCConfig: {subnetIDs: [a, b, c, d]}}", "spec: {resourcesVPCConfig: {subnetIDs: [d, c, a]}}",
			"-    - b",
		},
		"an order that counts": {
			"helm.toolkit.fluxcd.io/v2 HelmRelease",
			"spec: {values: {args: [a, b]}}", "spec: {values: {args: [b, a]}}",
			"+    - b\n-    - b",
		},
		"a policy in another form beside another name": {
			"iam.services.k8s.aws/v1alpha1 Role",
			`spec: {name: a, inlinePolicies: {a: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}'}}`,
			`spec: {name: b, inlinePolicies: {a: '{"Statement":[{"Resource":["*"],"Effect":"Allow","Action":["s3:Get*"]}]}'}}`,
			"-  name: a\n+  name: b",
		},
		"elements without a name": {
			"karpenter.sh/v1 NodePool",
			"spec: {template: {spec: {taints: [{key: a, effect: NoSchedule}, {key: b, effect: NoSchedule, value: x}]}}}",
			"spec: {template: {spec: {taints: [{key: b, effect: NoSchedule, value: z}, {key: a, effect: NoSchedule}]}}}",
			"-        value: x\n+        value: z",
		},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := diff.Compare(hub(t, "before", c.kind, c.before), hub(t, "after", c.kind, c.after), crds)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for line := range strings.SplitSeq(pageData(t, report).Sections[0].Changes[0].Lines, "\n") {
				if !strings.HasPrefix(line, " ") {
					got = append(got, line)
				}
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}

// TestTextOfLines: lines that begin with dashes or plus signs are lines like others.
func TestTextOfLines(t *testing.T) {
	before := hub(t, "before", "/v1 ConfigMap", "data: {a: \"--- x\\n-- y\\n@@ z\\nw\\n\"}")
	after := hub(t, "after", "/v1 ConfigMap", "data: {a: \"++ x\\n@@ z\\nw\\n\"}")
	r, err := diff.Compare(before, after, embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.Text(&b, r, false); err != nil {
		t.Fatal(err)
	}
	if want := "      - --- x\n      - -- y\n      + ++ x\n        @@ z\n        w\n"; !strings.HasSuffix(b.String(), want) {
		t.Errorf("got\n%s\nwant at its end\n%s", &b, want)
	}
}

// TestCommon: what is not the same in both has a mark in its place, and nothing else.
func TestCommon(t *testing.T) {
	for name, c := range map[string]struct{ a, b, want string }{
		"the same":             {"a: [1, {b: c}]", "a: [1, {b: c}]", "a: [1, {b: c}]"},
		"a value":              {"{a: 1, b: 2}", "{a: 1, b: 3}", "{a: 1, b: <varies>}"},
		"the type of a value":  {"a: 1", "a: '1'", "a: <varies>"},
		"a field in one":       {"{a: 1, b: 2}", "a: 1", "{a: 1, b: <varies>}"},
		"a field in the other": {"a: 1", "{a: 1, b: {c: d}}", "{a: 1, b: <varies>}"},
		"an element":           {"a: [1, {b: c}]", "a: [1, {b: d}]", "a: [1, {b: <varies>}]"},
		"lists of two lengths": {"a: [1, 2]", "a: [1]", "a: <varies>"},
		"a list and none":      {"a: [1]", "a: {b: 1}", "a: <varies>"},
		"a map and none":       {"a: {b: 1}", "a: [1]", "a: <varies>"},
		"nothing and a list":   {"a: null", "a: [1]", "a: <varies>"},
	} {
		t.Run(name, func(t *testing.T) {
			var values [3]any
			for i, text := range []string{c.a, c.b, c.want} {
				if err := yaml.Unmarshal([]byte(text), &values[i]); err != nil {
					t.Fatal(err)
				}
			}
			if got := diff.Common(values[0], values[1]); !reflect.DeepEqual(got, values[2]) {
				t.Errorf("got %v, want %v", got, values[2])
			}
		})
	}
}
