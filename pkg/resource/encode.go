package resource

import (
	"bytes"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
)

// SubstituteAnnotation tells Flux to leave an object out of variable substitution
// (Flux, Kustomization API: Post build variable substitution).
const SubstituteAnnotation = "kustomize.toolkit.fluxcd.io/substitute"

// PruneAnnotation set to disabled keeps Flux from deleting an object whose file is gone
// (Flux, Kustomization API: Prune).
const PruneAnnotation = "kustomize.toolkit.fluxcd.io/prune"

// Encode returns the canonical YAML of objects: documents divided by "---", keys sorted, no status,
// nothing that is null, strings quoted where any YAML 1.1 or 1.2 reader would take them for another type.
// The error names the object that could not be encoded.
func Encode(objects ...Object) ([]byte, error) {
	var out bytes.Buffer
	for i, o := range objects {
		if i > 0 {
			out.WriteString("---\n")
		}
		tree, err := Tree(o)
		if err != nil {
			return nil, err
		}
		if err := writeYAML(&out, tree); err != nil {
			return nil, fmt.Errorf("encode %s: %w", IDOf(o), err)
		}
	}
	return out.Bytes(), nil
}

// Tree returns o as maps, slices and scalars, as Encode writes it.
func Tree(o Object) (map[string]any, error) {
	tree, err := runtime.DefaultUnstructuredConverter.ToUnstructured(o)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", IDOf(o), err)
	}
	delete(tree, "status")
	tidy(tree)
	if spec, ok := tree["spec"].(map[string]any); ok && len(spec) == 0 {
		delete(tree, "spec")
	}
	return tree, nil
}

// tidy drops nulls (a creationTimestamp that was never set) and writes Go's long durations
// ("1h0m0s") the way people do ("1h"). Helm values are the user's and stay as they are.
func tidy(tree map[string]any) {
	for key, value := range tree {
		if value == nil {
			delete(tree, key)
			continue
		}
		tree[key] = tidied(key, value)
	}
}

// tidied is the value of a key, tidied.
func tidied(key string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		if key != "values" {
			tidy(v)
		}
	case []any:
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				tidy(m)
			}
		}
	case string:
		if key == "interval" || key == "timeout" || key == "retryInterval" {
			return shortDuration(v)
		}
	}
	return value
}

// shortDuration turns 1h0m0s into 1h and 2m0s into 2m; any other text is returned as it is.
func shortDuration(s string) string {
	d, err := time.ParseDuration(s)
	if err != nil || d.String() != s || d == 0 {
		return s
	}
	if d%time.Minute == 0 {
		s = s[:len(s)-len("0s")]
	}
	if d%time.Hour == 0 {
		s = s[:len(s)-len("0m")]
	}
	return s
}

// EncodeTree returns the canonical YAML of maps, slices and scalars.
func EncodeTree(tree map[string]any) ([]byte, error) {
	var out bytes.Buffer
	if err := writeYAML(&out, tree); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
