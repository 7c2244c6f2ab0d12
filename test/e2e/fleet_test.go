package e2e

import "testing"

// TestShippedFleet takes the fleet that this repository ships through its life. The scenarios build on each
// other's world, in this order, but each of them can be run alone.
func TestShippedFleet(t *testing.T) {
	w := newWorld(t, selectors)
	scenarios := []struct {
		name string
		run  func(*testing.T, *world)
	}{
		{"Push delivers every cluster stage by stage", push},
		{"IRSA trusts the issuer only once it is known", irsa},
		{"Strict validation passes and a second reconciliation changes nothing", strict},
		{"Branches reach their own environment, and a merge deletes nothing", branchesApart},
		{"Artifact: a push reconciles the cluster whose files it changes, and no other", onlyTheOne},
		{"Patch of the user survives gen clusters", userPatch},
		{"Upgrade changes the version and the node pool, and nothing else", upgrade},
		{"Isolation refuses every detour from dev into prod", isolation},
		{"Accounts: ACK acts in each with the role that it is given, or not at all", accounts},
		{"Release that is taken out in two commits leaves nothing, and in one its webhooks", releaseGoes},
		{"Failure stays where it is, and heals", failure},
		{"Removal takes a cluster apart in order and leaves nothing behind", removal},
	}
	for _, s := range scenarios {
		ok := t.Run(s.name, func(t *testing.T) {
			t.Cleanup(func() { w.explain(t) })
			s.run(t, w)
		})
		if !ok {
			t.Fatal("the scenarios after this one are not tried in the world that it leaves")
		}
	}
}

// TestAccountMap delivers the same fleet on a hub whose ACK gets into other accounts by its account map.
func TestAccountMap(t *testing.T) {
	w := newWorld(t, accountMap)
	t.Cleanup(func() { w.explain(t) })
	w.ensure(t)
	w.checkAccounts(t)
	for _, cluster := range []string{devCluster, prodCluster} {
		w.checkCluster(t, cluster)
	}
}
