package flux_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
)

// TestAliasIsNoName: source-watcher unpacks sources and puts artifacts together in one folder, by alias and by name, so no cluster may be
// called like an alias.
func TestAliasIsNoName(t *testing.T) {
	generator := flux.ArtifactGenerator(&config.Environment{Name: "dev"})
	if len(generator.Spec.Sources) != 1 {
		t.Fatalf("%d sources", len(generator.Spec.Sources))
	}
	alias := generator.Spec.Sources[0].Alias
	if !strings.Contains(alias, "_") { // which a DNS label has not
		t.Errorf("a cluster can have the name %q", alias)
	}
	for _, out := range generator.Spec.OutputArtifacts {
		for _, c := range out.Copy {
			if !strings.HasPrefix(c.From, "@"+alias+"/") {
				t.Errorf("%s copies from no source", c.From)
			}
		}
	}
	if want := "@" + alias + "/flux/dev/{cluster}/delivery"; generator.Spec.PathPattern != want {
		t.Errorf("the pattern is %s", generator.Spec.PathPattern)
	}
}
