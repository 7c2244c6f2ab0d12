package hub

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/ack/permissions"
	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
)

// inGroup is what the API groups of ACK's services end in.
const inGroup = ".services.k8s.aws"

// groupsByAccount says which API groups the AWS objects of each account are of.
func groupsByAccount(f *config.Fleet) (map[string][]string, error) {
	groups := map[string][]string{}
	for i := range f.Clusters {
		c := &f.Clusters[i]
		found, err := groupsOf(c)
		if err != nil {
			return nil, fmt.Errorf("cluster %s: %w", c.Name, err)
		}
		groups[c.AccountID] = append(groups[c.AccountID], found...)
	}
	for id := range groups {
		slices.Sort(groups[id])
		groups[id] = slices.Compact(groups[id])
	}
	return groups, nil
}

// groupsOf are those of one cluster.
func groupsOf(c *config.Cluster) ([]string, error) {
	var groups []string
	for _, part := range catalog.All() {
		if part.AWS == nil || !part.In(c) {
			continue
		}
		deliveries, err := part.AWS(c)
		if err != nil {
			return nil, err
		}
		for _, d := range deliveries {
			for _, o := range d.Objects {
				if group := o.GetObjectKind().GroupVersionKind().Group; strings.HasSuffix(group, inGroup) {
					groups = append(groups, group)
				}
			}
		}
	}
	return groups, nil
}

// ackPolicy is what ACK may do for the objects of one API group.
type ackPolicy struct {
	group, resource, description string
	document                     object
}

// ackPolicies makes a policy for each API group that an account has. It allows what ACK calls for every kind of the group
// that gen writes, so that another cluster needs nothing here unless it brings a service.
func (m *maker) ackPolicies() ([]ackPolicy, error) {
	kinds := map[string][]schema.GroupKind{}
	for _, row := range permissions.Table() {
		kinds[row.Group] = append(kinds[row.Group], schema.GroupKind{Group: row.Group, Kind: row.Kind})
	}
	used := map[string]bool{}
	for _, a := range m.accounts {
		for _, group := range a.groups {
			used[group] = true
		}
	}
	in := m.input()
	var all []ackPolicy
	for _, c := range controllers() {
		if !used[c.group()] {
			continue
		}
		in.Kinds, in.Protected = kinds[c.group()], nil
		switch c.service { // every account has these two, and what they deny counts for the role
		case "iam":
			in.Protected = protected(m.fleet, m.accounts)
		case "eks":
			in.Protected = theHub(m.fleet)
		}
		more, err := c.policies(in)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// policies makes the policy of a controller, in as many parts as IAM's limit asks for.
func (c controller) policies(in permissions.Input) ([]ackPolicy, error) {
	services, err := permissions.Policies(in)
	if err != nil {
		return nil, fmt.Errorf("permissions of %s: %w", c.name, err)
	}
	var parts [][]iam.Statement
	room := 0
	for _, p := range services {
		size, err := p.Size()
		if err != nil {
			return nil, fmt.Errorf("permissions of %s: %w", c.name, err)
		}
		if size > room {
			parts, room = append(parts, nil), permissions.MaxManaged
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], p.Statements...)
		room -= size
	}
	all := make([]ackPolicy, 0, len(parts))
	for i, statements := range parts {
		doc, err := document(inAccount, statements...)
		if err != nil {
			return nil, err
		}
		name := "Ack" + c.resource
		if i > 0 {
			name += fmt.Sprint(i + 1)
		}
		all = append(all, ackPolicy{c.group(), name, "What ACK's controller for " + c.name + " calls", doc})
	}
	return all, nil
}

// input is what the permissions depend on, over all accounts. Names are those that an environment reserves with namePrefix;
// without one a cluster may be called anything.
func (m *maker) input() permissions.Input {
	f := m.fleet
	in := permissions.Input{Partition: "${AWS::Partition}", Account: "${AWS::AccountId}", Patched: m.patched}
	clusters := map[permissions.Cluster]bool{}
	for i := range f.Environments {
		e := &f.Environments[i]
		regions := []string{e.Region}
		for _, c := range f.ClustersOf(e.Name) {
			regions = append(regions, c.Region)
		}
		for _, region := range regions {
			if region != "" {
				clusters[permissions.Cluster{Name: e.NamePrefix + "*", Region: region}] = true
			}
		}
	}
	for c := range clusters {
		if c.Name == "*" || !clusters[permissions.Cluster{Name: "*", Region: c.Region}] {
			in.Clusters = append(in.Clusters, c)
		}
	}
	slices.SortFunc(in.Clusters, func(a, b permissions.Cluster) int {
		return strings.Compare(a.Name+" "+a.Region, b.Name+" "+b.Region)
	})
	in.Roles, in.Keys, in.Boundaries = foreign(f)
	return in
}

// foreign are the ARNs of what clusters use and did not make. A fleet in which one cluster has no permissions boundary
// has none that ACK could insist on.
func foreign(f *config.Fleet) (roles, keys, boundaries []string) {
	sets := [3]map[string]bool{{}, {}, {}}
	all := len(f.Clusters) > 0
	for _, c := range f.Clusters {
		sets[0][c.Nodes.RoleARN] = true
		for _, one := range c.Capabilities {
			sets[0][one.RoleARN] = true
		}
		for _, account := range c.ServiceAccounts() {
			sets[0][account.RoleARN] = true
		}
		if !strings.Contains(c.Encryption.KeyARN, ":"+c.Region+":"+c.AccountID+":") {
			sets[1][c.Encryption.KeyARN] = true
		}
		sets[2][c.PermissionsBoundaryARN], sets[2][c.Nodes.PermissionsBoundaryARN] = true, true
		all = all && c.PermissionsBoundaryARN != ""
	}
	var lists [3][]string
	for i, set := range sets {
		delete(set, "")
		lists[i] = slices.Sorted(maps.Keys(set))
	}
	if !all {
		lists[2] = nil
	}
	return lists[0], lists[1], lists[2]
}

// protected are what ACK must not touch, although a cluster's name may begin like theirs: its own roles, those of the hub and
// of chart sources, and the hub's OIDC provider.
func protected(f *config.Fleet, accounts []account) []string {
	const in = "arn:${AWS::Partition}:iam::${AWS::AccountId}:"
	set := map[string]bool{in + "oidc-provider/${Issuer}": true}
	for _, suffix := range []string{clusterRole, nodeRole, ackRole} {
		set[in+"role/"+f.Metadata.Name+suffix] = true
	}
	for i := range f.Environments {
		if env := &f.Environments[i]; env.ChartRoleARN(f) != "" {
			set[in+"role/"+env.ChartRole()] = true
		}
	}
	for _, a := range accounts {
		for _, arn := range a.roles {
			path, name := splitRole(arn)
			set[in+"role"+path+name] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// theHub is the hub's cluster, and who may enter it. Without this a commit in an environment whose account the hub is in
// could make its author an administrator of the hub.
func theHub(f *config.Fleet) []string {
	in := "arn:${AWS::Partition}:eks:" + f.Hub.Region + ":${AWS::AccountId}:"
	return []string{
		in + "access-entry/" + f.Hub.Cluster + "/*", in + "addon/" + f.Hub.Cluster + "/*", in + "cluster/" + f.Hub.Cluster,
		in + "cluster/" + f.Hub.Cluster + "/*", in + "podidentityassociation/" + f.Hub.Cluster + "/*",
	}
}

// inAccount fills in the account that the stack is in, and the host of the hub's OIDC issuer.
func inAccount(text string) any {
	if !strings.Contains(text, "${Issuer}") {
		return sub(text)
	}
	host := object{"Fn::Select": list{int64(1), object{"Fn::Split": list{"https://", ref("HubOidcIssuer")}}}}
	return object{"Fn::Sub": list{text, object{"Issuer": host}}}
}
