// Package watcher plays source-watcher: it makes ExternalArtifacts of ArtifactGenerators and serves them. It follows source-watcher
// v2.2.1, internal/controller and internal/builder, and refuses what they refuse, in their words. What gen does not write it does not
// know: exclude, strategies other than to overwrite, sources other than GitRepositories.
package watcher

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const (
	// manager is the field manager of source-watcher.
	manager = "source-watcher"
	// finalizer keeps a generator until its artifacts are deleted.
	finalizer = "source.extensions.fluxcd.io/finalizer"
	// look is how often it looks whether a generator or a source has changed, which the real one watches.
	look = 100 * time.Millisecond
)

// Watcher is a source-watcher.
type Watcher struct {
	client  client.Client
	storage string
	address string
	done    map[string]string
}

// generator is an ArtifactGenerator, as far as it is played.
type generator struct {
	Metadata metav1.ObjectMeta `json:"metadata"`
	Spec     struct {
		PathPattern string
		Sources     []struct{ Alias, Kind, Name, Namespace string }
		Artifacts   []output
	} `json:"spec"`
	Status struct{ Inventory []reference } `json:"status"`
}

// output is an artifact to make.
type output struct {
	Name, Revision, OriginRevision string
	Copy                           []operation
}

// operation copies files.
type operation struct {
	From, To, Strategy string
	Exclude            []string
}

// reference is an artifact that was made.
type reference struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Digest    string `json:"digest"`
	Filename  string `json:"filename"`
}

// Run plays source-watcher for a hub until the context ends. What it stores goes into dir.
func Run(ctx context.Context, hub *rest.Config, dir string) error {
	c, err := client.New(hub, client.Options{})
	if err != nil {
		return fmt.Errorf("start source-watcher: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it is closed with the server
	if err != nil {
		return fmt.Errorf("start source-watcher: %w", err)
	}
	w := &Watcher{client: c, storage: filepath.Join(dir, "external-artifacts"), address: listener.Addr().String(), done: map[string]string{}}
	server := &http.Server{Handler: http.FileServer(http.Dir(w.storage)), ReadHeaderTimeout: time.Minute}
	go server.Serve(listener) //nolint:errcheck // it ends when it is closed
	go func() {
		defer server.Close() //nolint:errcheck // nobody asks any more
		for tick := time.NewTicker(look); ; {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				w.all(ctx)
			}
		}
	}()
	return nil
}

// all looks at every generator. What does not work is tried again, and stands in the generator's status.
func (w *Watcher) all(ctx context.Context) {
	list := &unstructured.UnstructuredList{}
	list.SetAPIVersion("source.extensions.fluxcd.io/v1beta1")
	list.SetKind("ArtifactGeneratorList")
	if w.client.List(ctx, list) != nil {
		return // the API server is away
	}
	for i := range list.Items {
		_ = w.reconcile(ctx, &list.Items[i])
	}
}

// reconcile makes the artifacts of a generator anew if its source, or itself, has changed.
func (w *Watcher) reconcile(ctx context.Context, o *unstructured.Unstructured) error {
	g := generator{}
	if err := decode(o, &g); err != nil {
		return err
	}
	if !g.Metadata.DeletionTimestamp.IsZero() {
		return w.finalize(ctx, o, g)
	}
	if len(o.GetFinalizers()) == 0 {
		o.SetFinalizers([]string{finalizer})
		return w.client.Update(ctx, o)
	}
	observed, err := w.observe(ctx, g)
	if err != nil {
		return w.failed(ctx, o, "SourceFetchFailed", fmt.Errorf("get sources failed: %w", err))
	}
	key := string(g.Metadata.UID)
	seen := fmt.Sprint(g.Metadata.Generation, observed)
	if w.done[key] == seen {
		return nil
	}
	inventory, reason, err := w.build(ctx, g, observed)
	if err != nil {
		return w.failed(ctx, o, reason, err)
	}
	w.forget(ctx, g.Status.Inventory, inventory)
	err = w.status(ctx, o, "True", "Succeeded", fmt.Sprintf("reconciliation succeeded, generated %d artifact(s)", len(inventory)), inventory)
	if err == nil {
		w.done[key] = seen
	}
	return err
}

// failed says why a generator is not ready.
func (w *Watcher) failed(ctx context.Context, o *unstructured.Unstructured, reason string, err error) error {
	return w.status(ctx, o, "False", reason, err.Error(), nil)
}

// status writes a generator's status, unless it says the same already.
func (w *Watcher) status(ctx context.Context, o *unstructured.Unstructured, ready, reason, message string, inventory []reference) error {
	before, _ := json.Marshal(o.Object["status"])
	condition := map[string]any{
		"type": "Ready", "status": ready, "reason": reason, "message": message,
		"observedGeneration": o.GetGeneration(), "lastTransitionTime": metav1.Now().UTC().Format(time.RFC3339),
	}
	status, _ := o.Object["status"].(map[string]any)
	if status == nil {
		status = map[string]any{}
	}
	if old, _, _ := unstructured.NestedSlice(status, "conditions"); len(old) == 1 && same(old[0], condition) {
		condition["lastTransitionTime"] = old[0].(map[string]any)["lastTransitionTime"]
	}
	status["conditions"] = []any{condition}
	if inventory != nil {
		var plain []any
		text, _ := json.Marshal(inventory)
		_ = json.Unmarshal(text, &plain)
		status["inventory"] = plain
	}
	if after, _ := json.Marshal(status); string(after) == string(before) {
		return nil
	}
	o.Object["status"] = status
	return w.client.Status().Update(ctx, o)
}

func same(old any, condition map[string]any) bool {
	fields, _ := old.(map[string]any)
	return fields["status"] == condition["status"] && fields["message"] == condition["message"] && fields["observedGeneration"] == condition["observedGeneration"]
}

// finalize deletes the artifacts of a generator that is deleted.
func (w *Watcher) finalize(ctx context.Context, o *unstructured.Unstructured, g generator) error {
	w.forget(ctx, g.Status.Inventory, nil)
	o.SetFinalizers(nil)
	return w.client.Update(ctx, o)
}

// forget deletes artifacts that are made no more.
func (w *Watcher) forget(ctx context.Context, before, now []reference) {
	kept := map[string]bool{}
	for _, ref := range now {
		kept[ref.Name] = true
	}
	for _, ref := range before {
		if !kept[ref.Name] {
			_ = os.RemoveAll(filepath.Join(w.storage, ref.Namespace, ref.Name))
			_ = w.client.Delete(ctx, external(ref.Namespace, ref.Name))
		}
	}
}

func decode(o *unstructured.Unstructured, into any) error {
	text, err := o.MarshalJSON()
	if err != nil {
		return fmt.Errorf("read %s: %w", o.GetName(), err)
	}
	return json.Unmarshal(text, into)
}
