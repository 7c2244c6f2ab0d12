package diff

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"

	"eks-auto-gitops/pkg/layout"
)

// reach finds out which folders of a tree a changed file can change. It takes too many rather than too few: every
// text of a kustomization.yaml that could be a path counts as one.
type reach struct {
	sums    map[string]string
	content map[string][]byte
	changed map[string]bool
	// dirs are the folders that have files, each with the names of its own files.
	dirs map[string][]string
	// folders are those that have a file in them or below them.
	folders map[string]bool
	// closures are the files that kustomize reads for a folder, and answers whether one of them is changed.
	closures map[string]map[string]bool
	answers  map[string]bool
	listed   map[string][]unit
	// unclear is set where a Kustomization can lead to any folder.
	unclear bool
}

// newReach reads those files of a tree that say which others belong together: every kustomization.yaml, and what can
// hold a Kustomization of Flux.
func newReach(source Source, changed map[string]bool) (*reach, error) {
	r := &reach{
		sums: source.Sums, changed: changed, dirs: map[string][]string{}, folders: map[string]bool{},
		closures: map[string]map[string]bool{}, answers: map[string]bool{}, listed: map[string][]unit{},
	}
	var names []string
	for name := range source.Sums {
		r.dirs[path.Dir(name)] = append(r.dirs[path.Dir(name)], name)
		if manifest.IsKustomization(path.Base(name)) || delivers(name) {
			names = append(names, name)
		}
	}
	for dir := range r.dirs {
		addFolders(r.folders, dir)
	}
	var err error
	if r.content, err = source.Read(names); err != nil {
		return nil, fmt.Errorf("read %s: %w", source.Name, err)
	}
	return r, nil
}

// addFolders adds a folder and all that it is in.
func addFolders(folders map[string]bool, dir string) {
	for ; dir != "." && !folders[dir]; dir = path.Dir(dir) {
		folders[dir] = true
	}
}

// delivers tells whether a file is where Kustomizations of Flux are: gen writes them below flux/hub and into a
// cluster's delivery; a user may have more in patches.
func delivers(name string) bool {
	return strings.HasPrefix(name, "flux/hub/") || strings.HasPrefix(name, "patches/") || path.Base(path.Dir(name)) == "delivery"
}

// files are those that kustomize reads for a folder, and the folder's own: a folder without a kustomization.yaml is
// read whole by Flux.
func (r *reach) files(dir string) map[string]bool {
	if known, ok := r.closures[dir]; ok {
		return known
	}
	found := map[string]bool{}
	r.closures[dir] = found // a circle ends here; kustomize refuses it
	whole := true
	for _, name := range r.dirs[dir] {
		found[name] = true
		if !manifest.IsKustomization(path.Base(name)) {
			continue
		}
		whole = false
		for _, text := range paths(r.content[name]) {
			other := path.Join(dir, text)
			if _, isFile := r.sums[other]; isFile {
				found[other] = true
			} else if r.folders[other] && other != dir && !strings.HasPrefix(dir, other+"/") {
				maps.Copy(found, r.files(other))
			}
		}
	}
	if whole && r.folders[dir] {
		r.below(dir, found)
	}
	return found
}

// below adds all files below a folder.
func (r *reach) below(dir string, found map[string]bool) {
	for name := range r.sums {
		if strings.HasPrefix(name, dir+"/") {
			found[name] = true
		}
	}
}

// touched tells whether a changed file is among those of a folder. A file that is only in the other tree is one of that
// tree's, so that the folder is touched there.
func (r *reach) touched(dir string) bool {
	answer, ok := r.answers[dir]
	if ok {
		return answer
	}
	for name := range r.files(dir) {
		answer = answer || r.changed[name]
	}
	r.answers[dir] = answer
	return answer
}

// delivered are the folders that the Kustomizations in some files lead to. Where one has a variable in its path, or is for
// all of the repository, it is unclear what a change reaches.
func (r *reach) delivered(files map[string]bool) []string {
	var dirs []string
	for name := range files {
		if !delivers(name) {
			continue
		}
		for _, value := range r.pathsIn(name) {
			dir := path.Clean(strings.TrimLeft(value, "/"))
			r.unclear = r.unclear || dir == "." || strings.Contains(dir, "$")
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// pathsIn are the values of all fields path in a file; in those of users, who write YAML in other ways than gen and patch a
// path, the values of all fields that could be one.
func (r *reach) pathsIn(name string) []string {
	if strings.HasPrefix(name, "patches/") {
		return pathsOf(r.content[name])
	}
	var values []string
	for line := range bytes.Lines(r.content[name]) {
		if value, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("path:")); ok {
			values = append(values, strings.Trim(string(value), " \"'"))
		}
	}
	return values
}

// A unit is one line of an environment's flux/<environment>/kustomization.yaml: a cluster's delivery or the sources.
type unit struct {
	dir string
	// folders are those that its Kustomizations lead to, and those that these lead to; delivers has those with Kustomizations.
	folders  []string
	delivers map[string]bool
	touched  bool
}

// units are those of an environment. ok is false if its kustomization.yaml does more than list folders.
func (r *reach) units(environment string) (units []unit, ok bool) {
	if known, ok := r.listed[environment]; ok {
		return known, true
	}
	list, ok := resources(r.content[environment+"/kustomization.yaml"])
	if !ok || len(r.dirs[environment]) != 1 {
		return nil, false
	}
	for _, name := range list {
		u := unit{dir: path.Join(environment, name), delivers: map[string]bool{}}
		u.touched = r.touched(u.dir)
		for i := -1; i < len(u.folders); i++ {
			dir := u.dir
			if i >= 0 {
				dir = u.folders[i]
			}
			for _, to := range r.delivered(r.files(dir)) {
				if !slices.Contains(u.folders, to) {
					u.folders = append(u.folders, to)
					u.touched = u.touched || r.touched(to)
				}
				u.delivers[dir] = true
			}
		}
		units = append(units, u)
	}
	r.listed[environment] = units
	return units, true
}

// resources are the lines of a kustomization.yaml of the form that gen writes, which lists folders and nothing else.
func resources(content []byte) ([]string, bool) {
	head, list, ok := strings.Cut(string(content), "\nresources:\n")
	if !ok || head != layout.Marker+"\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization" {
		return nil, false
	}
	var names []string
	for line := range strings.Lines(list) {
		name, isItem := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "- ")
		if !isItem || strings.ContainsAny(name, " :\"'#") {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

// environments are the folders flux/<environment>.
func (r *reach) environments() []string {
	var dirs []string
	for dir := range r.dirs {
		parts := strings.Split(dir, "/")
		if len(parts) == 2 && parts[0] == "flux" && parts[1] != "base" && parts[1] != "hub" {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	return dirs
}
