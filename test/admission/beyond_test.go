package admission

import (
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/layout"
)

// TestNobodyAppliesTheRest: no account of dev may apply, change or delete anything that is prod's or the hub's own, from
// whatever path of the repository a Kustomization takes it. It may not even write what is there already.
func TestNobodyAppliesTheRest(t *testing.T) {
	made := treeOf(t, "shortest")
	h, count := made.hub(t), 0
	objects := made.folders["flux/hub"]
	for _, d := range made.deliveries("prod") {
		objects = append(objects, d.objects...)
	}
	for _, account := range []string{root, stage, "dev-1:default", "fleet-dev:default"} {
		for _, o := range objects {
			count++
			if err := h.fork().apply(account, &o); err == nil {
				t.Errorf("%s may apply %s", account, key(&o))
			}
			if err := h.fork().remove(account, &o); err == nil {
				t.Errorf("%s may delete %s", account, key(&o))
			}
		}
	}
	if count == 0 {
		t.Error("nothing was asked")
	}
}

// TestNamesDoNotCollide: no two environments share an object of the hub, not even dev and dev-cluster, whose ClusterRoles once
// had one name.
func TestNamesDoNotCollide(t *testing.T) {
	made := fleetOf(t, `
environments:
- {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
- {name: dev-cluster, branch: b, accountID: "444455556666", region: eu-west-2}
- {name: dev-root, branch: c, accountID: "777788889999", region: eu-west-2}
clusters: []
`)
	seen := map[string]bool{}
	for _, o := range made.folders["flux/hub"] {
		if seen[key(&o)] {
			t.Errorf("two environments have %s", key(&o))
		}
		seen[key(&o)] = true
	}
	if len(seen) == 0 {
		t.Error("there are no objects")
	}
}

// TestNamePrefix: names that an environment has reserved are its own before the hub knows the cluster; an environment with a
// prefix has no other names.
func TestNamePrefix(t *testing.T) {
	made := fleetOf(t, `
environments:
- {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
- {name: prod, branch: main, accountID: "444455556666", region: eu-west-2, namePrefix: prod-}
clusters: []
`)
	h := made.hub(t)
	prodAccount := strings.ReplaceAll(ownAccount, "111122223333", "444455556666")
	for _, c := range []struct{ account, object, message string }{
		{root, namespace("prod-2", "environment: dev", ownAccount), "the name is not one of a cluster of environment dev"},
		{root, selector("prod-2", ownRole+", namespaceSelector: {names: [prod-2]}"), "the name is not one of a cluster of environment dev"},
		{"fleet-prod:flux", namespace("other", "environment: prod", prodAccount), "the name is not one of a cluster of environment prod"},
		{root, namespace("dev-2", "environment: dev", ownAccount), ""},
		{"fleet-prod:flux", namespace("prod-2", "environment: prod", prodAccount), ""},
	} {
		err := h.fork().apply(c.account, &decode(t, c.object)[0])
		if c.message == "" && err != nil || c.message != "" && (err == nil || !strings.Contains(err.Error(), c.message)) {
			t.Errorf("%s %s: want %q, got %v", c.account, c.object, c.message, err)
		}
	}
}

// TestNoAccountYet: as long as no AWS account of an environment is known, no namespace may name one, nor leave it out, which
// would be the hub's own account.
func TestNoAccountYet(t *testing.T) {
	h := treeOf(t, "accounts-and-regions").hub(t)
	const region = "services.k8s.aws/default-region: eu-west-2"
	for _, annotations := range []string{region, region + ", services.k8s.aws/owner-account-id: '111122223333'", region + ", services.k8s.aws/owner-account-id: ''"} {
		err := h.fork().apply("fleet-later:flux", &decode(t, namespace("later-1", "environment: later", annotations))[0])
		if err == nil || !strings.Contains(err.Error(), "the namespace must name an AWS account of environment later") {
			t.Errorf("a namespace with the annotations %s: %v", annotations, err)
		}
	}
}

// TestSelectorOfAnotherRole: when the role of an environment changes, its selectors may be deleted and made again, because their
// role cannot be changed.
func TestSelectorOfAnotherRole(t *testing.T) {
	h := treeOf(t, "shortest").hub(t)
	for name, old := range map[string]string{
		"a role before":     "arn: 'arn:aws:iam::111122223333:role/before'",
		"an account before": strings.Replace(ownRole, "111122223333", "777788889999", 1),
	} {
		t.Run(name, func(t *testing.T) {
			forked := h.fork()
			before := decode(t, selector("dev-1", old+", namespaceSelector: {names: [dev-1]}"))[0]
			forked.put(&before)
			err := forked.remove(root, &before)
			if name == "a role before" && err != nil {
				t.Error(err)
			}
			// An account that is no longer the environment's is the hub's to clear away.
			if name == "an account before" && (err == nil || !strings.Contains(err.Error(), "belongs to another environment")) {
				t.Errorf("want a refusal, got %v", err)
			}
		})
	}
}

// fleetOf generates a fleet of which only the environments and clusters are given.
func fleetOf(t *testing.T, rest string) tree {
	t.Helper()
	return build(t, golden.Case{Name: t.Name(), Dir: fleetIn(t, rest), File: "clusters.yaml"})
}

// hubOnly is a hub with nothing but what the hub's owner applies.
func hubOnly(t *testing.T, rest string) *hub {
	t.Helper()
	fleet := golden.Case{Dir: fleetIn(t, rest), File: "clusters.yaml"}.Fleet(t)
	hub, err := layout.Hub(fleet)
	if err != nil {
		t.Fatal(err)
	}
	var objects []object
	for _, path := range hub.Paths() {
		if content, _ := hub.Get(path); !strings.HasSuffix(path, "kustomization.yaml") {
			objects = append(objects, decode(t, string(content))...)
		}
	}
	return newHub(t, objects)
}
