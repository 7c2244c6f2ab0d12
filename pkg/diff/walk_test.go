package diff_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/schema"
)

// TestFields: two versions of one object, and the fields that differ, each as path: before -> after.
func TestFields(t *testing.T) {
	for name, c := range map[string]struct{ kind, before, after, want string }{
		"tags by key": {
			"ec2.services.k8s.aws/v1alpha1 Subnet",
			"spec: {tags: [{key: A, value: a}, {key: B, value: b}]}", "spec: {tags: [{key: B, value: c}, {key: A, value: a}]}",
			"spec.tags[B].value: b -> c",
		},
		"tags of a key of KMS": {
			"kms.services.k8s.aws/v1alpha1 Key",
			"spec: {tags: [{tagKey: A, tagValue: a}]}", "spec: {tags: [{tagKey: B, tagValue: b}, {tagKey: A, tagValue: a}]}",
			"spec.tags[B]: <nil> -> map[tagKey:B tagValue:b]",
		},
		"routes by destination": {
			"ec2.services.k8s.aws/v1alpha1 RouteTable",
			"spec: {routes: [{destinationCIDRBlock: 0.0.0.0/0, gatewayID: a}]}", "spec: {routes: [{destinationCIDRBlock: 0.0.0.0/0, gatewayID: b}]}",
			"spec.routes[0.0.0.0/0].gatewayID: a -> b",
		},
		"order of a set": {
			"eks.services.k8s.aws/v1alpha1 Cluster",
			"spec: {resourcesVPCConfig: {subnetIDs: [a, b]}}", "spec: {resourcesVPCConfig: {subnetIDs: [b, a]}}",
			"",
		},
		"order that counts": {
			"eks.services.k8s.aws/v1alpha1 Cluster",
			"spec: {logging: {clusterLogging: [{enabled: true, types: [api, audit]}]}}", "spec: {logging: {clusterLogging: [{enabled: true, types: [audit, api]}]}}",
			"spec.logging.clusterLogging[true].types: another order",
		},
		"order of arguments": {
			"helm.toolkit.fluxcd.io/v2 HelmRelease",
			"spec: {values: {args: [a, b]}}", "spec: {values: {args: [b, a]}}",
			"spec.values.args: another order",
		},
		"elements without a name": {
			"helm.toolkit.fluxcd.io/v2 HelmRelease",
			"spec: {values: {rules: [{a: 1}, {a: 2}, {a: 3}]}}", "spec: {values: {rules: [{a: 1}, {a: 4}, {a: 3}]}}",
			"spec.values.rules[1].a: 2 -> 4",
		},
		"what is not there": {
			"helm.toolkit.fluxcd.io/v2 HelmRelease",
			"spec: {values: {a: {}}}", "spec: {values: {a: {b: {c: 1}}, d: []}}",
			"spec.values.a.b.c: <nil> -> 1\nspec.values.d: <nil> -> []",
		},
		"keys with dots": {
			"/v1 ConfigMap", "data: {a.b: x}", "data: {a.b: z}", "data[a.b]: x -> z",
		},
		"a policy in another form": {
			"iam.services.k8s.aws/v1alpha1 Role",
			`spec: {policy: x, inlinePolicies: {a: '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}'}}`,
			`spec: {policy: x, inlinePolicies: {a: '{"Statement":[{"Resource":["*"],"Effect":"Allow","Action":["s3:Get*"]}]}'}}`,
			"",
		},
		"a policy with another action": {
			"iam.services.k8s.aws/v1alpha1 Role",
			`spec: {inlinePolicies: {a: '{"Statement":[{"Effect":"Deny","Action":"x:Y","Resource":"*"},{"Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}]}'}}`,
			`spec: {inlinePolicies: {a: '{"Statement":[{"Effect":"Allow","Action":["s3:Put*","s3:Get*"],"Resource":"*"},{"Effect":"Deny","Action":"x:Y","Resource":"*"}]}'}}`,
			"spec.inlinePolicies.a.Statement[0].Action[s3:Put*]: <nil> -> s3:Put*",
		},
		"a policy that is none": {
			"iam.services.k8s.aws/v1alpha1 Role",
			`spec: {inlinePolicies: {a: '{"Statement":[]}'}}`, `spec: {inlinePolicies: {a: 'nothing'}}`,
			`spec.inlinePolicies.a: {"Statement":[]} -> nothing`,
		},
		"another order and another element": {
			"helm.toolkit.fluxcd.io/v2 HelmRelease",
			"spec: {values: {args: [a, b, c]}}", "spec: {values: {args: [b, a, d]}}",
			"spec.values.args[c]: c -> <nil>\nspec.values.args[d]: <nil> -> d\nspec.values.args: another order",
		},
		"values of an add-on": {
			"eks.services.k8s.aws/v1alpha1 Addon",
			`spec: {configurationValues: '{"a":1,"b":[1,2]}'}`, `spec: {configurationValues: '{"b":[2,1],"a":1}'}`,
			"spec.configurationValues.b: another order",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fields(t, c.kind, c.before, c.after); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// fields compares two versions of an object on the hub.
func fields(t *testing.T, kind, before, after string) string {
	t.Helper()
	report, err := diff.Compare(hub(t, "before", kind, before), hub(t, "after", kind, after), embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Problems) > 0 {
		t.Fatal(report.Problems)
	}
	var lines []string
	for _, s := range report.Sections {
		for _, c := range s.Changes {
			for _, f := range c.Fields {
				line := fmt.Sprintf("%s: %v -> %v", f.Path, f.Before, f.After)
				if f.Order {
					line = f.Path + ": another order"
				}
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// hub is a tree with one object.
func hub(t *testing.T, name, kind, content string) diff.Source {
	t.Helper()
	apiVersion, short, _ := strings.Cut(kind, " ")
	object := map[string]any{}
	if err := yaml.Unmarshal([]byte(content), &object); err != nil {
		t.Fatal(err)
	}
	object["apiVersion"], object["kind"] = strings.TrimPrefix(apiVersion, "/"), short
	object["metadata"] = map[string]any{"name": "one", "namespace": "here"}
	text, err := yaml.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return diff.FromFiles(name, map[string][]byte{
		"flux/hub/kustomization.yaml": []byte("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- one.yaml\n"),
		"flux/hub/one.yaml":           text,
	})
}

// TestKeysOfCRD: the elements of a list are matched by the keys that its CRD names.
func TestKeysOfCRD(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "things.yaml"), []byte(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.org}
spec:
  group: example.org
  names: {kind: Thing, plural: things}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              outer:
                type: array
                items:
                  type: object
                  properties:
                    ports:
                      type: array
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [port, protocol]
                      items: {type: object, properties: {port: {type: integer}, protocol: {type: string}, to: {type: string}}}
                    set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                    plain:
                      type: array
                      x-kubernetes-list-type: atomic
                      items: {type: object, properties: {port: {type: integer}}}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	own, err := schema.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	const kind = "example.org/v1 Thing"
	report, err := diff.Compare(
		hub(t, "before", kind, "spec: {outer: [{ports: [{port: 1, protocol: TCP, to: a}, {port: 1, protocol: UDP, to: b}], set: [a, b], plain: [{port: 1}, {port: 2}]}]}"),
		hub(t, "after", kind, "spec: {outer: [{ports: [{port: 1, protocol: UDP, to: c}, {port: 1, protocol: TCP, to: a}], set: [b, a], plain: [{port: 3}, {port: 1}]}]}"),
		embedded(t).Merge(own))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range report.Sections[0].Changes[0].Fields {
		got = append(got, f.Path)
	}
	if want := "spec.outer[0].plain[0].port spec.outer[0].plain spec.outer[0].ports[1,UDP].to"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}
