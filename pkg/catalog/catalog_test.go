package catalog_test

import (
	"fmt"
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
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/templates"
)

// TestComplete names what was forgotten when a component was added.
func TestComplete(t *testing.T) {
	for _, fault := range incomplete(t, config.AllComponents(), catalog.All()) {
		t.Error(fault)
	}
}

// incomplete says what is missing, each in a sentence that tells what to do.
func incomplete(t *testing.T, table []config.Component, all []component.Component) []string {
	t.Helper()
	root := golden.Root(t)
	var faults, names, made []string
	for _, row := range table {
		faults = append(faults, ofRow(root, row, names)...)
		names = append(names, row.Name)
	}
	for _, c := range all {
		made = append(made, c.Name)
		if c.AWS == nil && c.Workloads == nil {
			faults = append(faults, "component "+c.Name+" makes nothing: set AWS or Workloads")
		}
	}
	if !slices.Equal(made, names) {
		faults = append(faults, fmt.Sprintf("the catalog has %q, the table of components %q: give All in pkg/catalog/catalog.go and pkg/config/component_table.go the same ones in the same order", made, names))
	}
	for _, dir := range folders(t, os.DirFS(filepath.Join(root, "pkg", "component"))) {
		if !slices.ContainsFunc(names, func(name string) bool { return templates.Folder(name) == dir }) {
			faults = append(faults, "pkg/component/"+dir+" has no row in the table: add it to AllComponents in pkg/config/component_table.go")
		}
	}
	for _, dir := range folders(t, templates.Files) {
		if !slices.ContainsFunc(table, func(row config.Component) bool { return row.Chart != nil && templates.Folder(row.Name) == dir }) {
			faults = append(faults, "templates/"+dir+" belongs to no component with a chart: rename it to one without hyphens, or delete it")
		}
	}
	return append(faults, notShown(t, names)...)
}

// ofRow checks one row of the table; before are the names of those that stand before it.
func ofRow(root string, row config.Component, before []string) []string {
	var faults []string
	name, folder := "component "+row.Name, templates.Folder(row.Name)
	if len(validation.IsDNS1123Label(row.Name)) > 0 {
		faults = append(faults, name+" has no DNS label as its name: use small letters, digits and hyphens, because files and objects carry it")
	}
	if slices.Contains(before, row.Name) {
		faults = append(faults, name+" is in the table twice: remove one row")
	}
	if row.Doc == "" || strings.HasSuffix(row.Doc, ".") {
		faults = append(faults, name+" has no Doc, or one with a full stop: say in a few words what a cluster gains")
	}
	for _, need := range row.Needs {
		if !slices.Contains(before, need) {
			faults = append(faults, name+" needs "+need+", which does not stand before it: move it up in pkg/config/component_table.go, or mend Needs")
		}
	}
	if info, err := os.Stat(filepath.Join(root, "pkg", "component", folder)); err != nil || !info.IsDir() {
		faults = append(faults, name+" has no folder pkg/component/"+folder+": put its code there, so that it is found by its name")
	}
	for _, file := range []string{folder + "/release.yaml", folder + "/source.yaml"} {
		if row.Chart != nil && !exists(templates.Files, file) {
			faults = append(faults, name+" has a chart, but no templates/"+file+": add it")
		}
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

// TestForgettingIsFound breaks the table and the catalog in every way that people forget; otherwise the test above proves nothing.
func TestForgettingIsFound(t *testing.T) {
	table, all := config.AllComponents(), catalog.All()
	last := len(table) - 1
	newOne := append(slices.Clone(table), config.Component{Name: "new-one", Chart: &config.ComponentChart{}})
	for want, broken := range map[string]struct {
		table []config.Component
		all   []component.Component
	}{
		"pkg/component/podinfo has no row in the table": {table[:last], all},
		"templates/podinfo belongs to no component":     {table[:last], all},
		"the catalog has": {table, all[:last]},
		"component cluster needs network, which does not":      {table[1:], all[1:]},
		"component podinfo is in the table twice":              {append(slices.Clone(table), table[last]), all},
		"component new-one has no folder pkg/component/newone": {newOne, all},
		"component new-one is in no golden case":               {newOne, all},
		"component new-one has a chart, but no templates/":     {newOne, all},
		"component new-one has no Doc":                         {newOne, all},
		"component new-one makes nothing":                      {table, append(slices.Clone(all), component.Component{Name: "new-one"})},
		"component New_One has no DNS label":                   {append(slices.Clone(table), config.Component{Name: "New_One"}), all},
	} {
		t.Run(want, func(t *testing.T) {
			faults := incomplete(t, broken.table, broken.all)
			if !slices.ContainsFunc(faults, func(fault string) bool { return strings.Contains(fault, want) }) {
				t.Errorf("found %q", faults)
			}
		})
	}
}
