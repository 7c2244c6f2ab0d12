package change

// Scoped is a change and where it happens.
type Scoped struct {
	Scope
	Protected bool
	// Unprotected is set where the cluster was protected and is no more.
	Unprotected bool
	// Guarded is set where the environment is protected, also for what its clusters share.
	Guarded bool
	// NewCluster is set where the cluster is in the second tree only.
	NewCluster bool
	// LostCluster is set where the cluster is deleted, GoesWithCluster where the object is in it and ends for that.
	LostCluster, GoesWithCluster bool
	// Runs are the releases that run in the namespace of a new PodIdentityAssociation, before and after.
	Runs []string
	// Homes has the environment of each cluster of the second tree.
	Homes map[string]string
	// Enforces is set for a node class whose cluster has the network policy controller switched on afterwards.
	Enforces bool
	// Public is set for a node class, or a node pool by its class, that has public subnets afterwards and had none before.
	Public bool
	// Retires is set where the cluster is taken apart in order, by state: retiring.
	Retires bool
	// Pools are those that take pods without tolerations afterwards, in the cluster of a NodePool.
	Pools []string
	// Successor is the release that comes in place of one that goes, if there is one.
	Successor string
	// Left is set for a namespace whose release went before it.
	Left bool
	// Order says what goes in the wrong order by the change.
	Order  []string
	Change Change
}
