package e2e

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// strict applies everything once more as kubectl would, without keeping it, and then has Flux do it all again.
func strict(t *testing.T, w *world) {
	w.ensure(t)
	t.Run("every object passes strict field validation", func(t *testing.T) { w.dryRun(t) })
	t.Run("a second reconciliation changes nothing", func(t *testing.T) {
		before := w.picture(t)
		w.reconcileAll(t)
		if names := changed(before, w.picture(t), untouched); len(names) > 0 {
			t.Errorf("of %d objects these were written again: %v", len(before), names)
		}
	})
	t.Run("a second look of ACK makes no call", func(t *testing.T) { w.lookAgain(t) })
}

// lookAgain has ACK look at all objects once more.
func (w *world) lookAgain(t *testing.T) {
	t.Helper()
	before := w.aws.Calls()
	looked, err := w.ack.Again(w.ctx)
	must(t, err)
	if calls := w.aws.Calls()[len(before):]; len(calls) > 0 {
		t.Errorf("ACK changes AWS again: %v", calls)
	}
	if len(looked) < 15 || len(before) < 50 {
		t.Errorf("only %v were looked at, after %d calls", looked, len(before))
	}
}

// dryRun applies the folders of all Kustomizations of the fleet as a dry run on the server that they are for.
func (w *world) dryRun(t *testing.T) {
	t.Helper()
	count := 0
	try := func(c client.Client, dir string, facts map[string]string) {
		for _, o := range build(t, filepath.Join(w.user.clone.Dir, dir)) {
			count++
			substitute(t, o, facts)
			if err := apply(w.ctx, c, o, client.DryRunAll, client.ForceOwnership); err != nil {
				t.Errorf("%s: %v", dir, err)
			}
		}
	}
	for _, dir := range []string{"flux/hub", "hub/flux", "hub/ack"} {
		try(w.client, dir, nil)
	}
	for environment, clusters := range members() {
		try(w.client, "flux/"+environment, nil)
		for _, cluster := range clusters {
			stages, err := w.stages(cluster)
			must(t, err)
			for _, stage := range stages {
				k := kustomization(cluster, stage)
				must(t, w.get(k))
				server := w.client
				if _, remote, _ := unstructured.NestedMap(k.Object, "spec", "kubeConfig"); remote {
					server = client.WithFieldValidation(w.clusters.get(cluster).client, "Strict")
				}
				try(server, text(k, "spec", "path"), w.facts(t, k))
			}
		}
	}
	if count < 100 {
		t.Errorf("only %d objects were tried", count)
	}
}

// reconcileAll has Flux look at everything again: sources, roots, stages and releases, and waits until it has.
func (w *world) reconcileAll(t *testing.T) {
	t.Helper()
	var all []*unstructured.Unstructured
	for _, kind := range []*unstructured.Unstructured{kustomization("", ""), release("", "")} {
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(kind.GroupVersionKind())
		must(t, w.client.List(w.ctx, list))
		for i := range list.Items {
			all = append(all, &list.Items[i])
		}
	}
	for _, o := range all {
		must(t, w.reconcile(o))
	}
	for _, o := range all {
		w.until(t, "Flux looks at "+o.GetName()+" again", func() error {
			if err := w.isReady(o, ""); err != nil {
				return err
			}
			if !handled(o) {
				return fmt.Errorf("%s/%s was last looked at %s", o.GetNamespace(), o.GetName(), text(o, "status", "lastHandledReconcileAt"))
			}
			return nil
		})
	}
}

// facts are the variables of a stage, from the ConfigMaps that it names (Flux, Kustomization API: Post build variable
// substitution).
func (w *world) facts(t *testing.T, stage *unstructured.Unstructured) map[string]string {
	t.Helper()
	all := map[string]string{}
	sources, _, _ := unstructured.NestedSlice(stage.Object, "spec", "postBuild", "substituteFrom")
	for _, s := range sources {
		facts := object("", "v1", "ConfigMap", stage.GetNamespace(), s.(map[string]any)["name"].(string))
		must(t, w.get(facts))
		data, _, _ := unstructured.NestedStringMap(facts.Object, "data")
		maps.Copy(all, data)
	}
	return all
}

// substitute does what Flux does with the variables that gen writes: ${NAME} and ${NAME#https://}.
func substitute(t *testing.T, o *unstructured.Unstructured, facts map[string]string) {
	t.Helper()
	if o.GetAnnotations()["kustomize.toolkit.fluxcd.io/substitute"] == "disabled" {
		return
	}
	content, err := o.MarshalJSON()
	must(t, err)
	replaced := string(content)
	for name, value := range facts {
		replaced = strings.NewReplacer("${"+name+"#https://}", strings.TrimPrefix(value, "https://"), "${"+name+"}", value).Replace(replaced)
	}
	must(t, o.UnmarshalJSON([]byte(replaced)))
}
