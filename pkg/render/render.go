// Package render builds the objects of a folder as kustomize and Flux do.
//
// In: files of a repository, in memory. Out: the objects of a folder, in the order of kustomize. It reads no other
// files and fetches nothing. Folders in the simple form that gen writes are read directly; for everything else
// kustomize itself is run, so that the result is always its own (TestSameAsKustomize, FuzzSameAsKustomize).
package render

import (
	"maps"
	"path"
	"runtime"
	"slices"
	"sync"
)

// An Object is one object of a folder. Content has the types of JSON, with whole numbers as int64, and may be shared
// with other folders: it must not be changed.
type Object struct {
	Content map[string]any
	// Dollar reports whether some text has ${, so that Flux may put in a variable.
	Dollar bool
}

// A Builder builds folders. A folder is built once, however many ask for it. It is for one goroutine.
type Builder struct {
	content map[string][]byte
	// decoded are the documents of files that are of the simple form.
	decoded map[string][]document
	made    map[string]result
	disk    func() disk
	// scratch is a copy of the files on a disk, or empty.
	scratch string
}

// result is what came of a folder.
type result struct {
	objects []Object
	err     error
	// plain is set when the folder is of the simple form.
	plain bool
}

// New takes the files of a repository by their names, with slashes, from its root. It reads them at once, on all
// processors, or takes them from the cache, if there is one. Files for which skip says yes are left to kustomize.
func New(content map[string][]byte, skip func(name string) bool, cache *Cache) *Builder {
	if cache == nil {
		cache = NewCache()
	}
	b := &Builder{content: content, made: map[string]result{}}
	b.disk = sync.OnceValue(func() disk { return newDisk(content) })
	var names []string
	for name := range content {
		if path.Ext(name) == ".yaml" && !skip(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	b.decoded, names = cache.known(content, names)
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	var lock sync.Mutex
	for part := range slices.Chunk(names, max(1, (len(names)+workers-1)/workers)) {
		wait.Go(func() {
			decoded := decodeAll(content, part)
			lock.Lock()
			defer lock.Unlock()
			maps.Copy(b.decoded, decoded)
		})
	}
	wait.Wait()
	cache.keep(content, names, b.decoded)
	return b
}

// decodeAll reads those files that are of the simple form.
func decodeAll(content map[string][]byte, names []string) map[string][]document {
	decoded := make(map[string][]document, len(names))
	d := newDecoder()
	for _, name := range names {
		if documents, err := d.documents(content[name]); err == nil {
			decoded[name] = documents
		}
	}
	return decoded
}

// Build makes the objects of a folder as kustomize build does with its defaults: a file from outside of the folder is
// an error. The error is kustomize's.
func (b *Builder) Build(dir string) ([]Object, error) {
	if made, ok := b.made[dir]; ok {
		return made.objects, made.err
	}
	if b.Plain(dir) {
		return b.made[dir].objects, nil
	}
	var made result
	made.objects, made.err = b.kustomize(dir)
	b.made[dir] = made
	return made.objects, made.err
}

// Plain reports whether a folder is of the simple form, which reads nothing but files of the repository.
func (b *Builder) Plain(dir string) bool {
	made, ok := b.made[dir]
	if !ok {
		if made.objects, made.plain = b.gather(dir, nil); made.plain {
			b.made[dir] = made
		}
	}
	return made.plain
}
