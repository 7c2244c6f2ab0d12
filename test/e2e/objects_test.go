package e2e

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// crds is where the product keeps the CRDs of all that it writes.
const crds = "../../pkg/schema/crds.yaml.gz"

// installCRDs applies the CRDs of some API groups and waits until the API server serves them.
func installCRDs(ctx context.Context, c client.Client, wanted func(group string) bool) error {
	file, err := os.Open(crds)
	if err != nil {
		return fmt.Errorf("open the CRDs: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	stream, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("unpack the CRDs: %w", err)
	}
	var all []*unstructured.Unstructured
	for documents := utilyaml.NewYAMLReader(bufio.NewReader(stream)); ; {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read the CRDs: %w", err)
		}
		crd := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(document, &crd.Object); err != nil {
			return fmt.Errorf("read the CRDs: %w", err)
		}
		if group, _, _ := unstructured.NestedString(crd.Object, "spec", "group"); crd.Object != nil && wanted(group) {
			all = append(all, crd)
		}
	}
	for _, crd := range all {
		if err := c.Create(ctx, crd); err != nil {
			return fmt.Errorf("create a CRD: %w", err)
		}
	}
	for _, crd := range all {
		if err := established(ctx, c, crd); err != nil {
			return err
		}
	}
	return nil
}

func established(ctx context.Context, c client.Client, crd *unstructured.Unstructured) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for !isTrue(crd, "Established") {
		select {
		case <-ctx.Done():
			return fmt.Errorf("CRD %s is not established", crd.GetName())
		case <-time.Tick(50 * time.Millisecond):
		}
		if err := c.Get(ctx, client.ObjectKeyFromObject(crd), crd); err != nil {
			return fmt.Errorf("read CRD %s: %w", crd.GetName(), err)
		}
	}
	return nil
}

func applyCRDs(t *testing.T, ctx context.Context, c client.Client, wanted func(group string) bool) {
	t.Helper()
	must(t, installCRDs(ctx, c, wanted))
}

// build builds a folder as kustomize does, objects in the order in which kubectl applies them.
func build(t *testing.T, dir string) []*unstructured.Unstructured {
	t.Helper()
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	resources, err := krusty.MakeKustomizer(options).Run(filesys.MakeFsOnDisk(), dir)
	must(t, err)
	objects := make([]*unstructured.Unstructured, 0, resources.Size())
	for _, r := range resources.Resources() {
		fields, err := r.Map()
		must(t, err)
		objects = append(objects, &unstructured.Unstructured{Object: fields})
	}
	return objects
}

// apply is kubectl apply --server-side.
func apply(ctx context.Context, c client.Client, o *unstructured.Unstructured, options ...client.ApplyOption) error {
	options = append(options, client.FieldOwner("kubectl"))
	if err := c.Apply(ctx, client.ApplyConfigurationFromUnstructured(o), options...); err != nil {
		return fmt.Errorf("apply %s %s: %w", o.GetKind(), o.GetName(), err)
	}
	return nil
}

// isTrue reports whether an object has a condition.
func isTrue(o *unstructured.Unstructured, kind string) bool {
	status, _, _ := conditionOf(o, kind)
	return status == string(metav1.ConditionTrue)
}

func conditionOf(o *unstructured.Unstructured, kind string) (status, reason, message string) {
	conditions, _, _ := unstructured.NestedSlice(o.Object, "status", "conditions")
	for _, c := range conditions {
		if c, ok := c.(map[string]any); ok && c["type"] == kind {
			status, _ = c["status"].(string)
			reason, _ = c["reason"].(string)
			message, _ = c["message"].(string)
		}
	}
	return status, reason, message
}

// text reads a string field.
func text(o *unstructured.Unstructured, fields ...string) string {
	value, _, _ := unstructured.NestedString(o.Object, fields...)
	return value
}

func namespace(name string) *corev1.Namespace {
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}
}

// object makes an empty object to read into.
func object(group, version, kind, namespace, name string) *unstructured.Unstructured {
	o := &unstructured.Unstructured{}
	o.SetGroupVersionKind(schema.GroupVersionKind{Group: group, Version: version, Kind: kind})
	o.SetNamespace(namespace)
	o.SetName(name)
	return o
}

func kustomization(namespace, name string) *unstructured.Unstructured {
	return object("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", namespace, name)
}

func release(namespace, name string) *unstructured.Unstructured {
	return object("helm.toolkit.fluxcd.io", "v2", "HelmRelease", namespace, name)
}
