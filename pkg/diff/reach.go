package diff

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
)

// reach knows which files can count for what a folder makes. That is more than kustomize reads, and never less: kustomize reads
// files only in the folder of a kustomization.yaml or below, and gets to another folder only by a text of such a file
// (kustomize, api/internal/loader: loadrestrictions.go, fileloader.go).
type reach struct {
	sums map[string]string
	// dirs are the folders that have files, each with the names of its own files.
	dirs map[string][]string
	// folders are those that have a file in them or below them.
	folders map[string]bool
	// named are the texts of each kustomization.yaml; plain are those that gen could have written.
	named map[string][]string
	plain map[string]bool
	// delivering are the files in which there may be a Kustomization of Flux, variable those in which there may be variables.
	delivering, variable map[string]bool
	// read are the answers of files.
	read map[string]map[string]bool
}

// errUnclear is a kustomization.yaml of which nobody knows what it names.
var errUnclear = errors.New("a kustomization.yaml is not YAML")

// batch is how many files are held at a time to be looked at.
const batch = 1000

// newReach looks at every file of a tree; of those that the other tree has, too, it is known what is in them.
func newReach(source Source, other *reach) (*reach, error) {
	r := &reach{
		sums: source.Sums, dirs: map[string][]string{}, folders: map[string]bool{}, named: map[string][]string{},
		plain: map[string]bool{}, delivering: map[string]bool{}, variable: map[string]bool{}, read: map[string]map[string]bool{},
	}
	var names []string
	for name, sum := range source.Sums {
		r.dirs[path.Dir(name)] = append(r.dirs[path.Dir(name)], name)
		if other == nil || other.sums[name] != sum {
			names = append(names, name)
		} else {
			r.take(name, other)
		}
	}
	for dir := range r.dirs {
		addFolders(r.folders, dir)
	}
	for some := range slices.Chunk(names, batch) {
		content, err := source.Read(some)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", source.Name, err)
		}
		for name, text := range content {
			if err := r.look(name, text); err != nil {
				return nil, err
			}
		}
	}
	return r, nil
}

// take takes over what is known of a file.
func (r *reach) take(name string, other *reach) {
	r.named[name], r.plain[name] = other.named[name], other.plain[name]
	r.delivering[name], r.variable[name] = other.delivering[name], other.variable[name]
}

// look finds out what a file can lead to.
func (r *reach) look(name string, content []byte) error {
	r.delivering[name], r.variable[name] = mayDeliver(content), holdsVariables(content)
	if !manifest.IsKustomization(path.Base(name)) {
		return nil
	}
	var ok bool
	if r.named[name], r.plain[name], ok = paths(content); !ok {
		return fmt.Errorf("%s: %w", name, errUnclear)
	}
	return nil
}

// addFolders adds a folder and all that it is in.
func addFolders(folders map[string]bool, dir string) {
	for ; dir != "." && !folders[dir]; dir = path.Dir(dir) {
		folders[dir] = true
	}
}

// mayDeliver reports whether there may be a Kustomization of Flux in a file, or in what a patch in it makes.
func mayDeliver(content []byte) bool {
	return bytes.Contains(content, []byte(manifest.KustomizeGroup+"/v")) || bytes.Contains(content, []byte("\\")) && spelt(content, manifest.KustomizeGroup+"/v")
}

// files are those that count for a folder: its own, and those of every folder that its kustomization.yaml can name. Of one that
// gen would not write so, or of a folder without one, which Flux reads whole, all files below count as well.
func (r *reach) files(dir string) map[string]bool {
	if known, ok := r.read[dir]; ok {
		return known
	}
	found := map[string]bool{}
	r.read[dir] = found // a circle ends here; kustomize refuses it
	plain := false
	for _, name := range r.dirs[dir] {
		found[name] = true
		plain = plain || r.plain[name]
		for _, text := range r.named[name] {
			other := path.Join(dir, text)
			if _, isFile := r.sums[other]; isFile {
				found[other] = true
			} else if r.folders[other] && other != dir && !strings.HasPrefix(dir, other+"/") {
				maps.Copy(found, r.files(other))
			}
		}
	}
	if !plain && r.folders[dir] {
		r.below(dir, found)
	}
	return found
}

// below adds all files below a folder.
func (r *reach) below(dir string, found map[string]bool) {
	for other := range r.dirs {
		if strings.HasPrefix(other, dir+"/") {
			for _, name := range r.dirs[other] {
				found[name] = true
			}
		}
	}
}

// any reports whether a file that counts for a folder is one of these.
func (r *reach) any(dir string, names map[string]bool) bool {
	for name := range r.files(dir) {
		if names[name] {
			return true
		}
	}
	return false
}

// roots are the folders to start from.
func (r *reach) roots() []string {
	names := slices.Sorted(maps.Keys(r.sums))
	return (&manifest.Files{Names: names}).Roots()
}

// holdsVariables reports whether a file has objects that Flux takes variables from, or puts variables into.
func holdsVariables(content []byte) bool {
	for _, kind := range []string{"ConfigMap", "Secret", "FieldExport"} {
		if bytes.Contains(content, []byte(kind)) {
			return true
		}
	}
	return bytes.Count(content, []byte("${")) > bytes.Count(content, []byte("${aws:")) // which are IAM's own
}
