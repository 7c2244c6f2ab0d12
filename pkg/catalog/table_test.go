package catalog_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"eks-auto-gitops/pkg/catalog"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// TestTable: every role, service account with a role, namespace and release that a component makes is in its row of the table,
// because validation keeps only those free; and nothing is in a row that is not made.
func TestTable(t *testing.T) {
	t.Parallel()
	found := map[string]map[string]bool{}
	for _, identity := range []string{config.IdentityPod, config.IdentityIRSA} {
		for _, settings := range []string{"", ", via: addon, version: v4.4.0-eksbuild.1"} {
			c := everything(t, identity, settings)
			for _, part := range catalog.All() {
				if part.Name == config.AgentComponent {
					c := *c
					c.Delivery = config.DeliveryAgent
					found[part.Name] = namesOf(t, &c, part)
				}
				if !part.In(c) {
					continue
				}
				if found[part.Name] == nil {
					found[part.Name] = map[string]bool{}
				}
				maps.Copy(found[part.Name], namesOf(t, c, part))
			}
		}
	}
	for _, row := range config.AllComponents() {
		if found[row.Name] == nil {
			t.Errorf("no fleet of this test has the component %s", row.Name)
		}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(inRow(row))), slices.Sorted(maps.Keys(found[row.Name]))); diff != "" {
			t.Errorf("component %s: pkg/config/component_table.go and the objects differ (-table +objects):\n%s", row.Name, diff)
		}
	}
}

// TestTableKnowsMore: what a row lacks, or has too much of, is found; otherwise the test above proves nothing.
func TestTableKnowsMore(t *testing.T) {
	t.Parallel()
	row := config.ComponentNamed("external-dns")
	for name, change := range map[string]func(*config.ComponentChart){
		"role":      func(c *config.ComponentChart) { c.ServiceAccount = "" },
		"account":   func(c *config.ComponentChart) { c.ServiceAccount = "other" },
		"namespace": func(c *config.ComponentChart) { c.Namespace = "other" },
		"release":   func(c *config.ComponentChart) { c.Release = "other" },
		"chart":     func(c *config.ComponentChart) { c.Name = "other" },
		"stage":     func(c *config.ComponentChart) { c.Apps = true },
	} {
		chart := *row.Chart
		change(&chart)
		changed := row
		changed.Chart = &chart
		if maps.Equal(inRow(row), inRow(changed)) {
			t.Errorf("a change of the %s is not found", name)
		}
	}
}

// everything is a cluster that has every component.
func everything(t *testing.T, identity, cloudwatch string) *config.Cluster {
	t.Helper()
	return dev1(t, load(t, sourceOfEverything(identity, cloudwatch, more{})))
}

// dev1 is the cluster dev-1.
func dev1(t *testing.T, fleet *config.Fleet) *config.Cluster {
	t.Helper()
	i := slices.IndexFunc(fleet.Clusters, func(c config.Cluster) bool { return c.Name == "dev-1" })
	if i < 0 {
		t.Fatal("there is no cluster dev-1")
	}
	return &fleet.Clusters[i]
}

// more are further items of lists of clusters.yaml.
type more struct {
	// Releases and addons are of the cluster dev-1, others the releases of the cluster dev.
	releases, addons, others string
}

func load(t *testing.T, source string) *config.Fleet {
	t.Helper()
	fleet, problems := config.Load("clusters.yaml", []byte(source))
	if fleet == nil {
		t.Fatal(problems)
	}
	return fleet
}

// sourceOfEverything is a clusters.yaml whose cluster dev-1 has every component, with further settings of cloudwatch and further items.
func sourceOfEverything(identity, cloudwatch string, m more) string {
	var parts []string
	for _, p := range config.ChartComponents() {
		settings := ""
		if p.Name == "cloudwatch" {
			settings = cloudwatch
		}
		parts = append(parts, fmt.Sprintf("%s: {enabled: true%s}", p.Name, settings))
	}
	return `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: "https://github.com/example/fleet.git"}
hub: {accountID: "777788889999", oidcIssuer: "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"}
environments: [{name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}]
clusters:
  - name: dev-1
    environment: dev
    version: "1.36"
    network: {cidr: 10.10.0.0/16}
    dns: {domain: dev.example.org, zone: {create: true}, certificate: true}
    capabilities: [{type: ACK, policyARNs: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]}, {type: KRO}, {type: ARGOCD, argoCD: {awsIDC: {idcInstanceARN: "arn:aws:sso:::instance/ssoins-0123456789abcdef"}}}]
    addons: [{name: metrics-server, version: v0.8.0-eksbuild.1}, ` + m.addons + `]
    releases: [{name: own, namespace: default, chart: {url: "oci://registry.example.org/own", version: 1.0.0}}, ` + m.releases + `]
    identity: ` + identity + "\n    components: {" + strings.Join(parts, ", ") + "}\n" + `
  - {name: dev, environment: dev, version: "1.36", network: {cidr: 10.20.0.0/16}, releases: [` + m.others + "]}\n"
}

// inRow are the names that a row of the table takes.
func inRow(row config.Component) map[string]bool {
	names := map[string]bool{}
	for _, end := range row.OwnRoles() {
		names["role "+end] = true
	}
	chart := row.Chart
	if row.Name == config.AgentComponent { // what comes with a way of delivery is no choice of the user, and so no chart of the table
		names["namespace "+config.AgentNamespace] = true
		names["release flux-operator of chart flux-operator as flux-operator in flux-system by operator"] = true
	}
	if chart == nil {
		return names
	}
	stage := component.Addons
	if chart.Apps {
		stage = component.Apps
	}
	names["namespace "+chart.Namespace] = true
	names[fmt.Sprintf("release %s of chart %s as %s in %s by %s", row.Name, chart.Name, chart.Release, chart.Namespace, stage)] = true
	if chart.ServiceAccount != "" {
		names["account "+chart.Namespace+"/"+chart.ServiceAccount] = true
	}
	if chart.ByAddon != nil {
		names["add-on "+chart.Addon] = true
	}
	return names
}

// namesOf are the names that a component takes by the objects that it makes. Those of the user's own charts and add-ons are checked
// with the user's own names.
func namesOf(t *testing.T, c *config.Cluster, part component.Component) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	if part.Name == "addons" || part.Name == "releases" {
		return names
	}
	deliveries, chart := deliveriesOf(t, c, part)
	for _, d := range deliveries {
		for _, o := range d.Objects {
			if release, ok := o.(*helmv2.HelmRelease); ok {
				spec := release.Spec
				names[fmt.Sprintf("release %s of chart %s as %s in %s by %s", release.Name, chartName(chart), spec.ReleaseName, spec.TargetNamespace, d.Stage)] = true
				continue
			}
			maps.Copy(names, ofObject(t, c, o))
		}
	}
	return names
}

// chartName is the name of a chart by its template.
func chartName(chart flux.Chart) string {
	if oci, ok := chart.Source.(*sourcev1.OCIRepository); ok {
		return oci.Spec.URL[strings.LastIndex(oci.Spec.URL, "/")+1:]
	}
	if chart.Release == nil { // that of the operator is in no template
		return config.OperatorRelease
	}
	return chart.Release.Spec.Chart.Spec.Chart
}

// ofObject are the names that an object takes.
func ofObject(t *testing.T, c *config.Cluster, o resource.Object) map[string]bool {
	t.Helper()
	fields, err := runtime.DefaultUnstructuredConverter.ToUnstructured(o)
	if err != nil {
		t.Fatal(err)
	}
	text := func(path ...string) string {
		value, _, _ := unstructured.NestedString(fields, path...)
		return value
	}
	switch o.GetObjectKind().GroupVersionKind().Kind {
	case "Namespace":
		return map[string]bool{"namespace " + o.GetName(): true}
	case "Addon":
		return map[string]bool{"add-on " + text("spec", "name"): true}
	case "PodIdentityAssociation":
		return map[string]bool{"account " + text("spec", "namespace") + "/" + text("spec", "serviceAccount"): true}
	case "Role":
		names := map[string]bool{"role " + strings.TrimPrefix(text("spec", "name"), c.Name+"-"): true}
		trusted := regexp.MustCompile(`system:serviceaccount:([^:"]+):([^:"]+)`).FindStringSubmatch(text("spec", "assumeRolePolicyDocument"))
		if trusted != nil && trusted[1] != c.Name { // Flux's own account is on the hub
			names["account "+trusted[1]+"/"+trusted[2]] = true
		}
		return names
	}
	return nil
}

// deliveriesOf are what a component delivers for a cluster, and its chart.
func deliveriesOf(t *testing.T, c *config.Cluster, part component.Component) ([]component.Delivery, flux.Chart) {
	t.Helper()
	var chart flux.Chart
	if part.HasChart() {
		var err error
		if chart, err = flux.Template(part.Name); err != nil {
			t.Fatal(err)
		}
	}
	deliveries, err := part.Deliveries(c, chart)
	if err != nil {
		t.Fatal(err)
	}
	return deliveries, chart
}
