package e2e

import "testing"

func push(t *testing.T, w *world) {
	for _, o := range build(t, w.user.clone.Dir+"/flux/hub") {
		must(t, apply(w.ctx, w.client, o))
	}
	main, err := w.user.clone.Commit(w.ctx, "The shipped fleet")
	must(t, err)
	w.user.git(t, "checkout", "--quiet", "-b", "dev")
	dev, err := w.user.clone.Push(w.ctx)
	must(t, err)
	w.untilDelivered(t, "dev", dev, devCluster, blogCluster)
	w.untilDelivered(t, "prod", main, prodCluster)
}
