package edit

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// Cluster is the way to a cluster of clusters.yaml.
func Cluster(src []byte, name string) (Path, error) { return item(src, "clusters", name) }

// Environment is the way to an environment of clusters.yaml.
func Environment(src []byte, name string) (Path, error) { return item(src, "environments", name) }

// item is the way to the item of a list that has a name.
func item(src []byte, list, name string) (Path, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	var names []string
	if i := keyIndex(f.root, list); i >= 0 {
		for n, entry := range f.root.Content[i+1].Content {
			at := keyIndex(entry, "name")
			if at < 0 {
				continue
			}
			if entry.Content[at+1].Value == name {
				return Path{list, n}, nil
			}
			names = append(names, entry.Content[at+1].Value)
		}
	}
	if near := diag.Nearest(name, names); near != "" {
		return nil, fmt.Errorf("no such %s: %s; did you mean %s?", strings.TrimSuffix(list, "s"), name, near)
	}
	return nil, fmt.Errorf("no such %s: %s; %s has %s", strings.TrimSuffix(list, "s"), name, list, strings.Join(names, ", "))
}

// Retire makes the state of a cluster retiring.
func Retire(src []byte, cluster string) ([]byte, error) {
	at, err := Cluster(src, cluster)
	if err != nil {
		return nil, err
	}
	return Set(src, append(at, "state"), config.StateRetiring)
}

// Upgrade sets the Kubernetes version of a cluster.
func Upgrade(src []byte, cluster, version string) ([]byte, error) {
	at, err := Cluster(src, cluster)
	if err != nil {
		return nil, err
	}
	return Set(src, append(at, "version"), fmt.Sprintf("%q", version))
}

// RemoveCluster takes a cluster out of the file.
func RemoveCluster(src []byte, cluster string) ([]byte, error) {
	at, err := Cluster(src, cluster)
	if err != nil {
		return nil, err
	}
	return Remove(src, Path{"clusters"}, at[1].(int)) //nolint:forcetypeassert // Cluster has made it
}

// New is a cluster to be added.
type New struct {
	Name, Environment, Version string
	// CIDR of its VPC.
	CIDR netip.Prefix
}

// AddCluster adds a cluster behind the others.
func AddCluster(src []byte, c New) ([]byte, error) {
	if _, err := Cluster(src, c.Name); err == nil {
		return nil, fmt.Errorf("there is a cluster named %s", c.Name)
	}
	if _, err := Environment(src, c.Environment); err != nil {
		return nil, err
	}
	block := []string{
		"name: " + c.Name, "environment: " + c.Environment, fmt.Sprintf("version: %q", c.Version), fmt.Sprintf("network: {cidr: %s}", c.CIDR),
	}
	return Append(src, Path{"clusters"}, block, "{"+strings.Join(block, ", ")+"}")
}

// FreeCIDR is the first range for a VPC in the pool of an environment that overlaps no VPC of the fleet. Its size is that
// of the environment's last cluster, or /16. ok is false without a pool, and where the pool is full.
func FreeCIDR(fleet *config.Fleet, environment string) (free netip.Prefix, ok bool) {
	var taken []netip.Prefix
	bits := 16
	for _, c := range fleet.Clusters {
		prefix, err := netip.ParsePrefix(c.Network.CIDR)
		if err != nil {
			continue
		}
		taken = append(taken, c.Network.Ranges()...)
		if c.Environment == environment {
			bits = prefix.Bits()
		}
	}
	i := slices.IndexFunc(fleet.Environments, func(e config.Environment) bool { return e.Name == environment })
	if i < 0 {
		return netip.Prefix{}, false
	}
	pool, err := netip.ParsePrefix(fleet.Environments[i].CIDRPool)
	if err != nil || pool.Bits() > bits || !pool.Addr().Is4() {
		return netip.Prefix{}, false
	}
	for at := pool.Masked().Addr(); pool.Contains(at); at = after(at, bits) {
		free = netip.PrefixFrom(at, bits)
		if !slices.ContainsFunc(taken, free.Overlaps) {
			return free, true
		}
	}
	return netip.Prefix{}, false
}

// after is the first address behind the range of bits that begins with at.
func after(at netip.Addr, bits int) netip.Addr {
	b := at.As4()
	value := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	value += 1 << (32 - bits)
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)})
}

// ParsePath reads a path such as nodes.pools[compute].limits.cpu: an item of a list is named by its name or its number. src
// and from say where it begins.
func ParsePath(src []byte, from Path, text string) (Path, error) {
	f, err := parse(src)
	if err != nil {
		return nil, err
	}
	path := slices.Clone(from)
	for part := range strings.SplitSeq(text, ".") {
		key, rest, indexed := strings.Cut(part, "[")
		path = append(path, key)
		for indexed {
			var name string
			if name, rest, indexed = strings.Cut(rest, "]"); !indexed {
				return nil, fmt.Errorf("%q: a bracket is open", text)
			}
			index, err := f.itemIndex(path, name)
			if err != nil {
				return nil, err
			}
			path = append(path, index)
			_, rest, indexed = strings.Cut(rest, "[")
		}
	}
	return path, nil
}

// itemIndex finds an item of the list at path by its number or its name.
func (f *file) itemIndex(path Path, name string) (int, error) {
	var index int
	if _, err := fmt.Sscanf(name, "%d", &index); err == nil && fmt.Sprint(index) == name {
		return index, nil
	}
	nodes, rest, err := f.follow(path)
	if err != nil {
		return 0, err
	}
	list := nodes[len(nodes)-1]
	if len(rest) == 0 && list.Kind == yaml.SequenceNode {
		for i, n := range list.Content {
			if at := keyIndex(n, "name"); at >= 0 && n.Content[at+1].Value == name {
				return i, nil
			}
		}
	}
	return 0, fmt.Errorf("%s: there is no item named %s", path, name)
}
