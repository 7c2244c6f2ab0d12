package admission

import (
	"strings"
	"testing"
)

// TestOwnFluxIsNotTheHubs: nothing of what a cluster's own Flux applies there can be brought to the hub by an account of the environment,
// where the same object would be installed by the hub's Flux. And that a cluster has a Flux of its own needs no right that others do not
// have: TestTheTreeIsLetIn brings the case agent in with the policies of all others.
func TestOwnFluxIsNotTheHubs(t *testing.T) {
	made := treeOf(t, "agent")
	h := made.hub(t)
	refused := map[string]int{}
	for folder, objects := range made.folders {
		if !strings.HasPrefix(folder, "flux/dev/dev-1/sync") && folder != "flux/dev/dev-1/agent" {
			continue
		}
		for _, o := range objects {
			for _, account := range []string{root, stage} {
				err := h.fork().apply(account, &o)
				if err == nil {
					t.Errorf("%s may apply %s of %s on the hub", account, key(&o), folder)
				}
				const as = "a Flux object must act as the service account flux, or in the cluster through kubeConfig"
				if o.GetKind() == "HelmRelease" && account == stage && (err == nil || !strings.Contains(err.Error(), as)) {
					t.Errorf("%s: %v, want %q", key(&o), err, as)
				}
			}
			refused[o.GetKind()]++
		}
	}
	for _, kind := range []string{"FluxInstance", "HelmRelease", "HelmRepository", "Kustomization", "Namespace", "OCIRepository"} {
		if refused[kind] == 0 {
			t.Errorf("no %s was tried", kind)
		}
	}
}
