package verify_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify"
)

// TestReachNotes: a cluster without admins has a note, at its place in clusters.yaml, and so has one whose new VPC nothing
// connects with the hub.
func TestReachNotes(t *testing.T) {
	const nobody = ": only Flux can access the cluster\n  hint: name admins, IAM roles or users, of the cluster or its environment"
	const (
		fleet   = "clusters/clusters.yaml"
		cluster = "clusters/dev/dev-1/cluster/cluster.yaml"
		entries = "clusters/dev/dev-1/access/access.yaml"
		network = "clusters/dev/dev-1/foundation/network.yaml"
		dev     = fleet + ":15:12: note: Cluster dev-1/dev-1" + nobody
		prod    = fleet + ":16:12: note: Cluster prod-1/prod-1" + nobody
	)
	files := goldenTree(t, "shortest")
	for _, tc := range []struct {
		name string
		edit func(fstest.MapFS)
		want []string
	}{
		{"as it is", func(fstest.MapFS) {}, []string{dev, prod}},
		{"with its clusters the other way round", func(files fstest.MapFS) {
			lines := strings.SplitAfter(string(files[fleet].Data), "\n")
			lines[14], lines[15] = lines[15], lines[14]
			files[fleet] = &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
		}, []string{strings.Replace(prod, ":16:", ":15:", 1), strings.Replace(dev, ":15:", ":16:", 1)}},
		{"without clusters.yaml", func(files fstest.MapFS) { delete(files, fleet) }, nil},
		{"with an administrator", change(entries, "\nkind: AccessEntry\n", "\nkind: AccessEntry\nmetadata: {name: a, namespace: dev-1}\n"+
			"spec: {clusterName: dev-1, principalARN: 'arn:aws:iam::111122223333:role/a'}\n---\napiVersion: eks.services.k8s.aws/v1alpha1\nkind: AccessEntry\n"), []string{prod}},
		{"with nodes", change(entries, "\nkind: AccessEntry\n", "\nkind: AccessEntry\nmetadata: {name: a, namespace: dev-1}\n"+
			"spec: {clusterName: dev-1, type: EC2, principalARN: 'arn:aws:iam::111122223333:role/a'}\n---\napiVersion: eks.services.k8s.aws/v1alpha1\nkind: AccessEntry\n"), []string{dev, prod}},
		{"with a closed endpoint", change(cluster, "endpointPublicAccess: true", "endpointPublicAccess: false"), []string{
			dev, prod, cluster + ":38:5: note: Cluster dev-1/dev-1: spec.resourcesVPCConfig.endpointPublicAccess: only the new VPC reaches the Kubernetes API, " +
				"and nothing in the tree connects the hub with it: the stages nodes, addons and apps would wait\n" +
				"  hint: connect them, by VPC peering or a transit gateway, before the cluster is there; if that is done elsewhere, all is well",
		}},
		{"with a closed endpoint and a peering", func(files fstest.MapFS) {
			change(cluster, "endpointPublicAccess: true", "endpointPublicAccess: false")(files)
			change(network, "apiVersion:", "apiVersion: ec2.services.k8s.aws/v1alpha1\nkind: VPCPeeringConnection\nmetadata: {name: hub, namespace: dev-1}\n---\napiVersion:")(files)
		}, []string{dev, prod}},
		{"that retires", change("flux/dev/dev-1/delivery/namespace.yaml", "gen/state: active", "gen/state: retiring"), []string{prod}},
	} {
		changed := maps.Clone(files)
		tc.edit(changed)
		tree, err := manifest.Load(changed, embedded(t))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range verify.Run(tree, verify.Checks()) {
			if f.Check == "reach" && f.Severity == diag.Note {
				f.Source = ""
				got = append(got, f.String())
			}
		}
		if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
			t.Errorf("%s:\n%s\nshould be\n%s", tc.name, strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
		}
	}
}

// change puts one text in the place of another.
func change(file, before, after string) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		files[file] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[file].Data), before, after, 1))}
	}
}
