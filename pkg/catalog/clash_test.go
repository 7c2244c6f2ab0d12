package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// TestClashesAreFound: otherwise the test below proves nothing.
func TestClashesAreFound(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*config.Cluster){
		"Role dev-1-external-dns of cluster dev-1": func(c *config.Cluster) { c.Releases[0].Name = "external-dns" },
		"HelmRelease podinfo of cluster dev-1":     func(c *config.Cluster) { c.Releases[0].Name = "podinfo" },
		"Helm's release podinfo/podinfo in dev-1": func(c *config.Cluster) {
			c.Releases[0].Namespace.Name, c.Releases[0].ReleaseName = "podinfo", "podinfo"
		},
		"the role dev-1-flux in AWS account 111122223333": func(c *config.Cluster) { c.Addons[0].Name = "Flux" },
		"the association of external-dns/external-dns in dev-1": func(c *config.Cluster) {
			c.Releases[0].Namespace.Name, c.Releases[0].ServiceAccounts[0].Name = "external-dns", "external-dns"
		},
	} {
		account := `serviceAccounts: [{name: one, policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]`
		fleet := load(t, sourceOfEverything(config.IdentityPod, "", more{
			releases: `{name: a, namespace: a, chart: {url: "oci://registry.example.org/own", version: 1.0.0}, ` + account + "}",
			addons:   "{name: a-2, version: v1.0.0-eksbuild.1, " + account + "}",
		}))
		c := dev1(t, fleet)
		slices.Reverse(c.Releases)
		slices.Reverse(c.Addons)
		change(c)
		if found := clashes(t, fleet); !slices.Contains(found, want) {
			t.Errorf("found %q, not %s", found, want)
		}
	}
}

// TestClashes: whatever name of a component the user takes, for whatever has a name, either clusters.yaml is refused with the place,
// or nothing is made twice.
func TestClashes(t *testing.T) {
	t.Parallel()
	refused, taken := 0, 0
	for name := range namesInTable() {
		for what, more := range usesOf(name) {
			for _, settings := range settingsFor(name) {
				fleet, problems := config.Load("clusters.yaml", []byte(sourceOfEverything(config.IdentityPod, settings, more)))
				if fleet == nil {
					refused++
					for _, p := range problems {
						if p.Line == 0 || p.Column == 0 {
							t.Errorf("%s %s is refused without a place: %s", what, name, p.Message)
						}
					}
					continue
				}
				taken++
				for _, clash := range clashes(t, fleet) {
					t.Errorf("%s %s is taken, but %s is made twice", what, name, clash)
				}
			}
		}
	}
	if refused < 20 || taken < 20 {
		t.Errorf("%d files were refused and %d taken: that proves nothing", refused, taken)
	}
}

// namesInTable are all names that a component has.
func namesInTable() map[string]bool {
	names := map[string]bool{}
	for _, p := range config.AllComponents() {
		names[p.Name] = true
		for _, role := range p.OwnRoles() {
			names[role], names[strings.ToUpper(role[:1])+role[1:]] = true, true
		}
		if p.Chart != nil {
			names[p.Chart.Name], names[p.Chart.Release], names[p.Chart.Namespace] = true, true, true
		}
	}
	return names
}

// settingsFor are those of cloudwatch with which a name is tried: the chart's, and for its own names the add-on's.
func settingsFor(name string) []string {
	if own := config.ComponentNamed("cloudwatch"); name == own.Name || name == own.Chart.Addon || name == own.Chart.Namespace {
		return []string{"", ", via: addon, version: v4.4.0-eksbuild.1"}
	}
	return []string{""}
}

// usesOf are the fields that the user can give a name, each with what is added to a file that has every component.
func usesOf(name string) map[string]more {
	const chart, version = `chart: {url: "oci://registry.example.org/own", version: 1.0.0}`, "version: v1.0.0-eksbuild.1"
	const policies = `policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]`
	account := fmt.Sprintf("serviceAccounts: [{name: one, %s}]", policies)
	second := fmt.Sprintf("serviceAccounts: [{name: one, %s}, {name: %s, %s}]", policies, name, policies)
	own := fmt.Sprintf("serviceAccounts: [{name: %s, %s}]", name, policies)
	uses := map[string]more{
		"the release":                  {releases: fmt.Sprintf("{name: %s, namespace: own-2, %s}", name, chart)},
		"the release with a role":      {releases: fmt.Sprintf("{name: %s, namespace: own-2, %s, %s}", name, chart, account)},
		"the release in Helm":          {releases: fmt.Sprintf("{name: own-2, releaseName: %s, namespace: %s, %s}", name, name, chart)},
		"the release in its namespace": {releases: fmt.Sprintf("{name: %s, namespace: %s, %s}", name, name, chart)},
		"a release's account":          {releases: fmt.Sprintf("{name: own-2, namespace: %s, %s, %s}", name, chart, own)},
		"a release's further account":  {releases: fmt.Sprintf("{name: own-2, namespace: own-2, %s, %s}", chart, second)},
		"the add-on":                   {addons: fmt.Sprintf("{name: %s, %s}", name, version)},
		"the add-on with a role":       {addons: fmt.Sprintf("{name: %s, %s, %s}", name, version, account)},
		"an add-on's further account":  {addons: fmt.Sprintf("{name: own-2, %s, %s}", version, second)},
	}
	for _, p := range config.ChartComponents() {
		if p.Name != name {
			continue
		}
		where := p.Chart.Namespace
		uses["the release in Helm, in the component's namespace,"] = more{releases: fmt.Sprintf("{name: own-2, releaseName: %s, namespace: %s, %s}", p.Chart.Release, where, chart)}
		if p.Chart.ServiceAccount != "" {
			uses["the account of the component"] = more{releases: fmt.Sprintf("{name: own-2, namespace: %s, %s, serviceAccounts: [{name: %s, %s}]}", where, chart, p.Chart.ServiceAccount, policies)}
		}
		// The cluster dev has a release whose role would be that of this component in dev-1.
		uses["the role of another cluster"] = more{others: fmt.Sprintf("{name: 1-%s, namespace: own-2, %s, %s}", name, chart, account)}
	}
	return uses
}

// clashes are the names that two objects of the fleet have, where each can have one.
func clashes(t *testing.T, fleet *config.Fleet) []string {
	t.Helper()
	count := map[string]int{}
	for i := range fleet.Clusters {
		c := &fleet.Clusters[i]
		for _, part := range catalog.All() {
			if !part.In(c) {
				continue
			}
			deliveries, _ := deliveriesOf(t, c, part)
			for _, d := range deliveries {
				for _, o := range d.Objects {
					for _, key := range keysOf(t, c, o) {
						count[key]++
					}
				}
			}
		}
	}
	var twice []string
	for key, n := range count {
		if n > 1 && !strings.Contains(key, "Repository") { // releases share a source
			twice = append(twice, key)
		}
	}
	slices.Sort(twice)
	return twice
}

// keysOf are what only one object may be: on the hub or in the cluster, in AWS, and in Helm.
func keysOf(t *testing.T, c *config.Cluster, o resource.Object) []string {
	t.Helper()
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(o)
	if err != nil {
		t.Fatal(err)
	}
	text := func(path ...string) string {
		value, _, _ := unstructured.NestedString(fields, path...)
		return value
	}
	kind := o.GetObjectKind().GroupVersionKind().Kind
	keys := []string{fmt.Sprintf("%s %s of cluster %s", kind, o.GetName(), c.Name)}
	switch kind {
	case "Role":
		keys = append(keys, fmt.Sprintf("the role %s in AWS account %s", strings.ToLower(text("spec", "name")), c.AccountID))
	case "PodIdentityAssociation":
		keys = append(keys, fmt.Sprintf("the association of %s/%s in %s", text("spec", "namespace"), text("spec", "serviceAccount"), c.Name))
	case "Addon":
		keys = append(keys, fmt.Sprintf("the add-on %s in %s", text("spec", "name"), c.Name))
	case "HelmRelease":
		spec := o.(*helmv2.HelmRelease).Spec
		keys = append(keys, fmt.Sprintf("Helm's release %s/%s in %s", spec.TargetNamespace, spec.ReleaseName, c.Name))
	}
	return keys
}
