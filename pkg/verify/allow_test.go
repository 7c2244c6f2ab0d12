package verify_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

// shared are two clusters of which each object in flux/base and in a patch of the user's is built twice.
func shared(t *testing.T, clusters string) []verify.Finding {
	t.Helper()
	const use = "kind: Kustomization\n=====\nkind: Kustomization\ncomponents: [../../../../patches/base/nodes/all]"
	archive := []txtar.File{
		{Name: "edit flux/base/external-dns/release.yaml", Data: []byte("  releaseName:\n=====\n  releaseNam: x\n  releaseName:")},
		{Name: "edit flux/dev/here/nodes/kustomization.yaml", Data: []byte(use)},
		{Name: "edit flux/dev/there/nodes/kustomization.yaml", Data: []byte(use)},
		{Name: "file patches/base/nodes/all/kustomization.yaml", Data: []byte(`apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- path: class.yaml
`)},
		{Name: "file patches/base/nodes/all/class.yaml", Data: []byte(`apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: auto-ebs}
provisionr: x
`)},
		{Name: "file clusters/clusters.yaml", Data: []byte("clusters:\n" + clusters)},
	}
	return found(t, edited(t, goldenTree(t, "accounts-and-regions"), archive), embedded(t), today())
}

// TestAllowShared: what stands in a file that clusters share is of each of them. It is told once, also when one of
// them allows it, and no more when all do.
func TestAllowShared(t *testing.T) {
	const none, one, both = "- {name: here}\n- {name: there}\n",
		"- {name: here} # gen:allow schema known\n- {name: there}\n",
		"- {name: here} # gen:allow schema known\n- {name: there} # gen:allow schema known as well\n"
	for name, c := range map[string]struct {
		clusters         string
		Statement, lines int
	}{"none": {none, 0, 3}, "one": {one, 2, 2}, "both": {both, 4, 0}} {
		findings := shared(t, c.clusters)
		var clusters []string
		allowed := 0
		for _, f := range findings {
			clusters = append(clusters, f.Cluster)
			if f.Allowed != "" {
				allowed++
			}
		}
		slices.Sort(clusters)
		if strings.Join(clusters, " ") != "here here there there" || allowed != c.Statement || verify.HasErrors(findings) != (c.lines > 0) {
			t.Errorf("%s: the findings are %v", name, findings)
		}
		var text strings.Builder
		if err := verify.Text(&text, findings); err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(text.String(), "[schema]"); lines != c.lines {
			t.Errorf("%s: %d findings are told, not %d:\n%s", name, lines, c.lines, &text)
		}
	}
}

// TestSource: the line that is shown is that of the file which is to be changed.
func TestSource(t *testing.T) {
	var lines []string
	for _, f := range shared(t, "[]") {
		lines = append(lines, f.File+": "+f.Source)
	}
	want := []string{
		"flux/base/external-dns/release.yaml:   releaseNam: x", "flux/base/external-dns/release.yaml:   releaseNam: x",
		"patches/base/nodes/all/class.yaml: provisionr: x", "patches/base/nodes/all/class.yaml: provisionr: x",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q", lines)
	}
}

// FuzzAllow: whatever stands in clusters.yaml, there is an answer, and it names a place in the file.
func FuzzAllow(f *testing.F) {
	f.Add("clusters:\n  - name: dev-1 # gen:allow iam because\n")
	f.Add("# gen:allow\nclusters: [{name: a}, # gen:allow flux x\n {name: b}]\nx: |\n  # gen:allow iam y\n")
	f.Add("a: 'gen:'\n---\nclusters: &a [*a] # gen:allow iam z # gen:allow")
	files := fstest.MapFS{}
	crds, err := schema.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content string) {
		files["clusters/clusters.yaml"] = &fstest.MapFile{Data: []byte(content)}
		for _, finding := range found(t, files, crds, today()) {
			if finding.Check == "allow" && (finding.Line < 1 || finding.Column < 1 || !strings.Contains(content, "gen:")) {
				t.Errorf("%v", finding)
			}
		}
	})
}

// TestCluster: a finding is of the cluster in whose folder it is, or whose objects or Kustomization it is about.
func TestCluster(t *testing.T) {
	const component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- path: patch.yaml\n"
	for name, c := range map[string]struct {
		changes []txtar.File
		want    string
	}{
		"a folder of the cluster cannot be built": {[]txtar.File{
			{Name: "file flux/dev/dev-1/nodes/nodes.yaml", Data: []byte("a: [b")},
		}, "dev-1"},
		"a folder that looks like a cluster's cannot": {[]txtar.File{
			{Name: "edit flux/dev/dev-1/nodes/kustomization.yaml", Data: []byte("resources:\n=====\nresources:\n- ../../shared/all")},
			{Name: "file flux/dev/shared/all/kustomization.yaml", Data: []byte("resources: [nothing.yaml]")},
		}, ""},
		"the object is in the cluster's namespace on the hub, the patch elsewhere": {[]txtar.File{
			{Name: "edit flux/dev/dev-1/delivery/kustomization.yaml", Data: []byte("resources:\n=====\ncomponents: [../../../../patches/shared]\nresources:")},
			{Name: "file patches/shared/kustomization.yaml", Data: []byte(component)},
			{Name: "file patches/shared/patch.yaml", Data: []byte("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: flux, namespace: dev-1}\nsecret: []\n")},
		}, "dev-1"},
		"a Kustomization of the cluster applies a folder that is not": {[]txtar.File{
			{Name: "edit flux/dev/dev-1/delivery/chain.yaml", Data: []byte("path: ./flux/dev/dev-1/nodes\n=====\npath: ./flux/base/nodes")},
			{Name: "file flux/base/nodes/kustomization.yaml", Data: []byte("resources: [../../dev/dev-1/nodes, account.yaml]")},
			{Name: "file flux/base/nodes/account.yaml", Data: []byte("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: default}\nsecret: []\n")},
		}, "dev-1"},
		"the hub's": {[]txtar.File{
			{Name: "edit flux/hub/dev/fleet.yaml", Data: []byte("interval: 10m\n=====\ninterval: 10s")},
		}, ""},
	} {
		findings := found(t, edited(t, goldenTree(t, "shortest"), c.changes), embedded(t), today())
		if len(findings) != 1 || findings[0].Cluster != c.want {
			t.Errorf("%s: the cluster is not %q: %q of %v", name, c.want, findings[0].Cluster, findings)
		}
	}
}
