package verify_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
)

// TestExamples: node pools such as the documentation of EKS Auto Mode has are accepted, and such as that of Karpenter on
// EC2 has are refused, by the check that the first line names.
func TestExamples(t *testing.T) {
	crds := embedded(t)
	var tree fstest.MapFS
	for _, c := range golden.Cases(t) {
		if c.Name == "patches" {
			tree = filesOf(t, c)
		}
	}
	want := regexp.MustCompile(`^# want (\[[a-z-]+\])`)
	for dir, atLeast := range map[string]int{"accepted": 8, "refused": 8} {
		files, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "verify", "examples", dir, "*.yaml"))
		if err != nil || len(files) < atLeast {
			t.Fatalf("there are only %d examples that are %s: %v", len(files), dir, err)
		}
		for _, file := range files {
			t.Run(dir+"/"+filepath.Base(file), func(t *testing.T) {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				changed := maps.Clone(tree)
				delete(changed, "patches/dev/dev-1/nodes/pool.yaml") // nothing names it any more
				changed["patches/dev/dev-1/nodes/example.yaml"] = &fstest.MapFile{Data: content}
				changed["patches/dev/dev-1/nodes/kustomization.yaml"] = &fstest.MapFile{
					Data: []byte("apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [example.yaml]\n"),
				}
				said := told(t, changed, crds)
				switch match := want.FindSubmatch(content); {
				case dir == "accepted" && said != "":
					t.Error(said)
				case dir == "refused" && match == nil:
					t.Error("the first line must be: # want [CHECK]: what is wrong")
				case dir == "refused" && !strings.Contains(said, string(match[1])):
					t.Errorf("it is not refused by %s:\n%s", match[1], said)
				}
			})
		}
	}
}
