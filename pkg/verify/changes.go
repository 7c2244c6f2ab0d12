package verify

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// userRoot is where users keep what they add to the generated tree.
const userRoot = "patches/"

// A change is what the user's components make of an object that gen wrote.
type change struct {
	// object is what Flux applies, after the same as it stands in the folder: without variables put in.
	object *Object
	after  map[string]any
	// before is the object without the user's components.
	before map[string]any
}

// compare finds what the user's components change in the folders that have some. It runs kustomize, so it is part of
// loading; a folder that cannot be built without them has no changes.
func (t *Tree) compare() error {
	var without *builder
	for _, b := range t.Builds {
		if !t.files.patched(b.Dir) {
			continue
		}
		if without == nil {
			disk, err := t.files.unpatched()
			if err != nil {
				return err
			}
			without = &builder{disk: disk, made: map[string]built{}}
		}
		documents, failed := without.build(b.Dir)
		if failed != nil {
			continue
		}
		before, err := byIdentity(documents)
		if err != nil {
			return fmt.Errorf("read %s without the user's components: %w", b.Dir, err)
		}
		for _, o := range b.Objects {
			if old := before[o.String()+" "+o.Kind().Group]; old != nil {
				t.changes = append(t.changes, change{object: o, after: o.before(), before: old})
			}
		}
	}
	return nil
}

func byIdentity(documents []string) (map[string]map[string]any, error) {
	found := map[string]map[string]any{}
	for _, text := range documents {
		o := &Object{}
		if err := yaml.Unmarshal([]byte(text), &o.Content); err != nil {
			return nil, fmt.Errorf("decode an object: %w", err)
		}
		found[o.String()+" "+o.Kind().Group] = o.Content
	}
	return found, nil
}

// patched tells whether a component of the user is part of a folder.
func (f *files) patched(dir string) bool {
	return slices.ContainsFunc(f.reached(dir), func(name string) bool { return strings.HasPrefix(name, userRoot) })
}

// unpatched is the tree without the user's components: no folder of theirs, and no line that names one.
func (f *files) unpatched() (filesys.FileSystem, error) {
	disk := filesys.MakeFsInMemory()
	for _, name := range f.names {
		if strings.HasPrefix(name, userRoot) {
			continue
		}
		content := f.content[name]
		if isKustomization(path.Base(name)) {
			content = f.withoutComponents(name)
		}
		if err := disk.WriteFile("/"+name, content); err != nil {
			return nil, fmt.Errorf("copy %s into memory: %w", name, err)
		}
	}
	return disk, nil
}

// withoutComponents is a kustomization.yaml that names no component of the user.
func (f *files) withoutComponents(name string) []byte {
	ofUser := func(item any) bool {
		text, _ := item.(string)
		return strings.HasPrefix(path.Join(path.Dir(name), text)+"/", userRoot)
	}
	content := map[string]any{}
	if err := yaml.Unmarshal(f.content[name], &content); err != nil {
		return f.content[name] // kustomize says what is wrong with it
	}
	components, _ := content["components"].([]any)
	if !slices.ContainsFunc(components, ofUser) {
		return f.content[name]
	}
	content["components"] = slices.DeleteFunc(components, ofUser)
	text, err := yaml.Marshal(content)
	if err != nil {
		return f.content[name]
	}
	return text
}

// userDocuments are the places in the user's files where an object of a build is made or changed.
func (o *Object) userDocuments() []document {
	var found []document
	for _, d := range o.Build.documents {
		if strings.HasPrefix(d.file, userRoot) && d.of(o) {
			found = append(found, d)
		}
	}
	return found
}
