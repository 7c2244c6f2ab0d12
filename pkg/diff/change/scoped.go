package change

// Scoped is a change and where it happens.
type Scoped struct {
	Scope
	Protected bool
	// Guarded is set where the environment is protected, also for what its clusters share.
	Guarded bool
	// NewCluster is set where the cluster is in the second tree only.
	NewCluster bool
	// LostCluster is set where the cluster is deleted, GoesWithCluster where the object is in it and ends for that.
	LostCluster, GoesWithCluster bool
	Change                       Change
}
