package config

import (
	"cmp"
	"maps"
	"slices"

	"eks-auto-gitops/pkg/charts"
)

// This file is the only place with values that the user did not write. None of them may change
// between releases of gen, because that would change clusters that run.

// fillFleet sets what is left out at the top.
func fillFleet(f *Fleet) {
	// Flux's own default: credentials, if any, are in the Secret.
	f.Repository.Provider = cmp.Or(f.Repository.Provider, "generic")
	fillHub(f)
	fillNotifications(f)
}

func fillHub(f *Fleet) {
	h := &f.Hub
	// The branch that hosts protect first.
	h.Branch = cmp.Or(h.Branch, "main")
	// Each selector is beside its cluster, so a new account needs nothing on the hub.
	h.ACK = cmp.Or(h.ACK, ACKSelectors)
	h.Cluster = cmp.Or(h.Cluster, f.Metadata.Name+"-hub")
	h.Region = cmp.Or(h.Region, h.issuerRegion())
	if h.Region == "" {
		h.Region = firstRegion(f)
	}
}

// firstRegion is a region near the clusters: that of the first environment by name that has one, else of the first cluster.
func firstRegion(f *Fleet) string {
	byName := map[string]string{}
	for _, c := range f.Clusters {
		byName["cluster "+c.Name] = c.Region
	}
	for _, e := range f.Environments {
		byName[" "+e.Name] = e.Region
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if byName[name] != "" {
			return byName[name]
		}
	}
	return ""
}

// fill sets what is left out. has reports whether a field is written, which for numbers and
// switches is more than not being zero.
func fill(c *Cluster, has func(path ...any) bool) {
	// A cluster that is written down is meant to run.
	c.State = cmp.Or(c.State, StateActive)
	// STANDARD upgrades at the end of standard support; EKS's own default, EXTENDED, costs six times as much then.
	c.UpgradePolicy = cmp.Or(c.UpgradePolicy, "STANDARD")
	if c.DeletionProtection == nil {
		// What protects an environment protects its clusters.
		protect := c.Env != nil && c.Env.Protect
		c.DeletionProtection = &protect
	}
	// The tier without a price of its own.
	c.ControlPlaneTier = cmp.Or(c.ControlPlaneTier, "standard")
	// Access entries alone: the ConfigMap aws-auth is the old way and cannot be reviewed here.
	c.AuthenticationMode = cmp.Or(c.AuthenticationMode, "API")
	// One Flux on the hub is the topology that needs nothing in the cluster.
	c.Delivery = cmp.Or(c.Delivery, DeliveryHub)
	// Static, known before the cluster is, and built into Auto Mode.
	c.Identity = cmp.Or(c.Identity, "podIdentity")
	fillEndpoint(&c.Endpoint, has)
	if len(c.Logging.Types) > 0 && !has("logging", "retentionDays") {
		// EKS would make a log group that keeps everything for ever.
		c.Logging.RetentionDays = 90
	}
	fillNetwork(c)
	fillAccess(c.Access)
	fillNodes(&c.Nodes, has)
	fillComponents(&c.Components, has)
	for i := range c.Addons {
		c.Addons[i].Namespace = cmp.Or(c.Addons[i].Namespace, addonNamespace(c.Addons[i].Name))
	}
	fillReleases(c.Releases)
	fillCapabilities(c)
	fillStatements(c)
}

func fillReleases(releases []Release) {
	for i := range releases {
		r := &releases[i]
		r.ReleaseName = cmp.Or(r.ReleaseName, r.Name)
		// Enough for charts with hooks and images of some size.
		r.Timeout = cmp.Or(r.Timeout, shortTime(DefaultTimeout))
		// Helm itself never upgrades CRDs, and most charts rely on those of their own version.
		r.CRDs = cmp.Or(r.CRDs, "CreateReplace")
		// What is in Git is in the cluster.
		r.DriftDetection.Mode = cmp.Or(r.DriftDetection.Mode, "enabled")
		if _, _, ok := r.Chart.ECR(); ok && r.Chart.SecretRef == nil {
			// A private registry of ECR answers nobody without an identity of AWS.
			r.Chart.Provider = cmp.Or(r.Chart.Provider, ProviderAWS)
		}
		r.Chart.Provider = cmp.Or(r.Chart.Provider, ProviderGeneric)
	}
}

// addonNamespace is where EKS installs an add-on (EKS User Guide, "AWS add-ons").
func addonNamespace(name string) string {
	for _, account := range charts.AddonAccounts() {
		if account.Addon == name {
			return account.Namespace
		}
	}
	switch name {
	case "cert-manager", "fluent-bit", "kube-state-metrics", "prometheus-node-exporter":
		return name
	}
	return "kube-system"
}

// fillEndpoint makes the endpoint reachable from everywhere, as EKS does, and from inside too:
// the hub must reach it, and nodes should not leave the VPC for it.
func fillEndpoint(e *Endpoint, has func(path ...any) bool) {
	e.Public = e.Public || !has("endpoint", "public")
	e.Private = e.Private || !has("endpoint", "private")
	if e.Public && !has("endpoint", "publicCIDRs") {
		e.PublicCIDRs = []string{"0.0.0.0/0"}
	}
}

func fillNetwork(c *Cluster) {
	n := &c.Network
	// EKS's own default; IPv6 must be asked for, because it is for good.
	n.IPFamily = cmp.Or(n.IPFamily, IPv4)
	if n.IPFamily == IPv4 {
		// The range that EKS takes itself when the VPC is not in 172.16.0.0/12.
		n.ServiceCIDR = cmp.Or(n.ServiceCIDR, "172.20.0.0/16")
	}
	if n.CIDR == "" {
		return
	}
	// One gateway: nodes need the registries, and one per zone costs three times as much.
	n.NAT = cmp.Or(n.NAT, NATSingle)
	if len(n.Zones) == 0 && c.Region != "" && !zonesVary(c.Region) {
		// Three zones survive the loss of one with a majority left.
		n.Zones = []string{c.Region + "a", c.Region + "b", c.Region + "c"}
	}
}

func fillAccess(access []Access) {
	for i := range access {
		// People and pipelines; every other type is for nodes.
		access[i].Type = cmp.Or(access[i].Type, "STANDARD")
		for j := range access[i].Policies {
			p := &access[i].Policies[j]
			if p.Scope == "" {
				// Namespaces only have a meaning with the scope namespace.
				p.Scope = ScopeCluster
				if len(p.Namespaces) > 0 {
					p.Scope = ScopeNamespace
				}
			}
		}
	}
}

func fillNodes(n *Nodes, has func(path ...any) bool) {
	if !has("nodes", "builtIn") {
		// A cluster without any pool never starts a pod; [] asks for that.
		n.BuiltIn = []string{"general-purpose", "system"}
	}
	for i := range n.Classes {
		fillClass(&n.Classes[i], func(path ...any) bool { return has(append([]any{"nodes", "classes", i}, path...)...) })
	}
	for i := range n.Pools {
		fillPool(&n.Pools[i])
	}
}

// fillClass writes EKS's own defaults out, so that a diff shows when they are changed.
func fillClass(c *NodeClass, has func(path ...any) bool) {
	if !has("subnets") {
		// Nodes in public subnets are reachable from outside; that must be asked for.
		c.Subnets.Word = SubnetsPrivate
	}
	c.EphemeralStorage.Size = cmp.Or(c.EphemeralStorage.Size, "80Gi")
	if !has("ephemeralStorage", "iops") {
		c.EphemeralStorage.IOPS = 3000
	}
	if !has("ephemeralStorage", "throughput") {
		c.EphemeralStorage.Throughput = 125
	}
	c.NetworkPolicy = cmp.Or(c.NetworkPolicy, "DefaultAllow")
	c.NetworkPolicyEventLogs = cmp.Or(c.NetworkPolicyEventLogs, "Disabled")
	c.SNATPolicy = cmp.Or(c.SNATPolicy, "Random")
}

// fillPool writes EKS Auto Mode's defaults out. They are never left to the cluster, because
// from Kubernetes 1.37 on the cluster's default for consolidation is another one.
func fillPool(p *NodePool) {
	if len(p.Arch) == 0 {
		// Images for amd64 always exist.
		p.Arch = []string{"amd64"}
	}
	if len(p.CapacityTypes) == 0 {
		// Spot nodes may vanish in two minutes; that must be asked for.
		p.CapacityTypes = []string{"on-demand"}
	}
	p.Disruption.ConsolidationPolicy = cmp.Or(p.Disruption.ConsolidationPolicy, "WhenEmptyOrUnderutilized")
	p.Disruption.ConsolidateAfter = cmp.Or(p.Disruption.ConsolidateAfter, "30s")
	if len(p.Disruption.Budgets) == 0 {
		p.Disruption.Budgets = []Budget{{Nodes: "10%"}}
	}
	p.ExpireAfter = cmp.Or(p.ExpireAfter, "336h")
	p.TerminationGracePeriod = cmp.Or(p.TerminationGracePeriod, "24h")
}

func fillComponents(c *Components, has func(path ...any) bool) {
	fillRetiring(c, has)
	// Records of ingresses that are gone are removed; the zone is not shared between clusters.
	c.ExternalDNS.Policy = cmp.Or(c.ExternalDNS.Policy, "sync")
	// The chart can be reviewed and its values are checked; the add-on is EKS's copy of it.
	c.CloudWatch.Via = cmp.Or(c.CloudWatch.Via, ViaHelm)
	if !has("components", "podinfo", "replicas") {
		// Two show that the load balancer balances.
		c.Podinfo.Replicas = 2
	}
	if c.Podinfo.Ingress != nil {
		// podinfo is there to be looked at.
		c.Podinfo.Ingress.Scheme = cmp.Or(c.Podinfo.Ingress.Scheme, SchemeInternetFacing)
	}
}

// fillStatements makes Allow the effect of every statement: roles are there to allow.
func fillStatements(c *Cluster) {
	for _, account := range c.ServiceAccounts() {
		for i := range account.Statements {
			account.Statements[i].Effect = cmp.Or(account.Statements[i].Effect, "Allow")
		}
	}
	for _, one := range c.Capabilities {
		for i := range one.Statements {
			one.Statements[i].Effect = cmp.Or(one.Statements[i].Effect, "Allow")
		}
	}
}

// ServiceAccounts lists the service accounts of add-ons and releases.
func (c *Cluster) ServiceAccounts() []*ServiceAccount {
	var accounts []*ServiceAccount
	for i := range c.Addons {
		for n := range c.Addons[i].ServiceAccounts {
			accounts = append(accounts, &c.Addons[i].ServiceAccounts[n])
		}
	}
	for i := range c.Releases {
		for n := range c.Releases[i].ServiceAccounts {
			accounts = append(accounts, &c.Releases[i].ServiceAccounts[n])
		}
	}
	return accounts
}

// normalise orders the lists whose order has no meaning to AWS, so that the same cluster gives
// the same manifests. ACK compares log types with EKS's answer, which is in this order. Zones
// keep theirs: a single NAT gateway stands in the first, and must not move when one is added.
func normalise(c *Cluster) {
	slices.Sort(c.Logging.Types)
	slices.Sort(c.Network.Endpoints)
	slices.Sort(c.Nodes.BuiltIn)
}
