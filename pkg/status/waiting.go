package status

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack"
)

// state reads the condition Ready of a Flux object. One of an older generation says nothing about what is there now.
func state(object *unstructured.Unstructured) State {
	ready, found := condition(object, "Ready")
	s := State{Ready: cmp.Or(ready.status, "Unknown"), Reason: ready.reason, Message: ready.message, Since: ready.since}
	if !found {
		s.Message = "Flux has not looked at it yet"
		s.Since = object.GetCreationTimestamp().Time
	}
	if observed, ok, _ := unstructured.NestedInt64(object.Object, "status", "observedGeneration"); ok && observed < object.GetGeneration() && observed >= 0 {
		s.Ready, s.Message = "Unknown", "Flux has not looked at the last change yet"
	}
	if suspended, _, _ := unstructured.NestedBool(object.Object, "spec", "suspend"); suspended {
		s.Ready, s.Message = "Unknown", "suspended"
	}
	s.Revision, _, _ = unstructured.NestedString(object.Object, "status", "lastAppliedRevision")
	if revision, ok, _ := unstructured.NestedString(object.Object, "status", "artifact", "revision"); ok {
		s.Revision = revision
	}
	return s
}

type said struct {
	status, reason, message string
	since                   time.Time
}

func condition(object *unstructured.Unstructured, name string) (said, bool) {
	list, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
	for _, item := range list {
		fields, _ := item.(map[string]any)
		if text(fields, "type") != name {
			continue
		}
		since, _ := time.Parse(time.RFC3339, text(fields, "lastTransitionTime"))
		return said{text(fields, "status"), text(fields, "reason"), text(fields, "message"), since}, true
	}
	return said{}, false
}

func text(fields map[string]any, key string) string {
	value, _ := fields[key].(string)
	return value
}

// waiting are the objects that hold up a stage: those on the hub that Flux has applied for it and that are not ready.
func (h Hub) waiting(ctx context.Context, stage *unstructured.Unstructured) ([]Object, error) {
	if _, remote, _ := unstructured.NestedMap(stage.Object, "spec", "kubeConfig"); remote {
		return nil, nil
	}
	entries, _, _ := unstructured.NestedSlice(stage.Object, "status", "inventory", "entries")
	var found []Object
	for _, item := range entries {
		fields, _ := item.(map[string]any)
		// An id is namespace_name_group_kind (Flux, kustomize-controller API: ResourceRef).
		parts := strings.Split(text(fields, "id"), "_")
		if len(parts) != 4 || !speaks(parts[2]) {
			continue
		}
		kind := apischema.GroupVersionKind{Group: parts[2], Version: text(fields, "v"), Kind: parts[3]}
		object, err := h.resource(kind).Namespace(parts[0]).Get(ctx, parts[1], metav1.GetOptions{})
		switch {
		case apierrors.IsNotFound(err):
			continue // Flux is about to make it
		case apierrors.IsForbidden(err):
			found = append(found, Object{Kind: kind.Kind, Name: parts[1], Condition: "Forbidden", Message: err.Error()})
			continue
		case err != nil:
			return nil, fmt.Errorf("get %s %s/%s: %w", kind.Kind, parts[0], parts[1], err)
		}
		if o, waits := holds(object); waits {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b Object) int { return rank(a) - rank(b) })
	return found, nil
}

// speaks reports whether objects of a group say how they are in conditions: those of ACK and of Helm.
func speaks(group string) bool {
	return strings.HasSuffix(group, ".services.k8s.aws") || group == "helm.toolkit.fluxcd.io"
}

// rank puts first what does not go away by itself.
func rank(o Object) int { return slices.Index(conditions(), o.Condition) }

// conditions are the types that say why, the gravest first (ACK runtime, apis/core/v1alpha1/conditions.go).
func conditions() []string {
	return []string{"ACK.Terminal", "ACK.Recoverable", "ACK.ReferencesResolved", "ACK.ResourceSynced", "Ready", ""}
}

// holds says what of an object is not as it should be, in its controller's words.
func holds(object *unstructured.Unstructured) (Object, bool) {
	o := Object{Kind: object.GetKind(), Name: object.GetName(), Since: object.GetCreationTimestamp().Time}
	any := false
	for _, name := range conditions() {
		said, found := condition(object, name)
		any = any || found
		bad := said.status != "True"
		if name == "ACK.Terminal" || name == "ACK.Recoverable" {
			bad = said.status == "True"
		}
		if found && bad {
			// ACK often says the reason alone, where it has no message of its own.
			o.Condition, o.Message, o.Since = name, cmp.Or(said.message, said.reason), said.since
			if said.reason != "" && said.reason != said.message && strings.HasPrefix(name, "ACK.") {
				o.Message = said.message + ": " + said.reason
			}
			return o, true
		}
	}
	if any {
		return o, false
	}
	o.Message = "its controller has not said anything yet"
	if strings.EqualFold(object.GetAnnotations()[ack.ReadOnly], "true") {
		// ACK says nothing of what it does not find (ACK runtime, pkg/runtime/reconciler.go: Sync, ReadOnlyResourceNotFound).
		o.Message = "ACK has not found it in AWS: read-only resource not found, or it has not looked yet"
	}
	return o, true
}
