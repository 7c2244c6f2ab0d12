package config

// Agent reports whether a Flux in the cluster applies what runs in it.
func (c *Cluster) Agent() bool { return c.Delivery == DeliveryAgent }

// Handover reports whether what delivers the cluster changes. The releases on the hub are suspended, so that Helm uninstalls
// none of them when they go (helm-controller, internal/controller/helmrelease_controller.go: reconcileDelete).
func (c *Cluster) Handover() bool { return c.Delivery == DeliveryHandover }

// HasOperator reports whether the Flux Operator is in the cluster: it comes before the Flux of the cluster, and goes after it.
func (c *Cluster) HasOperator() bool { return c.Agent() || c.Handover() }

const (
	// AgentNamespace is where Flux runs in a cluster with delivery: agent.
	AgentNamespace = "flux-system"
	// AgentComponent is the component that brings it.
	AgentComponent = "agent"
	// OperatorRelease is the release of the Flux Operator, by which it comes.
	OperatorRelease = "flux-operator"
)
