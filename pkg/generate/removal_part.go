package generate

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
	"eks-auto-gitops/pkg/teardown"
)

// CheckParts refuses to remove a release or an add-on from a cluster together with what it needs to be uninstalled, unless
// allowed names it as CLUSTER/NAME. A cluster that retires, or is gone, has an order of its own. Only clusters are read for which
// gen changes or removes a file, as touched says. The error is that of reading.
func CheckParts(repository fs.FS, fleet *config.Fleet, tree *layout.Tree, delivered []Delivered, touched func(Delivered) bool, allowed []string) (diag.List, error) {
	var problems diag.List
	clusters := byName(fleet)
	after := sync.OnceValue(func() contents { return contentsOf(tree) })
	for _, d := range delivered {
		c := clusters[d.id()]
		if c == nil || d.State == config.StateRetiring || c.State == config.StateRetiring || !touched(d) {
			continue
		}
		after := after()
		before, changed, err := delivers(repository, after, d)
		if err != nil {
			return nil, fmt.Errorf("read cluster %s: %w", d.Name, err)
		}
		if !changed {
			continue
		}
		for _, f := range teardown.Find(objectsOf(before, d), objectsOf(after, d)) {
			if !slices.Contains(allowed, d.Name+"/"+f.Name) {
				problems = append(problems, refusePart(c, f))
			}
		}
	}
	return problems, nil
}

func refusePart(c *config.Cluster, f teardown.Finding) diag.Problem {
	return diag.Problem{
		File: layout.ClustersFile, Line: c.Line, Column: c.Column, Path: "clusters[" + c.Name + "]",
		Message: f.Message,
		Hint:    fmt.Sprintf("%s; or run gen clusters --allow-destroy %s/%s to let it happen", f.Before, c.Name, f.Name),
	}
}

// contents are files by their folder, and then by their path; and the folders that are in a folder.
type contents struct {
	files   map[string]map[string][]byte
	folders map[string][]string
}

func newContents() contents { return contents{map[string]map[string][]byte{}, map[string][]string{}} }

func (c contents) add(file string, content []byte) {
	dir := path.Dir(file)
	if c.files[dir] == nil {
		c.files[dir] = map[string][]byte{}
		c.folders[path.Dir(dir)] = append(c.folders[path.Dir(dir)], dir)
	}
	c.files[dir][file] = content
}

func contentsOf(tree *layout.Tree) contents {
	all := newContents()
	for _, file := range tree.Paths() {
		content, _ := tree.Get(file)
		all.add(file, content)
	}
	return all
}

// stages are the stages of a cluster, by their folders.
func (d Delivered) stages() map[string]component.Stage {
	folders := map[string]component.Stage{layout.DeliveryDir(d.Environment, d.Name): ""}
	c := &config.Cluster{Name: d.Name, Environment: d.Environment}
	for _, stage := range component.Stages() {
		folders[layout.StageDir(c, stage)] = stage
	}
	for own, stage := range map[component.Stage]component.Stage{component.OwnAddons: component.Addons, component.OwnApps: component.Apps} {
		folders[layout.StageDir(c, own)] = stage // the same order, by another Flux
	}
	return folders
}

// delivers reads what gen has made for a cluster before, and reports whether any of it is another now.
func delivers(repository fs.FS, after contents, d Delivered) (before contents, changed bool, err error) {
	before = newContents()
	for dir := range d.stages() {
		files, err := fs.Glob(repository, dir+"/*.yaml")
		if err != nil {
			return before, false, fmt.Errorf("look for files: %w", err)
		}
		overlays, err := fs.Glob(repository, dir+"/*/kustomization.yaml")
		if err != nil {
			return before, false, fmt.Errorf("look for folders: %w", err)
		}
		for _, overlay := range overlays {
			files = append(files, overlay, layout.BaseRelease(path.Base(path.Dir(overlay))))
		}
		for _, file := range files {
			content, err := readfile.Read(repository, file)
			if _, faulty := readfile.Problem(err); faulty || errors.Is(err, fs.ErrNotExist) {
				continue // the plan finds a link where a file of gen's should be
			}
			if err != nil {
				return before, false, fmt.Errorf("%s: %w", file, err)
			}
			if !strings.HasPrefix(string(content), layout.Marker) {
				continue
			}
			before.add(file, content)
			changed = changed || !bytes.Equal(content, after.files[path.Dir(file)][file])
		}
	}
	return before, changed, nil
}

// objectsOf reads the objects of a cluster. Of a release that changes a base, the base says what it is called and where it
// goes. What cannot be read is none of gen's.
func objectsOf(files contents, d Delivered) teardown.Objects {
	var all teardown.Objects
	for dir, stage := range d.stages() {
		for file, content := range files.files[dir] {
			if path.Base(file) != "kustomization.yaml" {
				all = append(all, documents(content, stage)...)
			}
		}
		for _, overlay := range files.folders[dir] {
			base := layout.BaseRelease(path.Base(overlay))
			all = append(all, documents(files.files[path.Dir(base)][base], stage)...)
		}
	}
	slices.SortFunc(all, func(a, b teardown.Object) int { return strings.Compare(a.Name(), b.Name()) })
	return all
}

func documents(content []byte, stage component.Stage) teardown.Objects {
	var all teardown.Objects
	for document := range bytes.SplitSeq(content, []byte("\n---\n")) {
		var object map[string]any
		if err := yaml.Unmarshal(document, &object); err == nil && object != nil {
			all = append(all, teardown.Object{Stage: string(stage), Content: object})
		}
	}
	return all
}
