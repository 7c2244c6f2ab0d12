package verify

import (
	"os"
	"path"
	"testing"

	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// TestNothingIsLocatedInVain: where nothing is wrong, no file is read a second time for the place of a fault. In a
// fleet of a thousand clusters that costs more than all checks together.
func TestNothingIsLocatedInVain(t *testing.T) {
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"every-field", "irsa", "eks-addons", "releases"} {
		tree, err := manifest.Load(os.DirFS("../../testdata/golden/"+name+"/want"), crds)
		if err != nil {
			t.Fatal(err)
		}
		if len(tree.Builds) == 0 {
			t.Fatalf("%s: nothing was built", name)
		}
		Run(tree, Checks())
		for _, file := range tree.Files.Reparsed() {
			if !manifest.IsKustomization(path.Base(file)) && file != layout.ClustersFile {
				t.Errorf("%s: %s was read again", name, file)
			}
		}
	}
}
