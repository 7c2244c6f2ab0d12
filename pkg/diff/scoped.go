package diff

// scoped is a change and where it happens.
type scoped struct {
	Scope
	protected bool
	// guarded is set where the environment is protected, also for what its clusters share.
	guarded bool
	// newCluster is set where the cluster is in the second tree only.
	newCluster bool
	// lostCluster is set where the cluster is deleted, goesWithCluster where the object is in it and ends for that.
	lostCluster, goesWithCluster bool
	change                       Change
}
