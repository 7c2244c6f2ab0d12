package e2e

import (
	"context"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/history"
)

// branches are those that the shipped environments follow.
func branches() map[string]string { return map[string]string{"dev": "dev", "prod": "main"} }

// members are the clusters of the shipped environments.
func members() map[string][]string {
	return map[string][]string{"dev": {devCluster, blogCluster}, "prod": {prodCluster}}
}

// setUp does what hub/README.md says once the hub is there: push both branches, and install Flux, which then
// delivers the hub itself, ACK and flux/hub included.
func (w *world) setUp(t *testing.T) {
	t.Helper()
	if len(w.at) > 0 {
		return
	}
	revision, err := w.user.clone.Commit(w.ctx, "The shipped fleet")
	must(t, err)
	w.at["prod"] = revision
	w.user.git(t, "checkout", "--quiet", "-b", "dev")
	w.user.generate(t)
	if w.user.git(t, "status", "--porcelain") != "" { // gen itself makes the same on every branch
		w.user.git(t, "add", "--all")
		w.user.git(t, "commit", "--quiet", "--message", "Mutated")
	}
	revision, err = w.user.clone.Push(w.ctx)
	must(t, err)
	w.at["dev"] = revision
	w.installFlux(t)
	w.installACK(t)
	w.untilHub(t, w.at["prod"])
}

// ensure brings every cluster of the shipped fleet to what its branch says, if it is not there yet.
func (w *world) ensure(t *testing.T) {
	t.Helper()
	w.setUp(t)
	for environment, clusters := range members() {
		w.untilDelivered(t, environment, w.at[environment], clusters...)
	}
}

// publish commits what the user has changed on the branch of an environment, pushes it, and has Flux fetch it now.
func (w *world) publish(t *testing.T, environment, message string) (revision string) {
	t.Helper()
	revision, err := w.user.clone.Commit(w.ctx, message)
	must(t, err)
	w.fetch(t, environment, revision)
	return revision
}

// merge brings what is on the branch of one environment to that of another, and has Flux fetch it now.
func (w *world) merge(t *testing.T, from, to string) (revision string) {
	t.Helper()
	w.user.checkout(t, branches()[to])
	w.user.git(t, "merge", "--quiet", "--no-edit", branches()[from])
	revision, err := w.user.clone.Push(w.ctx)
	must(t, err)
	w.fetch(t, to, revision)
	return revision
}

// fetch has Flux fetch a revision now, as a webhook of the Git server would.
func (w *world) fetch(t *testing.T, environment, revision string) {
	t.Helper()
	w.at[environment] = revision
	must(t, w.reconcile(object("source.toolkit.fluxcd.io", "v1", "GitRepository", "fleet-"+environment, "fleet")))
}

// picture is all objects of the hub and of the clusters at a time, by the name of the API server and their own.
type picture map[string]*unstructured.Unstructured

func (w *world) picture(t *testing.T) picture {
	t.Helper()
	all := picture{}
	for name, o := range present(t, w.ctx, w.history) {
		all["hub: "+name] = o
	}
	for _, clusters := range members() {
		for _, name := range clusters {
			if c := w.clusters.get(name); c != nil {
				for object, o := range present(t, w.ctx, c.history) {
					all[name+": "+object] = o
				}
			}
		}
	}
	return all
}

// present returns the objects that an API server has now.
func present(t *testing.T, ctx context.Context, h *history.History) map[string]*unstructured.Unstructured {
	t.Helper()
	objects, err := h.Present(ctx)
	must(t, err)
	return objects
}
