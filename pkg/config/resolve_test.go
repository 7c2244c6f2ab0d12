package config

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// load loads a file that has no errors.
func load(t *testing.T, src string) *Fleet {
	t.Helper()
	fleet, problems := Load("clusters.yaml", []byte(src))
	if fleet == nil {
		t.Fatalf("problems: %v", problems)
	}
	return fleet
}

func TestComplete(t *testing.T) {
	fleet, problems := Load("clusters.yaml", []byte(complete))
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	if len(fleet.Clusters) != 2 || fleet.Clusters[0].Name != "dev-1" || fleet.Environments[0].Name != "dev" {
		t.Errorf("not sorted by name: %v", fleet.environmentNames())
	}
	for i := range fleet.Clusters {
		c := &fleet.Clusters[i]
		if c.Fleet != fleet || c.Env == nil || c.Env.Name != c.Environment {
			t.Errorf("%s does not know what it belongs to", c.Name)
		}
	}
	if got := fleet.ClustersOf("prod"); len(got) != 1 || got[0] != &fleet.Clusters[1] {
		t.Errorf("clusters of prod: %v", got)
	}
}

// TestInheritance: mappings merge, lists and scalars replace, null removes.
func TestInheritance(t *testing.T) {
	fleet := load(t, complete)
	dev, prod := &fleet.Clusters[0], &fleet.Clusters[1]
	equal(t, "a scalar of the defaults", dev.Region, "eu-west-2")
	equal(t, "a scalar that is replaced", dev.UpgradePolicy, "STANDARD")
	equal(t, "a scalar of the environment", prod.AccountID, "444455556666")
	equal(t, "a list of the environment", dev.Admins, []string{"arn:aws:iam::111122223333:role/human-ops"})
	equal(t, "a removed mapping", prod.Logging, Logging{})
	equal(t, "a merged mapping", dev.Tags, map[string]string{"Team": "platform", "Level": "default"})
	equal(t, "a removed key", prod.Tags, map[string]string{"Level": "cluster"})
	equal(t, "merged values", prod.Components.Podinfo.Values, map[string]any{
		"ui": map[string]any{"message": "bye"}, "extraArgs": []any{1, 2},
		// Nothing was inherited here: Helm shall drop the chart's default.
		"affinity": nil,
	})
	equal(t, "untouched values", dev.Components.Podinfo.Values["cache"], any("redis"))
	equal(t, "ACK's role of the environment", prod.ACKRoleARN(), "arn:aws:iam::444455556666:role/platform/ack")
	equal(t, "ACK's role of the fleet", dev.ACKRoleARN(), "arn:aws:iam::111122223333:role/"+fleet.Metadata.Name+"-ack")
	equal(t, "Flux's role", dev.FluxRoleARN(), "arn:aws:iam::111122223333:role/"+dev.Name+"-flux")
	equal(t, "the hub", []string{fleet.Hub.Region, fleet.Hub.Branch, fleet.Hub.ACK, fleet.Hub.Cluster}, []string{"eu-west-2", "main", "selectors", fleet.Metadata.Name + "-hub"})
	equal(t, "settings of an environment", fleet.Environments[1].Tags, map[string]string{"Team": "platform", "Level": "environment"})
}

func TestDefaults(t *testing.T) {
	fleet := load(t, complete)
	dev, prod := &fleet.Clusters[0], &fleet.Clusters[1]
	equal(t, "protection by the environment", []bool{*dev.DeletionProtection, *prod.DeletionProtection}, []bool{false, true})
	equal(t, "endpoint", dev.Endpoint, Endpoint{Public: true, PublicCIDRs: []string{"0.0.0.0/0"}})
	equal(t, "log types in EKS's order", dev.Logging.Types, []string{"api", "audit", "scheduler"})
	equal(t, "zones of a made VPC", dev.Network.Zones, []string{"eu-west-2a", "eu-west-2b", "eu-west-2c"})
	equal(t, "zones as they are listed, endpoints sorted", prod.Network, Network{
		CIDR: "10.20.0.0/16", Zones: []string{"eu-west-2c", "eu-west-2a"}, NAT: NATPerZone,
		Endpoints: []string{"s3", "sts"}, IPFamily: IPv4, ServiceCIDR: "172.20.0.0/16",
	})
	equal(t, "built-in pools", prod.Nodes.BuiltIn, []string{"general-purpose", "system"})
	equal(t, "storage", dev.Nodes.Classes[0].EphemeralStorage, EphemeralStorage{Size: "100Gi", IOPS: 3000, Throughput: 125})
	equal(t, "a word for subnets", dev.Nodes.Classes[0].Subnets, SubnetSelector{Word: SubnetsPublic})
	equal(t, "tags for subnets", dev.Nodes.Classes[1].Subnets, SubnetSelector{Selector: Selector{Tags: map[string]string{"kubernetes.io/role/internal-elb": "1"}}})
	equal(t, "a quantity without quotes", dev.Nodes.Pools[0].Limits, Limits{LimitCPU: "64", LimitMemory: "256Gi"})
	equal(t, "budgets", dev.Nodes.Pools[0].Disruption.Budgets[0], Budget{Nodes: "10%"})
	equal(t, "a written zero", dev.Components.Podinfo.Replicas, 0)
	equal(t, "replicas", prod.Components.Podinfo.Replicas, 2)
	equal(t, "scope by namespaces", []string{dev.Access[0].Policies[0].Scope, dev.Access[1].Policies[0].Scope}, []string{ScopeNamespace, ScopeCluster})
	equal(t, "namespace of an add-on", dev.Addons[0].Namespace, "kube-system")
	equal(t, "effect", dev.Releases[0].ServiceAccounts[0].Statements[0].Effect, "Allow")
	equal(t, "provider", fleet.Repository.Provider, "generic")
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// TestOrder: the order of clusters and environments in the file changes nothing.
func TestOrder(t *testing.T) {
	head, clusters, _ := strings.Cut(complete, "clusters:\n")
	at := strings.Index(clusters, "  - name: dev-1")
	swapped := head + "clusters:\n" + clusters[at:] + clusters[:at]
	a, b := load(t, complete), load(t, swapped)
	for _, f := range []*Fleet{a, b} {
		for i := range f.Clusters {
			c := &f.Clusters[i]
			c.Fleet, c.Env, c.Line, c.Column = nil, nil, 0, 0
		}
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("another order gives another fleet:\n%s", diff)
	}
}

// TestSharing: clusters that inherit one list do not share its memory.
func TestSharing(t *testing.T) {
	src := strings.Replace(complete, "    environment: dev\n    version: \"1.36\"\n", "    environment: prod\n    version: \"1.36\"\n", 1)
	src = strings.ReplaceAll(src, "10.10.0.0/16", "10.21.0.0/16")
	src = strings.ReplaceAll(src, "111122223333", "444455556666")
	src = strings.ReplaceAll(src, "accountID: \"444455556666\"\n    admins", "accountID: \"777788889999\"\n    admins") // dev's own
	fleet := load(t, src)
	fleet.Clusters[0].Endpoint.PublicCIDRs = append(fleet.Clusters[0].Endpoint.PublicCIDRs[:0], "changed")
	if slices.Contains(fleet.Clusters[1].Endpoint.PublicCIDRs, "changed") {
		t.Error("a change of one cluster is seen in another")
	}
}
