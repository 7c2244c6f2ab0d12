package generate_test

import (
	"reflect"
	"testing"
)

// TestHealthIsTheSameForEveryCluster: a push starts the stages and the root at the same time, so a stage applies
// a kind that is new in it by the health checks of the push before. They must be there before they are needed.
func TestHealthIsTheSameForEveryCluster(t *testing.T) {
	type where struct{ stage, fluxVersion string }
	seen := map[where][]any{}
	from := map[where]string{}
	for _, made := range trees(t) {
		for _, k := range made.chain() {
			if k.GetNamespace() == "" || k.GetName() == "fleet" {
				continue // the root of an environment does not wait
			}
			w := where{k.GetName(), made.fleet.Flux.Version}
			checks := k.list("spec", "healthCheckExprs")
			if other, ok := seen[w]; ok && !reflect.DeepEqual(other, checks) {
				t.Errorf("stage %s is judged differently in %s and in %s", w.stage, from[w], made.Name)
			}
			seen[w], from[w] = checks, made.Name
		}
	}
	if len(seen) < 7 {
		t.Errorf("only %d stages were compared", len(seen))
	}
}
