package crdtest_test

import (
	"testing"

	"eks-auto-gitops/internal/crdtest"
)

const nodePool = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: general}
spec:
  limits: {cpu: "100"}
  template:
    spec:
      nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: general}
      requirements:
        - {key: kubernetes.io/arch, operator: In, values: [amd64]}
`

const nodeClass = `
apiVersion: eks.amazonaws.com/v1
kind: NodeClass
metadata: {name: general}
spec:
  role: demo-node
  subnetSelectorTerms: [{tags: {cluster: demo}}]
  securityGroupSelectorTerms: [{tags: {cluster: demo}}]
`

const helmRelease = `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: podinfo, namespace: apps}
spec:
  interval: 10m
  chartRef: {kind: OCIRepository, name: podinfo}
  values: {anything: [1, {goes: here}]}
`

const cluster = `
apiVersion: eks.services.k8s.aws/v1alpha1
kind: Cluster
metadata: {name: demo, namespace: ack-system}
spec:
  name: demo
  version: "1.35"
  roleRef: {from: {name: demo-cluster}}
  resourcesVPCConfig: {subnetRefs: [{from: {name: demo-a}}, {from: {name: demo-b}}]}
`

const role = `
apiVersion: iam.services.k8s.aws/v1alpha1
kind: Role
metadata: {name: demo-cluster, namespace: ack-system}
spec:
  name: demo-cluster
  assumeRolePolicyDocument: "{}"
  tags: [{key: cluster, value: demo}]
`

const kustomization = `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec: {interval: 10m, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}}
`

const ingressClassParams = `
apiVersion: eks.amazonaws.com/v1
kind: IngressClassParams
metadata: {name: alb}
spec: {scheme: internal, listeners: [{port: 443, protocol: HTTPS}]}
`

// The real CRDs accept a good object of each family and refuse a bad one.
func TestRealCRDs(t *testing.T) {
	t.Parallel()
	set := crdtest.Require(t, "that objects are validated by the real CRDs")
	for name, c := range map[string]struct {
		object string
		change func(obj map[string]any)
		want   []string
	}{
		"NodePool with a restricted label": {
			nodePool,
			func(obj map[string]any) {
				template := at(obj, "spec", "template", "spec")
				template["requirements"] = []any{map[string]any{"key": "karpenter.sh/nodeclaim", "operator": "Exists"}}
			},
			[]string{`label domain "karpenter.sh" is restricted`},
		},
		"NodePool with a wrong duration": {
			nodePool,
			func(obj map[string]any) { at(obj, "spec")["disruption"] = map[string]any{"consolidateAfter": "soon"} },
			[]string{"spec.disruption.consolidateAfter: Invalid value"},
		},
		"NodePool in a namespace": {
			nodePool,
			func(obj map[string]any) { at(obj, "metadata")["namespace"] = "default" },
			[]string{"metadata.namespace: Forbidden"},
		},
		"NodeClass without a role": {
			nodeClass,
			func(obj map[string]any) { delete(at(obj, "spec"), "role") },
			[]string{`"spec" must validate one and only one schema (oneOf)`, "Required value"},
		},
		"NodeClass with an empty list": {
			nodeClass,
			func(obj map[string]any) { at(obj, "spec")["subnetSelectorTerms"] = []any{} },
			[]string{"'id' is mutually exclusive", "subnetSelectorTerms cannot be empty"},
		},
		"HelmRelease without a chart": {
			helmRelease,
			func(obj map[string]any) { delete(at(obj, "spec"), "chartRef") },
			[]string{"either chart or chartRef must be set"},
		},
		"Cluster with an unknown field": {
			cluster,
			func(obj map[string]any) { at(obj, "spec")["kubernetesVersion"] = "1.35" },
			[]string{`unknown field "spec.kubernetesVersion"`},
		},
		"Role without a name": {
			role,
			func(obj map[string]any) { delete(at(obj, "spec"), "name") },
			[]string{"spec.name: Required value"},
		},
		"Kustomization with a wrong interval": {
			kustomization,
			func(obj map[string]any) { at(obj, "spec")["interval"] = "often" },
			[]string{"spec.interval: Invalid value"},
		},
		"IngressClassParams with a wrong scheme": {
			ingressClassParams,
			func(obj map[string]any) { at(obj, "spec")["scheme"] = "public" },
			[]string{`spec.scheme: Unsupported value: "public"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			obj := parse(t, c.object)
			expect(t, set.Validate(obj), nil)
			c.change(obj)
			expect(t, set.Validate(obj), c.want)
		})
	}
}

// at is the map at a path of an object.
func at(obj map[string]any, path ...string) map[string]any {
	for _, name := range path {
		obj, _ = obj[name].(map[string]any)
	}
	return obj
}

func BenchmarkValidate(b *testing.B) {
	set := crdtest.Require(b, "how fast objects are validated")
	for name, text := range map[string]string{"NodePool": nodePool, "HelmRelease": helmRelease, "Cluster": cluster} {
		obj := parse(b, text)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				set.Validate(obj)
			}
		})
	}
}
