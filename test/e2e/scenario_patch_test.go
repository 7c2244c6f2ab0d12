package e2e

import (
	"testing"
)

// limits is a user's patch of a node pool.
const limits = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target: {kind: NodePool, name: amc-compute-od-amd64}
  patch: |
    - {op: replace, path: /spec/limits/cpu, value: "128"}
`

// owned is a user's patch that changes no object's spec: ACK looks at it only for its annotation.
const owned = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- target: {kind: Role}
  patch: |
    apiVersion: iam.services.k8s.aws/v1alpha1
    kind: Role
    metadata: {name: all, annotations: {example.org/owner: platform}}
`

// userPatch changes a node pool and the annotations of roles by patches, and then runs gen again for something else.
func userPatch(t *testing.T, w *world) {
	w.ensure(t)
	w.user.checkout(t, "dev")
	file := "patches/dev/" + devCluster + "/nodes/kustomization.yaml"
	w.user.write(t, "patches/dev/"+devCluster+"/foundation/kustomization.yaml", []byte(owned))
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"the patch is wired in", func() { w.user.write(t, file, []byte(limits)) }},
		{"the next gen clusters leaves it alone", func() {
			w.user.edit(t, func(f fleet) { f.podinfo(devCluster)["replicas"] = 5 })
		}},
	} {
		step.change()
		w.user.generate(t)
		w.untilDelivered(t, "dev", w.publish(t, "dev", step.name), devCluster, blogCluster)
		pool := present(t, w.ctx, w.clusters.get(devCluster).history)["NodePool/amc-compute-od-amd64"]
		if got := text(pool, "spec", "limits", "cpu"); got != "128" {
			t.Errorf("%s: the node pool's limit is %s", step.name, got)
		}
		if string(w.user.read(t, file)) != limits {
			t.Errorf("%s: the patch was changed", step.name)
		}
	}
	w.expectReplicas(t, devCluster, "replicaCount: 5")
}
