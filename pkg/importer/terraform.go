package importer

import "strings"

// attributes is a resource of Terraform with its address.
type attributes struct {
	value
	address, kind string
}

// terraform reads a state file, or what terraform show -json prints of a state or a plan (Terraform, JSON output format). Of a
// plan, what is there before it counts: what it would make cannot be taken over yet.
func (in *input) terraform(v value) {
	root := v.get("values", "root_module")
	if v.get("planned_values").exists() {
		root = v.get("prior_state", "values", "root_module")
	}
	var resources []attributes
	if v.get("resources").exists() {
		resources = stateFile(v.get("resources"))
	} else {
		resources = shown(root)
	}
	v.done()
	eks := false
	for rank := range 3 {
		for _, r := range resources {
			if rankOf(r.kind) == rank {
				in.resource(r)
			}
			eks = eks || r.kind == "aws_eks_cluster"
		}
	}
	if !eks {
		in.problems = append(in.problems, v.problem("has no aws_eks_cluster that is there already", "apply the plan first, or show the state: terraform show -json"))
	}
}

// rankOf is the order in which resources are read: the cluster, then what belongs to it, then all others.
func rankOf(kind string) int {
	switch {
	case kind == "aws_eks_cluster":
		return 0
	case strings.HasPrefix(kind, "aws_eks_"):
		return 1
	}
	return 2
}

// stateFile are the resources of a state of version 4.
func stateFile(list value) []attributes {
	var all []attributes
	for _, r := range list.list() {
		if r.get("mode").text() != "managed" {
			continue
		}
		address := r.get("type").text() + "." + r.get("name").text()
		if module := r.get("module").text(); module != "" {
			address = module + "." + address
		}
		for _, instance := range r.get("instances").list() {
			name := address
			if key := instance.get("index_key"); key.exists() {
				name += "[" + key.text() + "]"
			}
			all = append(all, attributes{instance.get("attributes"), name, r.get("type").text()})
		}
	}
	return all
}

// shown are the resources of a module and of those below it.
func shown(module value) []attributes {
	var all []attributes
	for _, r := range module.get("resources").list() {
		if r.get("mode").text() == "managed" {
			all = append(all, attributes{r.get("values"), r.get("address").text(), r.get("type").text()})
		}
	}
	for _, child := range module.get("child_modules").list() {
		all = append(all, shown(child)...)
	}
	return all
}

// resource reads one resource. What is left of it is told as one.
func (in *input) resource(r attributes) {
	switch r.kind {
	case "aws_eks_cluster":
		in.terraformCluster(r.value)
	case "aws_eks_access_entry":
		if c := in.clusterOf(r.get("cluster_name")); c != nil {
			e := c.entry(r.get("principal_arn").text(), r.value)
			in.settle(e, r.get("type").text(), r.get("user_name").text(), r.get("kubernetes_groups").texts())
			e.policiesAreListed = true
		}
	case "aws_eks_access_policy_association":
		if c := in.clusterOf(r.get("cluster_name")); c != nil {
			e := c.entry(r.get("principal_arn").text(), r.value)
			e.policies = append(e.policies, policy{r.get("policy_arn").text(), r.get("access_scope").first().get("namespaces").texts()})
		}
	case "aws_eks_addon":
		in.terraformAddon(r.value)
	case "aws_cloudwatch_log_group":
		in.terraformLogs(r)
	case "aws_subnet":
		tags := r.get("tags")
		elb, internal := tags.get("kubernetes.io/role/elb").exists(), tags.get("kubernetes.io/role/internal-elb").exists()
		in.place(r.get("vpc_id").text(), r.get("id").text(), elb || r.get("map_public_ip_on_launch").is() && !internal, elb || internal)
		in.stays(r)
	default:
		in.stays(r)
	}
}

// stays notes a resource that Terraform goes on managing.
func (in *input) stays(r attributes) {
	at := r.value
	at.path = r.address
	in.problems = append(in.problems, note(at, "is not taken over", "Terraform goes on managing it"))
}

func (in *input) terraformCluster(v value) {
	c := in.cluster(v.get("name"))
	c.locate(v.get("arn").text())
	set(&c.version, v.get("version").text())
	set(&c.role, v.get("role_arn").text())
	set(&c.supportType, v.get("upgrade_policy").first().get("support_type").text())
	set(&c.tier, v.get("control_plane_scaling_config").first().get("tier").text())
	set(&c.authMode, v.get("access_config").first().get("authentication_mode").text())
	c.zonalShift = v.get("zonal_shift_config").first().get("enabled").is() || c.zonalShift
	c.deletionProtection = v.get("deletion_protection").is() || c.deletionProtection
	compute, network := v.get("compute_config").first(), v.get("kubernetes_network_config").first()
	in.autoMode(c, v, compute.get("enabled"), network.get("elastic_load_balancing").first().get("enabled"),
		v.get("storage_config").first().get("block_storage").first().get("enabled"))
	setList(&c.pools, compute.get("node_pools").texts())
	set(&c.nodeRole, compute.get("node_role_arn").text())
	set(&c.family, network.get("ip_family").text())
	set(&c.serviceCIDR, network.get("service_ipv4_cidr").text())
	in.outposts(v.get("outpost_config"))
	vpc := v.get("vpc_config").first()
	set(&c.vpc, vpc.get("vpc_id").text())
	setList(&c.subnets, vpc.get("subnet_ids").texts())
	setList(&c.groups, vpc.get("security_group_ids").texts())
	if c.endpoint == nil {
		c.endpoint = &endpoint{vpc.get("endpoint_public_access").is(), vpc.get("endpoint_private_access").is(), vpc.get("public_access_cidrs").texts()}
	}
	if !c.logged {
		c.logged, c.logs = true, v.get("enabled_cluster_log_types").texts()
	}
	set(&c.keyARN, v.get("encryption_config").first().get("provider").first().get("key_arn").text())
	c.takeTags(v.get("tags"))
	if remote := v.get("remote_network_config"); remote.exists() && !remote.empty() {
		in.problems = append(in.problems, note(remote, "is not taken over", fate("remoteNetworkConfig")))
	}
	for _, tag := range v.get("tags").list() {
		if systemTag(tag) {
			in.problems = append(in.problems, note(tag, "is not taken over", fate(tag.path)))
		}
	}
}

func (in *input) terraformAddon(v value) {
	c := in.clusterOf(v.get("cluster_name"))
	if c == nil {
		return
	}
	a, isNew := c.addon(v.get("addon_name").text(), v)
	set(&a.version, v.get("addon_version").text())
	set(&a.values, v.get("configuration_values").text())
	for _, association := range v.get("pod_identity_association").list() {
		if isNew {
			a.accounts = append(a.accounts, account{association.get("service_account").text(), association.get("role_arn").text()})
		}
	}
	if role := v.get("service_account_role_arn"); role.text() != "" {
		in.problems = append(in.problems, note(role, "is not taken over", "it stays as it is"))
	}
}

// terraformLogs reads the log group of a control plane; any other stays.
func (in *input) terraformLogs(r attributes) {
	name := r.get("name").text()
	for _, c := range in.clusters {
		if name == "/aws/eks/"+c.name+"/cluster" {
			set(&c.retention, r.get("retention_in_days").text())
			set(&c.logKey, r.get("kms_key_id").text())
			return
		}
	}
	in.stays(r)
}
