package watcher

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// A source is what a generator sees of one.
type source struct{ URL, Digest, Revision string }

// observe looks at the sources of a generator (artifactgenerator_controller.go: observeSources, validateSpec).
func (w *Watcher) observe(ctx context.Context, g generator) (map[string]source, error) {
	observed := map[string]source{}
	for _, s := range g.Spec.Sources {
		if _, ok := observed[s.Alias]; ok {
			return nil, fmt.Errorf("duplicate source alias '%s' found", s.Alias)
		}
		if s.Kind != "GitRepository" {
			return nil, fmt.Errorf("source `%s` kind '%s' is not played", s.Name, s.Kind)
		}
		namespace := s.Namespace
		if namespace == "" {
			namespace = g.Metadata.Namespace
		}
		o := &unstructured.Unstructured{}
		o.SetAPIVersion("source.toolkit.fluxcd.io/v1")
		o.SetKind(s.Kind)
		if err := w.client.Get(ctx, client.ObjectKey{Namespace: namespace, Name: s.Name}, o); err != nil {
			return nil, fmt.Errorf("unable to get source '%s/%s': %w", namespace, s.Name, err)
		}
		artifact, _, _ := unstructured.NestedStringMap(withoutNumbers(o), "status", "artifact")
		if artifact == nil {
			return nil, fmt.Errorf("source '%s/%s/%s' is not ready", s.Kind, namespace, s.Name)
		}
		observed[s.Alias] = source{URL: artifact["url"], Digest: artifact["digest"], Revision: artifact["revision"]}
	}
	return observed, nil
}

// withoutNumbers is the object with the texts of its artifact alone.
func withoutNumbers(o *unstructured.Unstructured) map[string]any {
	artifact, found, _ := unstructured.NestedMap(o.Object, "status", "artifact")
	if !found {
		return nil
	}
	maps.DeleteFunc(artifact, func(_ string, value any) bool { _, text := value.(string); return !text })
	return map[string]any{"status": map[string]any{"artifact": artifact}}
}

// build makes all artifacts of a generator, one after the other: with the first that cannot be made it ends, as the real one does.
func (w *Watcher) build(ctx context.Context, g generator, observed map[string]source) (inventory []reference, reason string, err error) {
	work, err := os.MkdirTemp("", "ag-")
	if err != nil {
		return nil, "BuildFailed", err
	}
	defer os.RemoveAll(work) //nolint:errcheck // it is in the test's folder
	sources := map[string]string{}
	for alias, s := range observed {
		dir := filepath.Join(work, alias)
		if err := fetch(ctx, s, dir); err != nil {
			return nil, "SourceFetchFailed", fmt.Errorf("fetch sources failed: %w", err)
		}
		sources[alias] = dir
	}
	outputs, err := expand(g, sources)
	if err != nil {
		return nil, "BuildFailed", fmt.Errorf("failed to expand path pattern: %w", err)
	}
	for _, out := range outputs {
		ref, err := w.make(ctx, g, out, sources, observed, work)
		if err != nil {
			return nil, "BuildFailed", fmt.Errorf("%s build failed: %w", out.Name, err)
		}
		inventory = append(inventory, ref)
	}
	return inventory, "", nil
}

// make puts an artifact together, stores it and says where it is. The folder that it is put together in has its name, beside those of
// the sources: a source with the alias of an artifact would be mixed with it (internal/builder: Build).
func (w *Watcher) make(ctx context.Context, g generator, out expanded, sources map[string]string, observed map[string]source, work string) (reference, error) {
	staging := filepath.Join(work, out.Name)
	if err := os.MkdirAll(staging, 0o750); err != nil {
		return reference{}, err
	}
	for _, op := range out.Copy {
		if err := apply(op, sources, staging); err != nil {
			return reference{}, fmt.Errorf("failed to apply copy operations: failed to apply copy operation from '%s' to '%s': %w", op.From, op.To, err)
		}
	}
	file, digest, size, err := w.archive(staging, g.Metadata.Namespace, out.Name)
	if err != nil {
		return reference{}, err
	}
	artifact := map[string]any{
		"digest": digest, "revision": "latest@" + digest, "lastUpdateTime": metav1.Now().UTC().Format(time.RFC3339), "size": size,
		"path": "externalartifact/" + g.Metadata.Namespace + "/" + out.Name + "/" + file,
		"url":  "http://" + w.address + "/" + g.Metadata.Namespace + "/" + out.Name + "/" + file,
	}
	if alias, ok := strings.CutPrefix(out.OriginRevision, "@"); ok {
		artifact["metadata"] = map[string]any{"org.opencontainers.image.revision": observed[alias].Revision}
	}
	return reference{Name: out.Name, Namespace: g.Metadata.Namespace, Digest: digest, Filename: file}, w.publish(ctx, g, out, artifact)
}

// publish writes the ExternalArtifact (artifactgenerator_controller.go: reconcileExternalArtifact).
func (w *Watcher) publish(ctx context.Context, g generator, out expanded, artifact map[string]any) error {
	o := external(g.Metadata.Namespace, out.Name)
	labels := map[string]string{"app.kubernetes.io/managed-by": manager, "source.extensions.fluxcd.io/generator": string(g.Metadata.UID)}
	maps.Copy(labels, out.labels)
	o.SetLabels(labels)
	o.Object["spec"] = map[string]any{"sourceRef": map[string]any{
		"apiVersion": "source.extensions.fluxcd.io/v1beta1", "kind": "ArtifactGenerator", "name": g.Metadata.Name, "namespace": g.Metadata.Namespace,
	}}
	if err := w.client.Apply(ctx, client.ApplyConfigurationFromUnstructured(o), client.ForceOwnership, client.FieldOwner(manager)); err != nil {
		return fmt.Errorf("failed to apply ExternalArtifact: %w", err)
	}
	status := external(g.Metadata.Namespace, out.Name)
	status.Object["status"] = map[string]any{"artifact": artifact, "conditions": []any{map[string]any{
		"type": "Ready", "status": "True", "reason": "Succeeded", "message": "Artifact is ready",
		"observedGeneration": o.GetGeneration(), "lastTransitionTime": metav1.Now().UTC().Format(time.RFC3339),
	}}}
	if err := w.client.Status().Apply(ctx, client.ApplyConfigurationFromUnstructured(status), client.ForceOwnership, client.FieldOwner(manager)); err != nil {
		return fmt.Errorf("failed to patch ExternalArtifact status: %w", err)
	}
	return nil
}

func external(namespace, name string) *unstructured.Unstructured {
	o := &unstructured.Unstructured{}
	o.SetAPIVersion("source.toolkit.fluxcd.io/v1")
	o.SetKind("ExternalArtifact")
	o.SetNamespace(namespace)
	o.SetName(name)
	return o
}

// apply copies files (internal/builder: applyCopyOperation). A pattern that fits nothing is an error.
func apply(op operation, sources map[string]string, staging string) error {
	if op.Strategy != "" || len(op.Exclude) > 0 {
		return errors.New("strategy and exclude are not played")
	}
	alias, pattern, ok := strings.Cut(strings.TrimPrefix(op.From, "@"), "/")
	if !ok || !strings.HasPrefix(op.From, "@") {
		return fmt.Errorf("invalid copy source '%s': source format must be '@alias/pattern'", op.From)
	}
	to, ok := strings.CutPrefix(op.To, "@artifact/")
	if !ok {
		return fmt.Errorf("invalid copy destination '%s': destination must start with '@artifact/'", op.To)
	}
	dir, ok := sources[alias]
	if !ok {
		return fmt.Errorf("source alias '%s' not found", alias)
	}
	matches, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		return fmt.Errorf("invalid glob pattern '%s': %w", pattern, err)
	}
	if len(matches) == 0 && strings.ContainsAny(pattern, "*?[]") {
		return fmt.Errorf("no files match pattern '%s' in source '%s'", pattern, alias)
	}
	if len(matches) == 0 {
		return fmt.Errorf("source '%s' does not exist", pattern)
	}
	for _, match := range slices.Sorted(slices.Values(matches)) {
		if err := copyTo(match, filepath.Join(staging, to, target(pattern, dir, match))); err != nil {
			return err
		}
	}
	return nil
}

// target is where a match goes below the destination: with its whole path, but for the contents of a folder and for a path without a
// pattern (internal/builder: calculateGlobDestination, applySingleDirectoryCopy, applySingleFileCopy).
func target(pattern, dir, match string) string {
	rel := strings.TrimPrefix(match, dir+"/")
	if folder, ok := strings.CutSuffix(pattern, "/**"); ok {
		return strings.TrimPrefix(rel, folder+"/")
	}
	if !strings.ContainsAny(pattern, "*?[]") {
		return filepath.Base(rel)
	}
	return rel
}
