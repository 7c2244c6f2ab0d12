package render

import (
	"maps"
	"path"
	"strings"
)

// change sets the namespace and merges the patches, in this order, as kustomize does.
func (b *Builder) change(dir string, objects []Object, r recipe) ([]Object, bool) {
	changed := make([]Object, 0, len(objects))
	for _, o := range objects {
		if !isCustom(text(o.Content, "apiVersion")) {
			return nil, false // kustomize knows its lists and its names in other objects
		}
		changed = append(changed, o)
	}
	for _, name := range r.patches {
		if strings.HasPrefix(name, "../") || !b.merge(path.Join(dir, name), changed) {
			return nil, false
		}
	}
	for i, o := range changed {
		if r.namespace != "" {
			changed[i].Content = inNamespace(o.Content, r.namespace)
		}
	}
	return changed, true
}

// isCustom reports whether a kind is none of Kubernetes or of kustomize.
func isCustom(apiVersion string) bool {
	group, _, ok := strings.Cut(apiVersion, "/")
	return ok && strings.Contains(group, ".") && !strings.HasSuffix(group, ".k8s.io")
}

// merge puts the patch in a file into the object that it names.
func (b *Builder) merge(file string, objects []Object) bool {
	documents := b.decoded[file]
	if !b.has(file) || len(documents) != 1 || !usual(documents[0].fields) {
		return false
	}
	patch, found := documents[0], false
	for i, o := range objects {
		if id(o.Content) != id(patch.fields) {
			continue
		}
		merged, ok := mergeMaps(o.Content, patch.fields)
		if !ok || found {
			return false
		}
		found = true
		objects[i] = Object{Content: merged, Dollar: o.Dollar || patch.dollar}
	}
	return found
}

func namespaceOf(object map[string]any) string {
	metadata, _ := object["metadata"].(map[string]any)
	return text(metadata, "namespace")
}

// mergeMaps is a strategic merge for a kind without a schema: mappings are merged and lists replaced. It says no to
// instructions, to empty values, and to values of two sorts. What is the same in the result is shared.
func mergeMaps(base, patch map[string]any) (map[string]any, bool) {
	merged := maps.Clone(base)
	for key, value := range patch {
		old, there := base[key]
		newMap, isMap := value.(map[string]any)
		oldMap, wasMap := old.(map[string]any)
		_, isList := value.([]any)
		_, wasList := old.([]any)
		if strings.HasPrefix(key, "$") || !filled(value) || there && (isMap != wasMap || isList != wasList) {
			return nil, false
		}
		if isMap && wasMap {
			inner, ok := mergeMaps(oldMap, newMap)
			if !ok {
				return nil, false
			}
			value = inner
		}
		merged[key] = value
	}
	return merged, true
}

// filled reports whether a value has no empty mapping, no empty list and no instruction in it.
func filled(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if strings.HasPrefix(key, "$") || !filled(inner) {
				return false
			}
		}
		return len(v) > 0
	case []any:
		for _, inner := range v {
			if !filled(inner) {
				return false
			}
		}
		return len(v) > 0
	default:
		return true
	}
}

func inNamespace(object map[string]any, namespace string) map[string]any {
	moved := maps.Clone(object)
	metadata, _ := object["metadata"].(map[string]any)
	metadata = maps.Clone(metadata)
	metadata["namespace"] = namespace
	moved["metadata"] = metadata
	return moved
}
