package config

// This file holds what gen knows of its components besides their objects, which pkg/component makes. Validation, the names that
// are taken, the JSON Schema, gen list, gen explain and the README read it; TestTable in pkg/catalog compares it with the objects.

// Components are the parts of gen's catalog that a cluster can switch on.
type Components struct {
	// ExternalDNS writes the DNS records of ingresses and services into the cluster's zone.
	ExternalDNS ExternalDNS `yaml:"external-dns,omitempty"`
	// CloudWatch sends metrics and logs to CloudWatch.
	CloudWatch CloudWatch `yaml:"cloudwatch,omitempty"`
	// Podinfo is a small web application that shows that everything works.
	Podinfo Podinfo `yaml:"podinfo,omitempty"`
}

// awsComponents are the components that AWS and the nodes consist of.
func awsComponents() []Component {
	return []Component{
		{
			Name: "network", Doc: "VPC with a public and a private subnet in each zone, NAT gateways and VPC endpoints",
			Enabled: func(c *Cluster) bool { return c.Network.CIDR != "" },
			Fields:  []string{"network"},
		},
		{
			Name: "cluster", Doc: "EKS Auto Mode cluster with its IAM roles, KMS key and log group",
			Needs:  []string{"network"},
			Fields: []string{"version", "encryption", "endpoint", "logging", "nodes.builtIn", "upgradePolicy"},
			Roles:  []string{clusterRole, nodeRole},
		},
		{
			Name: "access", Doc: "EKS access entries of administrators, other principals and custom node roles, and the role of Flux on the hub",
			Needs:  []string{"cluster"},
			Fields: []string{"admins", "access"},
			Roles:  []string{"flux"},
		},
		{
			Name: "oidc", Doc: "IAM OpenID Connect provider of the cluster, for identity: irsa",
			Needs:   []string{"cluster"},
			Enabled: func(c *Cluster) bool { return c.Identity == IdentityIRSA },
			Fields:  []string{"identity"},
		},
		{
			Name: "dns", Doc: "Route 53 hosted zone and ACM certificate for the cluster's domain",
			Enabled: func(c *Cluster) bool { return c.DNS.Zone.Create || c.DNS.Certificate },
			Fields:  []string{"dns"},
		},
		{
			Name: "nodes", Doc: "EKS NodeClasses, Karpenter NodePools, a default StorageClass and IngressClasses",
			Needs:  []string{"access"},
			Fields: []string{"nodes"},
		},
		{
			Name: "agent", Doc: "Flux in the cluster itself, for delivery: agent",
			Needs:   []string{"nodes"},
			Enabled: (*Cluster).HasOperator,
			Fields:  []string{"delivery"},
		},
	}
}

// AllComponents lists the components; each comes after those that it needs.
func AllComponents() []Component {
	return append(awsComponents(), []Component{
		{
			Name: "external-dns", Doc: "ExternalDNS, which keeps the DNS records of the cluster's zone in sync with its Ingresses and Services",
			Needs:  []string{"access", "dns", "nodes"},
			Fields: []string{"dns"},
			Chart: &ComponentChart{
				Settings: func(c *Components) *Chart { return &c.ExternalDNS.Chart },
				Name:     "external-dns", Release: "external-dns", Namespace: "external-dns", ServiceAccount: "external-dns",
				Registry: "registry.k8s.io",
				Values:   "{domainFilters: [], env: [], policy: text, txtOwnerId: text}",
				Addon:    "external-dns", AddonTwice: "two would write the same records; remove one of the two",
			},
		},
		{
			Name: "cloudwatch", Doc: "Amazon CloudWatch Observability: metrics, traces and logs of everything in the cluster",
			Needs: []string{"access", "nodes"},
			Chart: &ComponentChart{
				Settings: func(c *Components) *Chart { return &c.CloudWatch.Chart },
				Name:     "amazon-cloudwatch-observability", Release: "amazon-cloudwatch-observability",
				Namespace: "amazon-cloudwatch", ServiceAccount: "cloudwatch-agent",
				Registry: "public.ecr.aws",
				Lost:     "logs and metrics of the cluster's pods and nodes are no longer sent to CloudWatch",
				Values: "{applicationSignals: {enabled: true}, clusterName: text, " +
					"manager: {applicationSignals: {autoMonitor: {monitorAllServices: true}}}, region: text}",
				Addon:      "amazon-cloudwatch-observability",
				AddonTwice: "two would send everything twice; remove one, or write components: {cloudwatch: {via: addon}}",
				ByAddon:    func(c *Components) bool { return c.CloudWatch.Via == ViaAddon },
			},
		},
		{
			Name: "capabilities", Doc: "EKS capabilities: ACK, Argo CD and kro that AWS runs for the cluster, with their IAM roles",
			Needs:   []string{"access"},
			Enabled: func(c *Cluster) bool { return len(c.Capabilities) > 0 },
			Fields:  []string{"capabilities"},
			Roles:   []string{capabilityRole + "ack", capabilityRole + "argocd", capabilityRole + "kro"},
		},
		{
			Name: "addons", Doc: "EKS managed add-ons, with the AWS permissions of their service accounts",
			Needs:   []string{"access", "nodes"},
			Enabled: func(c *Cluster) bool { return len(c.Addons) > 0 },
			Fields:  []string{"addons"},
		},
		{
			Name: "releases", Doc: "any further Helm chart, with the AWS permissions of its service accounts",
			Needs:   []string{"access", "nodes"},
			Enabled: func(c *Cluster) bool { return len(c.Releases) > 0 },
			Fields:  []string{"releases"},
		},
		{
			Name: "podinfo", Doc: "podinfo, a small web application, behind an application load balancer if it has an ingress",
			Needs: []string{"nodes"},
			Chart: &ComponentChart{
				Settings: func(c *Components) *Chart { return &c.Podinfo.Chart },
				Name:     "podinfo", Release: "podinfo", Namespace: "podinfo",
				Registry: "ghcr.io",
				Values: "{replicaCount: 1, ingress: {annotations: {}, className: text, enabled: true, hosts: []}, " +
					"podDisruptionBudget: {}, topologySpreadConstraints: []}",
				Apps: true,
			},
		},
	}...)
}
