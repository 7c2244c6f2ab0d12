package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/operator"
	"eks-auto-gitops/test/e2e/process"
	"eks-auto-gitops/test/e2e/programs"
)

// The Flux Operator in a cluster is played after its source: when a FluxInstance is there it installs Flux, which here are the real
// controllers on the cluster's API server, and what they sync; when the instance is to go it stops them, takes the finalizers off
// all Flux objects and deletes their CRDs, and so leaves all that they have installed
// (flux-operator v0.59.0, internal/controller/fluxinstance_controller.go and fluxinstance_uninstaller.go).
type agentOperator struct {
	world   *world
	cluster *cluster
	running []*process.Process
}

const operatorFinalizer = "fluxcd.controlplane.io/finalizer"

func fluxInstance() *unstructured.Unstructured {
	o := &unstructured.Unstructured{}
	o.SetGroupVersionKind(operator.Kind())
	o.SetNamespace(fluxNamespace)
	o.SetName("flux")
	return o
}

// playOperator plays the operator in a cluster until the test ends. Its CRD comes with its chart.
func (w *world) playOperator(t *testing.T, name string) {
	t.Helper()
	ctx, cancel := context.WithCancel(w.ctx)
	t.Cleanup(cancel)
	o := &agentOperator{world: w, cluster: w.clusters.get(name)}
	must(t, o.cluster.client.Create(ctx, operator.CRD()))
	go func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if err := o.act(ctx); err != nil {
					ctrl.Log.WithName("operator").Error(err, "the next time will do")
				}
			}
		}
	}()
}

func (o *agentOperator) act(ctx context.Context) error {
	instance, c := fluxInstance(), o.cluster.client
	if err := c.Get(ctx, client.ObjectKeyFromObject(instance), instance); err != nil {
		return client.IgnoreNotFound(err)
	}
	if instance.GetDeletionTimestamp() != nil {
		return o.uninstall(ctx, instance)
	}
	if len(instance.GetFinalizers()) == 0 {
		instance.SetFinalizers([]string{operatorFinalizer})
		return c.Update(ctx, instance)
	}
	if len(o.running) == 0 {
		if err := o.install(ctx, instance); err != nil {
			return err
		}
	}
	for _, made := range operator.Sync(instance) {
		if err := ignoring(instance, made); err != nil {
			return err
		}
		if err := apply(ctx, c, made, client.ForceOwnership); err != nil {
			return err
		}
	}
	status := fmt.Sprintf(`{"status": {"conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded",
		"message": "", "lastTransitionTime": %q, "observedGeneration": %d}]}}`, time.Now().UTC().Format(time.RFC3339), instance.GetGeneration())
	return c.Status().Patch(ctx, instance, client.RawPatch("application/merge-patch+json", []byte(status)))
}

// install installs Flux.
func (o *agentOperator) install(ctx context.Context, instance *unstructured.Unstructured) error {
	if err := installCRDs(ctx, o.cluster.client, ofFlux); err != nil {
		return err
	}
	flags := map[string][]string{}
	for _, name := range []string{programs.SourceController, programs.KustomizeController, programs.HelmController} {
		var err error
		if flags[name], err = operator.Flags(instance, name); err != nil {
			return err
		}
	}
	running, err := o.world.plane.FluxIn(o.cluster.server, "agent-", flags, append(o.world.net.Env(), "AWS_EC2_METADATA_DISABLED=true"))
	o.running = running
	return err
}

func ofFlux(group string) bool { return strings.HasSuffix(group, ".toolkit.fluxcd.io") }

// uninstall takes Flux out of the cluster.
func (o *agentOperator) uninstall(ctx context.Context, instance *unstructured.Unstructured) error {
	c := o.cluster.client
	for _, p := range o.running {
		p.Stop()
	}
	o.running = nil
	crds := &unstructured.UnstructuredList{}
	crds.SetGroupVersionKind(object("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "", "").GroupVersionKind())
	if err := c.List(ctx, crds); err != nil {
		return err
	}
	for i := range crds.Items {
		crd := &crds.Items[i]
		if !ofFlux(text(crd, "spec", "group")) {
			continue
		}
		if err := letGo(ctx, c, crd); err != nil {
			return err
		}
		if err := c.Delete(ctx, crd); client.IgnoreNotFound(err) != nil {
			return err
		}
	}
	instance.SetFinalizers(nil)
	return client.IgnoreNotFound(c.Update(ctx, instance))
}

// letGo takes the finalizers off all objects of a kind.
func letGo(ctx context.Context, c client.Client, crd *unstructured.Unstructured) error {
	versions, _, _ := unstructured.NestedSlice(crd.Object, "spec", "versions")
	for _, v := range versions {
		if stored, _ := v.(map[string]any)["storage"].(bool); !stored {
			continue
		}
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(object(text(crd, "spec", "group"), v.(map[string]any)["name"].(string), text(crd, "spec", "names", "kind"), "", "").GroupVersionKind())
		if err := c.List(ctx, list); err != nil {
			if apierrors.IsNotFound(err) {
				return nil
			}
			return err
		}
		for i := range list.Items {
			list.Items[i].SetFinalizers(nil)
			if err := c.Update(ctx, &list.Items[i]); client.IgnoreNotFound(err) != nil {
				return err
			}
		}
	}
	return nil
}

// ignoring does what the instance's patch of the source says.
func ignoring(instance, made *unstructured.Unstructured) error {
	patches, _, _ := unstructured.NestedSlice(instance.Object, "spec", "kustomize", "patches")
	for _, p := range patches {
		if kind, _, _ := unstructured.NestedString(p.(map[string]any), "target", "kind"); kind != made.GetKind() {
			continue
		}
		content, _, _ := unstructured.NestedString(p.(map[string]any), "patch")
		operations, err := operator.Operations(content)
		if err != nil {
			return err
		}
		for _, o := range operations {
			value, _ := json.Marshal(o.Value)
			var decoded any
			_ = json.Unmarshal(value, &decoded)
			if err := unstructured.SetNestedField(made.Object, decoded, strings.Split(strings.TrimPrefix(o.Path, "/"), "/")...); err != nil {
				return err
			}
		}
	}
	return nil
}
