// Package history remembers every version of every object that an API server has had, so that a test can ask
// afterwards what came first, and whether something ever was.
package history

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	watchtools "k8s.io/client-go/tools/watch"
)

// Event is a version of an object, or its end.
type Event struct {
	// Revision is etcd's, and so orders events of all API servers on one etcd.
	Revision uint64
	Deleted  bool
	Object   *unstructured.Unstructured
}

// Name writes an object as Kind/namespace/name.
func Name(o *unstructured.Unstructured) string {
	return o.GetKind() + "/" + strings.TrimPrefix(o.GetNamespace()+"/", "/") + o.GetName()
}

// History is what is remembered of an API server.
type History struct {
	resources []dynamic.ResourceInterface

	mu     sync.Mutex
	events []Event
}

// Record starts to remember the objects of the API groups for which relevant is true, until the context ends.
func Record(ctx context.Context, server *rest.Config, relevant func(group, resource string) bool) (*History, error) {
	client, err := dynamic.NewForConfig(server)
	if err != nil {
		return nil, fmt.Errorf("record history: %w", err)
	}
	resources, err := find(server, relevant)
	if err != nil {
		return nil, err
	}
	h := &History{}
	for _, resource := range resources {
		h.resources = append(h.resources, client.Resource(resource))
		if err := h.watch(ctx, client.Resource(resource)); err != nil {
			return nil, fmt.Errorf("record %s: %w", resource.Resource, err)
		}
	}
	return h, nil
}

func find(server *rest.Config, relevant func(group, resource string) bool) ([]schema.GroupVersionResource, error) {
	d, err := discovery.NewDiscoveryClientForConfig(server)
	if err != nil {
		return nil, fmt.Errorf("find what to record: %w", err)
	}
	_, lists, err := d.ServerGroupsAndResources()
	if err != nil {
		return nil, fmt.Errorf("find what to record: %w", err)
	}
	var found []schema.GroupVersionResource
	for _, list := range lists {
		gv, err := schema.ParseGroupVersion(list.GroupVersion)
		if err != nil {
			return nil, fmt.Errorf("find what to record: %w", err)
		}
		for _, r := range list.APIResources {
			if slices.Contains(r.Verbs, "watch") && relevant(gv.Group, r.Name) {
				found = append(found, gv.WithResource(r.Name))
			}
		}
	}
	return found, nil
}

// watch remembers what there is of a resource, and follows it.
func (h *History) watch(ctx context.Context, resource dynamic.ResourceInterface) error {
	known := map[string]*unstructured.Unstructured{}
	watcher, err := h.begin(ctx, resource, known)
	if err != nil {
		return err
	}
	go func() {
		for ctx.Err() == nil {
			for event := range watcher.ResultChan() {
				if o, ok := event.Object.(*unstructured.Unstructured); ok {
					h.note(known, o, event.Type == watch.Deleted)
				}
			}
			// An API server that was away does not know old revisions any more, and the watch has ended.
			for tick := time.Tick(200 * time.Millisecond); ctx.Err() == nil; <-tick {
				if watcher, err = h.begin(ctx, resource, known); err == nil {
					break
				}
			}
		}
	}()
	return nil
}

// begin lists a resource and watches it from there. What is known and not in the list was deleted meanwhile.
func (h *History) begin(ctx context.Context, resource dynamic.ResourceInterface, known map[string]*unstructured.Unstructured) (*watchtools.RetryWatcher, error) {
	list, err := resource.List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for i := range list.Items {
		there[Name(&list.Items[i])] = true
		h.note(known, &list.Items[i], false)
	}
	for name, o := range known {
		if !there[name] {
			o = o.DeepCopy()
			o.SetResourceVersion(list.GetResourceVersion())
			h.note(known, o, true)
		}
	}
	return watchtools.NewRetryWatcherWithContext(ctx, list.GetResourceVersion(), watcherOf{resource})
}

// note remembers a version of an object, once.
func (h *History) note(known map[string]*unstructured.Unstructured, o *unstructured.Unstructured, deleted bool) {
	name := Name(o)
	if old := known[name]; !deleted && old != nil && old.GetResourceVersion() == o.GetResourceVersion() {
		return
	}
	if known[name] = o; deleted {
		delete(known, name)
	}
	h.add(Event{Object: o, Deleted: deleted})
}

// watcherOf makes a resource what RetryWatcher takes.
type watcherOf struct{ dynamic.ResourceInterface }

// WatchWithContext watches the resource.
func (w watcherOf) WatchWithContext(ctx context.Context, options metav1.ListOptions) (watch.Interface, error) {
	return w.Watch(ctx, options)
}

func (h *History) add(e Event) {
	e.Revision, _ = strconv.ParseUint(e.Object.GetResourceVersion(), 10, 64) // an API server writes numbers
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
}

// Events returns what happened to the objects for which relevant is true, in order.
func (h *History) Events(relevant func(*unstructured.Unstructured) bool) []Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	var found []Event
	for _, e := range h.events {
		if relevant(e.Object) {
			found = append(found, e)
		}
	}
	slices.SortStableFunc(found, func(a, b Event) int {
		return int(int64(a.Revision) - int64(b.Revision)) //nolint:gosec // revisions are small
	})
	return found
}

// First returns the revision at which an object first was as asked, or 0 if it never was.
func (h *History) First(was func(*unstructured.Unstructured) bool) uint64 {
	for _, e := range h.Events(was) {
		if !e.Deleted {
			return e.Revision
		}
	}
	return 0
}

// Present asks the API server for all objects that it has now, by name.
func (h *History) Present(ctx context.Context) (map[string]*unstructured.Unstructured, error) {
	present := map[string]*unstructured.Unstructured{}
	for _, resource := range h.resources {
		list, err := resource.List(ctx, metav1.ListOptions{})
		if err != nil {
			return nil, fmt.Errorf("list what there is: %w", err)
		}
		for i := range list.Items {
			present[Name(&list.Items[i])] = &list.Items[i]
		}
	}
	return present, nil
}

// Now is the revision of the newest event.
func (h *History) Now() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	var now uint64
	for _, e := range h.events {
		now = max(now, e.Revision)
	}
	return now
}
