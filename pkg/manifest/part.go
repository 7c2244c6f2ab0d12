package manifest

import (
	"io/fs"
	"maps"
	"slices"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// ReadFiles reads the files that Flux fetches, those below clusters, flux and patches. In: the root of a repository.
// Out: what they hold, by their names.
func ReadFiles(repository fs.FS) (map[string][]byte, error) {
	read, err := readFiles(repository)
	if err != nil {
		return nil, err
	}
	return read.Content, nil
}

// LoadPart is [Load] for files in memory, of which some may be left out. Of the folders that Kustomizations lead to,
// only those that are wanted are built; what nobody looks at costs nothing. Trees that share a cache read a file once.
func LoadPart(content map[string][]byte, crds *schema.Set, wanted func(dir string) bool, cache *render.Cache) (*Tree, error) {
	read := newFiles()
	read.Content, read.Names = content, slices.Sorted(maps.Keys(content))
	return load(read, crds, wanted, cache)
}

// Problems are what kept folders from being built.
func (t *Tree) Problems() diag.List { return t.problems }

// Cluster is the name of the cluster that the object is for, or empty.
func (o *Object) Cluster() string { return o.cluster }
