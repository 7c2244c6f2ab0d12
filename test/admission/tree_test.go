package admission

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
)

// tree is the generated tree of a golden case, as kustomize builds it: objects by folder.
type tree struct {
	name    string
	fleet   *config.Fleet
	folders map[string][]object
}

func treesOf(t *testing.T) []tree {
	t.Helper()
	var all []tree
	for _, c := range golden.WithShipped(t) {
		all = append(all, build(t, c))
	}
	return all
}

func treeOf(t *testing.T, name string) tree {
	t.Helper()
	for _, c := range golden.WithShipped(t) {
		if c.Name == name {
			return build(t, c)
		}
	}
	t.Fatalf("there is no golden case %s", name)
	return tree{}
}

func build(t *testing.T, c golden.Case) tree {
	t.Helper()
	made := tree{name: c.Name, fleet: c.Fleet(t), folders: map[string][]object{}}
	for folder, text := range c.Build(t, c.Tree(t)) {
		made.folders[folder] = decode(t, string(text))
	}
	return made
}

// delivery is a folder that Flux applies on the hub, and the account that it acts as.
type delivery struct {
	account string
	objects []object
}

// deliveries are those of an environment in the order in which they come: the root, then the stages of all clusters. What
// Flux applies in a cluster is left out.
func (tr tree) deliveries(environment string) []delivery {
	root := namespacesFirst(tr.folders["flux/"+environment])
	all := []delivery{{account: "fleet-" + environment + ":flux", objects: root}}
	for _, k := range root {
		path, _, _ := unstructured.NestedString(k.Object, "spec", "path")
		account, _, _ := unstructured.NestedString(k.Object, "spec", "serviceAccountName")
		if k.GetKind() == "Kustomization" && account != "" {
			all = append(all, delivery{account: k.GetNamespace() + ":" + account, objects: tr.folders[strings.TrimPrefix(path, "./")]})
		}
	}
	return all
}

// namespacesFirst is the order in which Flux applies what is in one Kustomization.
func namespacesFirst(objects []object) []object {
	sorted := slices.Clone(objects)
	slices.SortStableFunc(sorted, func(a, b object) int {
		rank := func(o object) int {
			if o.GetKind() == "Namespace" {
				return 0
			}
			return 1
		}
		return rank(a) - rank(b)
	})
	return sorted
}

// hub is a hub to which all environments have delivered everything.
func (tr tree) hub(t *testing.T) *hub {
	t.Helper()
	objects := slices.Clone(tr.folders["flux/hub"])
	for _, env := range tr.fleet.Environments {
		for _, d := range tr.deliveries(env.Name) {
			objects = append(objects, d.objects...)
		}
	}
	return newHub(t, append(objects, decode(t, hubsOwn)...))
}

// hubsOwn is what the hub's owner has there besides: Flux, which may do everything, and ACK.
const hubsOwn = `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: hub}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
- {kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}
- {kind: ServiceAccount, name: ack, namespace: ack-system}
- {kind: ServiceAccount, name: service-account-controller, namespace: kube-system}
- {kind: ServiceAccount, name: operator, namespace: external-secrets}
---
apiVersion: v1
kind: Namespace
metadata: {name: flux-system}
---
apiVersion: v1
kind: Namespace
metadata: {name: external-secrets}
`

// decode reads YAML documents; a key that stands twice is an error.
func decode(t *testing.T, text string) []object {
	t.Helper()
	var objects []object
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader([]byte(text))))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects
		}
		if err != nil {
			t.Fatal(err)
		}
		raw, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		if string(bytes.TrimSpace(raw)) == "null" {
			continue
		}
		var o object
		if err := o.UnmarshalJSON(raw); err != nil {
			t.Fatal(fmt.Errorf("%w\n%s", err, document))
		}
		objects = append(objects, o)
	}
}
