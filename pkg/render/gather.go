package render

import (
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/resid"
)

// gather makes the objects of a folder that only lists files and folders, and may set a namespace and merge patches
// into objects of kinds that kustomize knows nothing about. It says no to everything else. The folders that led here
// are on.
func (b *Builder) gather(dir string, on []string) ([]Object, bool) {
	recipe, ok := b.recipe(dir)
	if !ok || slices.ContainsFunc(on, func(other string) bool { return holds(dir, other) }) {
		return nil, false
	}
	var objects []Object
	for _, name := range recipe.resources {
		part, ok := b.resource(dir, name, append(on, dir))
		if !ok {
			return nil, false
		}
		objects = append(objects, part...)
	}
	if recipe.namespace != "" || len(recipe.patches) > 0 {
		objects, ok = b.change(dir, objects, recipe)
	}
	return objects, ok && len(objects) > 0 && !twice(objects)
}

// recipe is a kustomization.yaml of the simple form.
type recipe struct {
	resources []string
	namespace string
	// patches are files, each with one object that says which it is merged into.
	patches []string
}

func (b *Builder) recipe(dir string) (recipe, bool) {
	documents := b.decoded[path.Join(dir, "kustomization.yaml")]
	if len(documents) != 1 || b.has(path.Join(dir, "kustomization.yml")) || b.has(path.Join(dir, "Kustomization")) {
		return recipe{}, false
	}
	var r recipe
	ok := true
	for key, value := range documents[0].fields {
		switch key {
		case "apiVersion":
			ok = ok && value == "kustomize.config.k8s.io/v1beta1"
		case "kind":
			ok = ok && value == "Kustomization"
		case "resources":
			r.resources, ok = texts(value, ok, func(item any) any { return item })
		case "patches":
			r.patches, ok = texts(value, ok, onlyPath)
		case "namespace":
			namespace, isText := value.(string)
			r.namespace, ok = namespace, ok && isText
		default:
			return recipe{}, false
		}
	}
	return r, ok
}

func (b *Builder) has(name string) bool {
	_, ok := b.content[name]
	return ok
}

// texts are the items of a list, each of which has to be a relative path after what is done to it.
func texts(value any, ok bool, of func(item any) any) ([]string, bool) {
	list, isList := value.([]any)
	var all []string
	for _, item := range list {
		text, isText := of(item).(string)
		ok = ok && isText && text != "" && text == path.Clean(text) && !path.IsAbs(text) && !strings.ContainsAny(text, ":?@")
		all = append(all, text)
	}
	return all, ok && isList
}

// onlyPath is the path of a patch that has nothing else.
func onlyPath(item any) any {
	fields, _ := item.(map[string]any)
	if len(fields) != 1 {
		return nil
	}
	return fields["path"]
}

// holds reports whether a folder is another one or above it: kustomize refuses it, to end circles.
func holds(dir, other string) bool {
	return dir == other || dir == "." || strings.HasPrefix(other, dir+"/")
}

// resource makes the objects of one line of resources. A folder may be anywhere, a file only in the folder.
func (b *Builder) resource(dir, name string, on []string) ([]Object, bool) {
	file := path.Join(dir, name)
	if !b.has(file) {
		return b.gather(file, on)
	}
	documents, ok := b.decoded[file]
	ok = ok && !strings.HasPrefix(name, "../")
	objects := make([]Object, 0, len(documents))
	for _, d := range documents {
		ok = ok && usual(d.fields)
		objects = append(objects, Object{Content: d.fields, Dollar: d.dollar})
	}
	return objects, ok
}

// usual reports whether kustomize takes an object for what it is: not for a list of objects, not for a setting of its
// own, and without the annotations by which it is steered.
func usual(object map[string]any) bool {
	kind, apiVersion := text(object, "kind"), text(object, "apiVersion")
	metadata, _ := object["metadata"].(map[string]any)
	if kind == "" || apiVersion == "" || strings.HasSuffix(kind, "List") || text(metadata, "name") == "" || strings.Contains(apiVersion, "config.k8s.io") {
		return false
	}
	if _, ok := metadata["namespace"]; ok && text(metadata, "namespace") == "" {
		return false
	}
	for _, part := range []string{"labels", "annotations"} {
		value, ok := metadata[part]
		fields, isMap := value.(map[string]any)
		if ok && (!isMap || len(fields) == 0) {
			return false
		}
		for key, value := range fields {
			if _, isText := value.(string); !isText || strings.Contains(key, "config.k") {
				return false
			}
		}
	}
	return true
}

// text is a text in a mapping, or empty.
func text(fields map[string]any, key string) string {
	s, _ := fields[key].(string)
	return s
}

// twice reports whether two objects have one name, which kustomize refuses.
func twice(objects []Object) bool {
	names := make([]string, 0, len(objects))
	for _, o := range objects {
		names = append(names, id(o.Content))
	}
	slices.Sort(names)
	return len(slices.Compact(names)) < len(objects)
}

// id is what kustomize knows an object by: group, kind, name, and the namespace if the kind lives in one.
func id(object map[string]any) string {
	group, version, ok := strings.Cut(text(object, "apiVersion"), "/")
	if !ok {
		group, version = "", group
	}
	metadata, _ := object["metadata"].(map[string]any)
	kind, namespace := text(object, "kind"), text(metadata, "namespace")
	if !isCustom(text(object, "apiVersion")) && resid.NewGvk(group, version, kind).IsClusterScoped() {
		namespace = ""
	} else if namespace == "" {
		namespace = resid.DefaultNamespace
	}
	return strings.Join([]string{group, version, kind, namespace, text(metadata, "name")}, " ")
}
