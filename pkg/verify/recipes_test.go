package verify_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
)

// fleetOfRecipes is what a recipe is put into.
const fleetOfRecipes = `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2, admins: ["arn:aws:iam::111122223333:role/human-ops"]}
clusters:
  - name: dev-1
    environment: dev
    version: "1.36"
    network: {cidr: 10.10.0.0/16}
`

// recipes are the blocks of docs/recipes.md, by their headings.
func recipes(t *testing.T) map[string]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "recipes.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, section := range strings.Split(string(content), "\n## ")[1:] {
		heading, text, _ := strings.Cut(section, "\n")
		blocks := regexp.MustCompile("(?s)```yaml\n(releases:\n.*?)```").FindAllStringSubmatch(text, -1)
		if len(blocks) != 1 {
			t.Fatalf("%s has %d entries of releases, want one", heading, len(blocks))
		}
		found[heading] = blocks[0][1]
	}
	return found
}

// TestRecipes: every recipe is taken as it is, with each kind of identity, and nothing is wrong with what it gives.
func TestRecipes(t *testing.T) {
	crds, all := embedded(t), recipes(t)
	for _, name := range []string{
		"cert-manager", "external-secrets", "kube-prometheus-stack", "ingress-nginx", "keda", "argo-rollouts", "loki", "A chart in private ECR",
	} {
		if all[name] == "" {
			t.Errorf("there is no recipe for %s", name)
		}
	}
	together := "releases:\n"
	for name, block := range all {
		together += strings.TrimPrefix(block, "releases:\n")
		for _, identity := range []string{"podIdentity", "irsa"} {
			t.Run(name+"/"+identity, func(t *testing.T) {
				files := fleetFiles(t, "    identity: "+identity+"\n"+indented(block))
				if text := told(t, files, crds); text != "" {
					t.Error(text)
				}
				if !slices.ContainsFunc(paths(files), func(p string) bool { return p == "flux/dev/dev-1/addons/releases.yaml" }) {
					t.Error("it gives no release")
				}
			})
		}
	}
	if text := told(t, fleetFiles(t, indented(together)), crds); text != "" {
		t.Errorf("all of them in one cluster: %s", text)
	}
}

// indented is a block as part of a cluster.
func indented(block string) string {
	return regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(block, "    $1")
}

// fleetFiles are clusters.yaml, with more for its cluster, and all that it gives.
func fleetFiles(t *testing.T, cluster string) fstest.MapFS {
	t.Helper()
	source := fleetOfRecipes + cluster
	fleet, problems := config.Load("clusters/clusters.yaml", []byte(source))
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, source)
	}
	tree, err := generate.Tree(fleet, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"clusters/clusters.yaml": {Data: []byte(source)}}
	for _, path := range tree.Paths() {
		content, _ := tree.Get(path)
		files[path] = &fstest.MapFile{Data: content}
	}
	return files
}

func paths(files fstest.MapFS) []string {
	var all []string
	for path := range files {
		all = append(all, path)
	}
	return all
}
