// Package status reports the state of each cluster on the hub, and what blocks it.
//
// In: a client of the hub, of which only get and list are used. Out: environments, clusters and their stages. It is the only package
// that talks to a cluster.
package status

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/flux"
)

// Report is what the hub says.
type Report struct {
	Environments []Environment `json:"environments"`
}

// Environment is a branch as it has reached the hub.
type Environment struct {
	Name string `json:"name"`
	// Source is the Git repository, Root the Kustomization that delivers the environment's clusters.
	Source   State     `json:"source"`
	Root     State     `json:"root"`
	Clusters []Cluster `json:"clusters"`
}

// Cluster is a namespace on the hub.
type Cluster struct {
	Name string `json:"name"`
	// State is active or retiring.
	State string `json:"state"`
	// Delivery is agent or handover; empty where the hub delivers all of it. What the Flux of a cluster does, the hub knows as of the
	// last look of its stage agent alone.
	Delivery string  `json:"delivery,omitempty"`
	Stages   []Stage `json:"stages"`
}

// Stage is a Kustomization of a cluster.
type Stage struct {
	Name string `json:"name"`
	State
	// Waiting are the objects of the stage that are not ready. Of those in the cluster itself the hub knows nothing.
	Waiting []Object `json:"waiting,omitempty"`
}

// State is how a Flux object is.
type State struct {
	// Ready is True, False or Unknown, which is also said of what has not been looked at yet.
	Ready string `json:"ready"`
	// Reason and Message are Flux's.
	Reason  string `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`
	// Revision is the last that was applied, or fetched.
	Revision string `json:"revision,omitempty"`
	// Since is when Ready became what it is.
	Since time.Time `json:"since,omitzero"`
}

// Object is one that holds up its stage.
type Object struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
	// Condition is the type of the condition that says so, Message what it says, in the words of its controller.
	Condition string    `json:"condition"`
	Message   string    `json:"message"`
	Since     time.Time `json:"since,omitzero"`
}

// Ready reports whether everything is ready.
func (r Report) Ready() bool {
	for _, e := range r.Environments {
		if e.Source.Ready != "True" || e.Root.Ready != "True" {
			return false
		}
		for _, c := range e.Clusters {
			if len(c.Stages) == 0 || slices.ContainsFunc(c.Stages, func(s Stage) bool { return s.Ready != "True" }) {
				return false
			}
		}
	}
	return true
}

// Hub is what is asked.
type Hub struct {
	Client dynamic.Interface
	// Resource is the plural of a kind.
	Resource func(apischema.GroupVersionKind) string
}

// Read asks the hub about the clusters for which has reports true.
func (h Hub) Read(ctx context.Context, has func(environment, cluster string) bool) (Report, error) {
	namespaces, err := h.Client.Resource(apischema.GroupVersionResource{Version: "v1", Resource: "namespaces"}).
		List(ctx, metav1.ListOptions{LabelSelector: flux.EnvironmentLabel})
	if err != nil {
		return Report{}, fmt.Errorf("list the namespaces of the hub: %w", err)
	}
	report := Report{Environments: []Environment{}}
	for _, name := range environments(namespaces.Items) {
		env := Environment{Name: name, Clusters: []Cluster{}}
		for _, namespace := range namespaces.Items {
			if namespace.GetLabels()[flux.EnvironmentLabel] != name || namespace.GetName() == flux.Namespace(name) || !has(name, namespace.GetName()) {
				continue
			}
			stages, err := h.stages(ctx, namespace.GetName())
			if err != nil {
				return Report{}, err
			}
			annotations := namespace.GetAnnotations()
			env.Clusters = append(env.Clusters, Cluster{namespace.GetName(), annotations[flux.StateAnnotation], annotations[flux.DeliveryAnnotation], stages})
		}
		if len(env.Clusters) == 0 && !has(name, "") {
			continue
		}
		if env.Source, err = h.source(ctx, name); err != nil {
			return Report{}, err
		}
		if env.Root, err = h.one(ctx, kustomization(), flux.Namespace(name), flux.Repository); err != nil {
			return Report{}, err
		}
		report.Environments = append(report.Environments, env)
	}
	return report, nil
}

// environments are the values of the label, sorted.
func environments(namespaces []unstructured.Unstructured) []string {
	var names []string
	for _, namespace := range namespaces {
		names = append(names, namespace.GetLabels()[flux.EnvironmentLabel])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// one is a Flux object by its name.
func (h Hub) one(ctx context.Context, kind apischema.GroupVersionKind, namespace, name string) (State, error) {
	object, err := h.resource(kind).Namespace(namespace).Get(ctx, name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return State{Ready: "Unknown", Message: kind.Kind + " " + namespace + "/" + name + " is not there"}, nil
	}
	if err != nil {
		return State{}, fmt.Errorf("get %s %s/%s: %w", kind.Kind, namespace, name, err)
	}
	return state(object), nil
}

func (h Hub) resource(kind apischema.GroupVersionKind) dynamic.NamespaceableResourceInterface {
	return h.Client.Resource(kind.GroupVersion().WithResource(h.Resource(kind)))
}

// stages are those of a cluster in order of delivery, those that gen does not know last.
func (h Hub) stages(ctx context.Context, namespace string) ([]Stage, error) {
	list, err := h.resource(kustomization()).Namespace(namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, fmt.Errorf("list the Kustomizations of %s: %w", namespace, err)
	}
	stages := []Stage{}
	for i := range list.Items {
		stage := Stage{Name: list.Items[i].GetName(), State: state(&list.Items[i])}
		if stage.Ready != "True" {
			if stage.Waiting, err = h.waiting(ctx, &list.Items[i]); err != nil {
				return nil, err
			}
		}
		stages = append(stages, stage)
	}
	order := component.Stages()
	slices.SortStableFunc(stages, func(a, b Stage) int {
		if place(order, a) != place(order, b) {
			return place(order, a) - place(order, b)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return stages, nil
}

func place(order []component.Stage, stage Stage) int {
	if at := slices.Index(order, component.Stage(stage.Name)); at >= 0 {
		return at
	}
	return len(order)
}

func kustomization() apischema.GroupVersionKind {
	return apischema.GroupVersionKind{Group: "kustomize.toolkit.fluxcd.io", Version: "v1", Kind: "Kustomization"}
}
