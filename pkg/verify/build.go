package verify

import (
	"fmt"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// builder runs kustomize, one folder at a time: it keeps schemas in package variables. A folder that several
// Kustomizations name is built once.
type builder struct {
	disk filesys.FileSystem
	made map[string]built
}

// built is the result of one folder: a YAML document for each object, or the error.
type built struct {
	documents []string
	err       error
}

func newBuilder(read *files) (*builder, error) {
	disk := filesys.MakeFsInMemory()
	for _, name := range read.names {
		if err := disk.WriteFile("/"+name, read.content[name]); err != nil {
			return nil, fmt.Errorf("copy %s into memory: %w", name, err)
		}
	}
	return &builder{disk: disk, made: map[string]built{}}, nil
}

// failure is a folder that cannot be built.
type failure struct {
	dir string
	err error
}

// build returns the objects of a folder as YAML.
func (b *builder) build(dir string) ([]string, *failure) {
	result, ok := b.made[dir]
	if !ok {
		result.documents, result.err = b.run(dir)
		b.made[dir] = result
	}
	if result.err != nil {
		return nil, &failure{dir, result.err}
	}
	return result.documents, nil
}

// run is plain kustomize build with its default restrictions. Flux allows more, so that what passes here passes
// there, and a reviewer can build it as well.
func (b *builder) run(dir string) (documents []string, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("kustomize panics: %v", cause)
		}
	}()
	objects, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(b.disk, "/"+dir)
	if err != nil {
		return nil, fmt.Errorf("kustomize build %s: %w", dir, err)
	}
	for _, object := range objects.Resources() {
		text, err := object.AsYAML()
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", object.CurId(), err)
		}
		documents = append(documents, string(text))
	}
	return documents, nil
}
