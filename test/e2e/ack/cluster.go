package ack

import (
	"context"
	"fmt"
	"maps"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/aws"
)

// resolveKeys puts the ARN of a key next to the reference to it in the encryption settings of a cluster, as ACK does with
// every reference before it calls AWS.
func (r *reconciler) resolveKeys(ctx context.Context, want aws.Object) error {
	settings, _, _ := unstructured.NestedSlice(want.Spec, "encryptionConfig")
	for _, s := range settings {
		provider, _, _ := unstructured.NestedMap(s.(map[string]any), "provider")
		name, found, _ := unstructured.NestedString(provider, "keyRef", "from", "name")
		if !found {
			continue
		}
		kind, _ := kindOf("keyRef")
		key := &unstructured.Unstructured{}
		key.SetGroupVersionKind(kind.WithVersion("v1alpha1"))
		if err := r.client.Get(ctx, client.ObjectKey{Namespace: want.Namespace, Name: name}, key); err != nil {
			return fmt.Errorf("read the key of %s: %w", want.ID, err)
		}
		provider["keyARN"], _, _ = unstructured.NestedString(key.Object, "status", "ackResourceMetadata", "arn")
		s.(map[string]any)["provider"] = provider
	}
	if len(settings) > 0 {
		want.Spec["encryptionConfig"] = settings
	}
	return nil
}

// reached is how far ACK gets with a change of a cluster. It compares the encryption settings as a whole with what EKS
// returns, and when they differ it makes the call for them, and none for what comes later, at every look
// (eks-controller, pkg/resource/cluster/hook.go: customUpdate).
func (r *reconciler) reached(want aws.Object) aws.Object {
	const compared = "encryptionConfig"
	is := r.aws.Spec(want.ID)
	if want.Kind != "Cluster" || is == nil || equality.Semantic.DeepEqual(is[compared], want.Spec[compared]) {
		return want
	}
	spec := maps.Clone(is)
	for _, field := range []string{"tags", "logging", "resourcesVPCConfig", "accessConfig", "upgradePolicy", compared} {
		delete(spec, field)
		if value, ok := want.Spec[field]; ok {
			spec[field] = value
		}
	}
	want.Spec = spec
	return want
}
