package manifest

import (
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/render"
)

// userRoot is where users keep what they add to the generated tree.
const userRoot = "patches/"

// A Change is what the user's kustomize Components change in an object that gen wrote.
type Change struct {
	// Object is what Flux applies, After the same as it stands in the folder: without variables put in.
	Object *Object
	After  map[string]any
	// Before is the object without the user's components.
	Before map[string]any
}

// compare finds what the user's components change in the folders that have some. It runs kustomize, so it is part of
// loading; a folder that cannot be built without them has no changes.
func (t *Tree) compare(builder *render.Builder) error {
	var patched []*Build
	for _, b := range t.Builds {
		if b.Patched = !builder.Plain(b.Dir) && t.Files.patched(b.Dir); b.Patched {
			patched = append(patched, b)
		}
	}
	without := render.New(t.Files.unpatched(patched), func(string) bool { return false }, nil)
	for _, b := range patched {
		objects, err := without.Build(b.Dir)
		if err != nil {
			continue
		}
		before := map[string]map[string]any{}
		for _, made := range objects {
			o := &Object{Content: made.Content}
			before[o.String()+" "+o.Kind().Group] = made.Content
		}
		for _, o := range b.Objects {
			if old := before[o.String()+" "+o.Kind().Group]; old != nil {
				t.Changes = append(t.Changes, Change{Object: o, After: o.Raw.Content, Before: old})
			}
		}
	}
	return without.Close()
}

// patched reports whether a component of the user is part of a folder.
func (f *Files) patched(dir string) bool {
	return slices.ContainsFunc(f.Reached(dir), func(name string) bool { return strings.HasPrefix(name, userRoot) })
}

// unpatched are the files that some builds read, without the user's components: none of their files, and no line that
// names one.
func (f *Files) unpatched(builds []*Build) map[string][]byte {
	content := map[string][]byte{}
	for _, b := range builds {
		for _, name := range f.Reached(b.Dir) {
			switch {
			case strings.HasPrefix(name, userRoot):
			case IsKustomization(path.Base(name)):
				content[name] = f.withoutComponents(name)
			default:
				content[name] = f.Content[name]
			}
		}
	}
	return content
}

// withoutComponents is a kustomization.yaml that names no component of the user.
func (f *Files) withoutComponents(name string) []byte {
	ofUser := func(item any) bool {
		text, _ := item.(string)
		return strings.HasPrefix(path.Join(path.Dir(name), text)+"/", userRoot)
	}
	content := map[string]any{}
	if err := yaml.Unmarshal(f.Content[name], &content); err != nil {
		return f.Content[name] // kustomize says what is wrong with it
	}
	components, _ := content["components"].([]any)
	if !slices.ContainsFunc(components, ofUser) {
		return f.Content[name]
	}
	content["components"] = slices.DeleteFunc(components, ofUser)
	text, err := yaml.Marshal(content)
	if err != nil {
		return f.Content[name]
	}
	return text
}

// UserDocuments are the positions in the user's files where an object of a build is created or changed.
func (o *Object) UserDocuments() []Document {
	if !o.Build.Patched {
		return nil
	}
	var found []Document
	for _, d := range o.Build.Documents() {
		if strings.HasPrefix(d.File, userRoot) && d.of(o) {
			found = append(found, d)
		}
	}
	return found
}
