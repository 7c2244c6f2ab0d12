package catalog_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/validation"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/templates"
)

// TestComplete names what was forgotten when a component was added.
func TestComplete(t *testing.T) {
	for _, fault := range incomplete(t, catalog.All()) {
		t.Error(fault)
	}
}

// incomplete says what is missing, each in a sentence that tells what to do.
func incomplete(t *testing.T, all []component.Component) []string {
	t.Helper()
	root := golden.Root(t)
	var faults, names []string
	for _, c := range all {
		faults = append(faults, ofComponent(root, c, names)...)
		names = append(names, c.Name)
	}
	for _, dir := range folders(t, os.DirFS(filepath.Join(root, "pkg", "component"))) {
		if !slices.ContainsFunc(names, func(name string) bool { return folder(name) == dir }) {
			faults = append(faults, "pkg/component/"+dir+" is in no line of the catalog: add it to All in pkg/catalog/catalog.go")
		}
	}
	for _, dir := range folders(t, templates.Files) {
		if !slices.ContainsFunc(names, func(name string) bool { return folder(name) == dir }) {
			faults = append(faults, "templates/"+dir+" belongs to no component: rename it to a component without hyphens, or delete it")
		}
	}
	return append(faults, notShown(t, names)...)
}

// folder is the name of a component's folder and Go package.
func folder(name string) string { return strings.ReplaceAll(name, "-", "") }

// ofComponent checks one component; before are the names of those that stand before it.
func ofComponent(root string, c component.Component, before []string) []string {
	var faults []string
	name := "component " + c.Name
	if len(validation.IsDNS1123Label(c.Name)) > 0 {
		faults = append(faults, "component "+c.Name+" has no DNS label as its name: use small letters, digits and hyphens, because files and objects carry it")
	}
	if slices.Contains(before, c.Name) {
		faults = append(faults, name+" is in the catalog twice: remove one line")
	}
	if c.Doc == "" || strings.HasSuffix(c.Doc, ".") {
		faults = append(faults, name+" has no Doc, or one with a full stop: say in a few words what a cluster gains")
	}
	if c.AWS == nil && c.Workloads == nil {
		faults = append(faults, name+" makes nothing: set AWS or Workloads")
	}
	for _, need := range c.Needs {
		if !slices.Contains(before, need) {
			faults = append(faults, name+" needs "+need+", which does not stand before it: move it up in pkg/catalog/catalog.go, or mend Needs")
		}
	}
	if info, err := os.Stat(filepath.Join(root, "pkg", "component", folder(c.Name))); err != nil || !info.IsDir() {
		faults = append(faults, name+" has no folder pkg/component/"+folder(c.Name)+": put its code there, so that it is found by its name")
	}
	release, source := folder(c.Name)+"/release.yaml", folder(c.Name)+"/source.yaml"
	if exists(templates.Files, release) != exists(templates.Files, source) {
		faults = append(faults, name+" has only one of templates/"+release+" and templates/"+source+": add the other")
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	row := "| `" + c.Name + "` | " + c.Doc + " |"
	if !errors.Is(err, fs.ErrNotExist) && !strings.Contains(string(readme), row) {
		faults = append(faults, name+" is not in the README: add the row "+row)
	}
	return faults
}

// notShown lists components that no golden case switches on. A component that is on writes a file or a folder
// that is called like it, in some cluster's stage.
func notShown(t *testing.T, names []string) []string {
	t.Helper()
	shown := map[string]bool{}
	for _, c := range golden.Cases(t) {
		for _, path := range c.Tree(t).Paths() {
			// clusters/<environment>/<cluster>/<stage>/<component>… and the same below flux.
			if parts := strings.Split(path, "/"); len(parts) >= 5 && parts[3] != "delivery" && parts[1] != "base" {
				shown[strings.TrimSuffix(parts[4], ".yaml")] = true
			}
		}
	}
	var faults []string
	for _, name := range names {
		if !shown[name] {
			faults = append(faults, "component "+name+" is in no golden case: switch it on in a testdata/golden/<case>/clusters.yaml")
		}
	}
	return faults
}

func folders(t *testing.T, in fs.FS) []string {
	t.Helper()
	entries, err := fs.ReadDir(in, ".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

func exists(in fs.FS, name string) bool {
	_, err := fs.Stat(in, name)
	return err == nil
}

// TestForgettingIsFound breaks the catalog in every way that people forget; otherwise the test above proves
// nothing.
func TestForgettingIsFound(t *testing.T) {
	for want, change := range map[string]func([]component.Component) []component.Component{
		"pkg/component/podinfo is in no line of the catalog":   func(all []component.Component) []component.Component { return all[:len(all)-1] },
		"templates/podinfo belongs to no component":            func(all []component.Component) []component.Component { return all[:len(all)-1] },
		"component cluster needs network, which does not":      func(all []component.Component) []component.Component { return all[1:] },
		"component podinfo is in the catalog twice":            func(all []component.Component) []component.Component { return append(all, all[len(all)-1]) },
		"component new-one has no folder pkg/component/newone": added(component.Component{Name: "new-one"}),
		"component new-one is in no golden case":               added(component.Component{Name: "new-one"}),
		"component new-one is not in the README":               added(component.Component{Name: "new-one"}),
		"component new-one has no Doc":                         added(component.Component{Name: "new-one"}),
		"component new-one makes nothing":                      added(component.Component{Name: "new-one"}),
		"component New_One has no DNS label":                   added(component.Component{Name: "New_One"}),
	} {
		t.Run(want, func(t *testing.T) {
			faults := incomplete(t, change(catalog.All()))
			if !slices.ContainsFunc(faults, func(fault string) bool { return strings.Contains(fault, want) }) {
				t.Errorf("found %q", faults)
			}
		})
	}
}

func added(c component.Component) func([]component.Component) []component.Component {
	return func(all []component.Component) []component.Component { return append(all, c) }
}
