package generate_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
)

// generated makes the files of a clusters.yaml.
func generated(t *testing.T, source string) map[string][]byte {
	t.Helper()
	fleet, problems := config.Load(layout.ClustersFile, []byte(source))
	if problems.HasErrors() {
		var text strings.Builder
		_ = problems.Print(&text)
		t.Fatalf("%s\n%s", &text, source)
	}
	tree, err := generate.Tree(fleet, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return golden.Files(tree)
}

// same compares the files that both have, and those that only one has, below the prefixes.
func same(t *testing.T, before, after map[string][]byte, prefixes ...string) {
	t.Helper()
	all := maps.Clone(after)
	maps.Copy(all, before)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		below := slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
		if below && !bytes.Equal(before[path], after[path]) {
			t.Errorf("%s is different:\n%s\n---\n%s", path, before[path], after[path])
		}
	}
}

// TestSameInputSameBytes: neither a second run nor the order of clusters and environments changes a byte.
func TestSameInputSameBytes(t *testing.T) {
	for _, c := range golden.WithShipped(t) {
		t.Run(c.Name, func(t *testing.T) {
			source := string(c.Source(t))
			first := generated(t, source)
			same(t, first, generated(t, source), "")
			same(t, first, generated(t, reversed(t, source)), "")
		})
	}
}

// reversed turns the lists of clusters and of environments round.
func reversed(t *testing.T, source string) string {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(source), &document); err != nil {
		t.Fatal(err)
	}
	root := document.Content[0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		if key := root.Content[i].Value; key == "clusters" || key == "environments" {
			slices.Reverse(root.Content[i+1].Content)
		}
	}
	text, err := yaml.Marshal(&document)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const twoClusters = `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
defaults: {version: "1.36", region: eu-west-2}
environments:
  - {name: dev, branch: dev, accountID: "111122223333"}
  - {name: prod, branch: main, accountID: "444455556666"}
clusters:
  - {name: dev-1, environment: dev, network: {cidr: 10.10.0.0/16, zones: [eu-west-2b, eu-west-2c], nat: perZone, endpoints: [sts, s3]}}
  - {name: prod-1, environment: prod, network: {cidr: 10.20.0.0/16}}
`

// TestAddingAZone: the subnets of other zones keep every byte wherever the new zone is listed, and so does
// every other cluster. Listed behind the first, it also moves no gateway and no route; only VPC endpoints reach
// into every zone.
func TestAddingAZone(t *testing.T) {
	for _, nat := range []string{"perZone", "single", "none"} {
		t.Run(nat, func(t *testing.T) {
			source := strings.Replace(twoClusters, "perZone", nat, 1)
			before := generated(t, source)
			for _, zones := range []string{"[eu-west-2a, eu-west-2b, eu-west-2c]", "[eu-west-2b, eu-west-2c, eu-west-2f]", "[eu-west-2b, eu-west-2a, eu-west-2c]"} {
				after := generated(t, strings.Replace(source, "[eu-west-2b, eu-west-2c]", zones, 1))
				same(t, before, after, "clusters/prod/", "flux/", "clusters/dev/dev-1/access", "clusters/dev/dev-1/foundation/cluster.yaml")
				network := func(files map[string][]byte) []object {
					return append(decode(t, files["clusters/dev/dev-1/network/network.yaml"]), decode(t, files["clusters/dev/dev-1/foundation/network.yaml"])...)
				}
				now := map[string]object{}
				for _, o := range network(after) {
					now[o.id()] = o
				}
				for _, o := range network(before) {
					behind := strings.HasPrefix(zones, "[eu-west-2b") && o.GetKind() != "VPCEndpoint"
					if o.GetKind() != "Subnet" && !behind {
						continue
					}
					if was, is := mustJSON(t, o), mustJSON(t, now[o.id()]); was != is {
						t.Errorf("zones %s: %s is different:\n%s%s", zones, o.id(), was, is)
					}
				}
			}
		})
	}
}

func mustJSON(t *testing.T, o object) string {
	t.Helper()
	raw, err := o.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestAddingACluster: no file of another cluster changes, in its own environment or another.
func TestAddingACluster(t *testing.T) {
	before := generated(t, twoClusters)
	for _, environment := range []string{"dev", "prod"} {
		for _, name := range []string{"a-new-one", "z-new-one"} {
			after := generated(t, twoClusters+"  - {name: "+name+", environment: "+environment+", accountID: '777788889999', network: {cidr: 10.30.0.0/16}}\n")
			same(t, before, after, "clusters/dev/dev-1/", "clusters/prod/prod-1/", "flux/dev/dev-1/", "flux/prod/prod-1/", "flux/base/")
			if len(after) <= len(before) {
				t.Errorf("cluster %s has no files", name)
			}
		}
	}
}

// TestFiles: what every generated file looks like.
func TestFiles(t *testing.T) {
	for _, made := range trees(t) {
		for path, content := range golden.Files(made.tree) {
			text := string(content)
			switch {
			case !strings.HasPrefix(text, layout.Marker+"\n"):
				t.Errorf("%s: %s does not start with the marker", made.Name, path)
			case !strings.HasSuffix(text, "\n") || strings.HasSuffix(text, "\n\n"):
				t.Errorf("%s: %s does not end in one newline", made.Name, path)
			case strings.ContainsAny(text, "\r\t"):
				t.Errorf("%s: %s has a carriage return or a tab", made.Name, path)
			case strings.Contains(text, " \n"):
				t.Errorf("%s: %s has spaces at the end of a line", made.Name, path)
			}
		}
	}
}

// TestObjects: nothing that a controller writes is in Git, and whatever Flux could take for a variable is
// either one of ours or kept from it.
func TestObjects(t *testing.T) {
	for _, made := range trees(t) {
		substituted := map[string]bool{}
		for _, k := range made.chain() {
			if len(k.list("spec", "postBuild", "substituteFrom")) > 0 {
				substituted[pathOf(k)] = true
			}
		}
		for dir, objects := range made.objects {
			for _, o := range objects {
				walk(o.Object, nil, func(keys []string, _ any) {
					if path := strings.Join(keys, "."); path == "status" || strings.HasSuffix(path, "metadata.creationTimestamp") {
						t.Errorf("%s: %s: %s has %s", made.Name, dir, o.id(), path)
					}
				})
				guarded := o.GetAnnotations()["kustomize.toolkit.fluxcd.io/substitute"] == "disabled"
				has := strings.Contains(mustJSON(t, o), "${")
				if !substituted[dir] && guarded != has {
					t.Errorf("%s: %s: %s has variables: %t, is kept from substitution: %t", made.Name, dir, o.id(), has, guarded)
				}
				if substituted[dir] {
					checkVariables(t, o, guarded)
				}
			}
		}
	}
}

// checkVariables: in a stage with substitution only the issuer is a variable; IAM's own are escaped.
func checkVariables(t *testing.T, o object, guarded bool) {
	t.Helper()
	if guarded {
		t.Errorf("%s is kept from the substitution that it needs", o.id())
	}
	rest := strings.ReplaceAll(mustJSON(t, o), "$${", "")
	for _, known := range []string{"${OIDC_ISSUER}", "${OIDC_ISSUER#https://}", "${KMS_KEY_ARN}"} {
		rest = strings.ReplaceAll(rest, known, "")
	}
	if strings.Contains(rest, "${") {
		t.Errorf("%s has a variable that nobody sets: %s", o.id(), rest)
	}
}

// TestOwners: no two clusters of a fleet write DNS records as the same owner, or one deletes the other's.
func TestOwners(t *testing.T) {
	count := 0
	for _, made := range trees(t) {
		owners := map[string]string{}
		for _, o := range made.applied() {
			owner := o.at("spec", "values", "txtOwnerId")
			if owner == "" {
				continue
			}
			count++
			if other := owners[owner]; other != "" {
				t.Errorf("%s: %s and %s are both owner %s", made.Name, other, o.cluster, owner)
			}
			owners[owner] = o.cluster
		}
	}
	if count == 0 {
		t.Error("no golden tree has ExternalDNS")
	}
}

// TestAccessEntryNames: ACK takes a changed principal for a new entry and forgets the old one, so the name
// follows the principal.
func TestAccessEntryNames(t *testing.T) {
	for _, made := range trees(t) {
		for _, o := range made.applied() {
			if o.GetKind() != "AccessEntry" {
				continue
			}
			sum := sha256.Sum256([]byte(o.at("spec", "principalARN")))
			if want := hex.EncodeToString(sum[:4]); !strings.HasSuffix(o.GetName(), "-"+want) {
				t.Errorf("%s: %s does not end in %s, the hash of its principal", made.Name, o.id(), want)
			}
		}
	}
}
