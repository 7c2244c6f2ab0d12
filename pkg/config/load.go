package config

import (
	"reflect"

	"eks-auto-gitops/pkg/diag"
)

// Load reads clusters.yaml. It returns every fault at once, sorted, with the name file before
// each; the Fleet is nil if one of them is an error. The clusters of the Fleet are sorted by
// name, with every setting resolved: defaults, then the environment, then the cluster, then
// what gen fills in (default.go).
//
// The steps: bytes to nodes (parse.go), nodes against the types (structure.go), inheritance
// (resolve.go, merge.go), what was left out (default.go), meaning (validate.go).
func Load(file string, src []byte) (*Fleet, diag.List) { return loadFleet(file, src, false) }

// LoadForHub is Load for those who make the hub: its OIDC issuer, which nobody knows before, may be missing.
func LoadForHub(file string, src []byte) (*Fleet, diag.List) { return loadFleet(file, src, true) }

func loadFleet(file string, src []byte, hubToCome bool) (*Fleet, diag.List) {
	root, problems := parse(file, src)
	if root == nil {
		return nil, problems
	}
	t := newTree(file, root)
	t.structure(root, reflect.TypeFor[Fleet](), false)
	r, err := t.resolve(root)
	if err != nil {
		t.fault(t.places[root], err.Error(), "this is a bug in gen; please report it with the file")
		return nil, t.problems.Sort()
	}
	fillFleet(r.fleet)
	for _, c := range r.clusters {
		fill(c.Cluster, c.has)
	}
	for _, c := range r.idle {
		fill(c.Cluster, c.has)
	}
	validate(t, root, r, hubToCome)
	found := t.problems.Sort()
	if found.HasErrors() {
		return nil, found
	}
	r.fleet.finish()
	return r.fleet, found
}
