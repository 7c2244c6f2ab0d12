package ack

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/aws"
)

// Synced reports whether ACK has brought an object to AWS.
func Synced(o *unstructured.Unstructured) bool {
	conditions, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions")
	for _, c := range conditions {
		if c, ok := c.(map[string]any); ok && c["type"] == "ACK.ResourceSynced" {
			return c["status"] == "True"
		}
	}
	return false
}

// condition is one of now: ACK sets the time whenever it looks, changed or not (ACK runtime, pkg/condition/condition.go).
func condition(kind, status, message string) map[string]any {
	c := map[string]any{"type": kind, "status": status, "lastTransitionTime": time.Now().UTC().Format(time.RFC3339)}
	if message != "" {
		c["message"] = message
	}
	return c
}

// looked are the conditions after a look at an object, those of before are dropped. Ready says what the others say (ACK
// runtime, pkg/runtime/reconciler.go: resetConditions, ensureConditions).
func looked(synced, message string, others ...map[string]any) []map[string]any {
	ready := condition("Ready", synced, message)
	for _, c := range others {
		if kind := c["type"]; kind == "ACK.Terminal" || kind == "ACK.Recoverable" {
			ready["status"], ready["reason"], ready["message"] = "False", kind, c["message"]
		}
	}
	return append(others, condition("ACK.ResourceSynced", synced, message), ready)
}

// isTerminal reports whether a controller takes what AWS says for the last word. The one of EKS goes on trying after an
// InvalidParameterException about a cluster (terminal_codes in the generator.yaml of eks- and cloudwatchlogs-controller).
func isTerminal(kind string, err error) bool {
	invalid := (*aws.Invalid)(nil)
	return errors.As(err, &invalid) && (kind != "Cluster" || !strings.HasPrefix(invalid.Message, "InvalidParameterException"))
}

// report writes the status: conditions anew, other fields over those there are.
func (r *reconciler) report(ctx context.Context, o *unstructured.Unstructured, fields map[string]any, id identity, conditions ...map[string]any) error {
	if id.selected != "" {
		conditions = append(conditions, condition("ACK.IAMRoleSelected", "True", id.selected))
	}
	before := o.DeepCopy()
	status, _, _ := unstructured.NestedMap(o.Object, "status")
	if status == nil {
		status = map[string]any{}
	}
	maps.Copy(status, fields)
	list := make([]any, 0, len(conditions))
	for _, c := range conditions {
		list = append(list, c)
	}
	status["conditions"] = list
	o.Object["status"] = status
	if equality.Semantic.DeepEqual(before.Object, o.Object) {
		return nil
	}
	if err := r.client.Status().Patch(ctx, o, client.MergeFrom(before), owner); client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("status of %s: %w", idOf(o), err)
	}
	return nil
}
