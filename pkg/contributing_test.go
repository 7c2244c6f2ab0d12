package pkg_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestContributing follows "Add a component" and "Add a field" of CONTRIBUTING.md in a copy of this module: with exactly the edits
// that the two sections name, the new gen generates and verifies a fleet that uses both, and knows them everywhere.
func TestContributing(t *testing.T) {
	if testing.Short() {
		t.Skip("builds gen")
	}
	module := copyModule(t)
	apply(t, module, readEdits(t, "component"))
	apply(t, module, readEdits(t, "field"))

	// What `task update` does, as far as gen is built from it, and the tests that say what was forgotten.
	goTool(t, module, "test", "-vet=off", "-run", "^(TestSchemaIsFresh|TestPinnedChartsAreKnown)$", "./pkg/config")
	gen := filepath.Join(t.TempDir(), "gen")
	goTool(t, module, "build", "-ldflags", "-s -w", "-o", gen, "./cmd/gen")
	goTool(t, module, "test", "-vet=off", "-run", "^(TestTable|TestReadme)$", "./pkg/catalog")
	contains(t, "README.md", read(t, module, "README.md"), "| `velero` | Velero, which", "| `velero` | https://charts.example.org/velero, velero | 9.0.3 |")

	fleet := t.TempDir()
	write(t, fleet, "clusters/clusters.yaml", []byte(read(t, module, "testdata/golden/every-field/clusters.yaml")))
	run(t, fleet, 0, gen, "clusters")
	run(t, fleet, 0, gen, "verify")
	contains(t, "the zone", read(t, fleet, "clusters/dev/made/foundation/dns.yaml"), "comment: records of the cluster made")
	contains(t, "the role", read(t, fleet, "clusters/dev/made/foundation/velero.yaml"), "name: made-velero", "arn:aws:s3:::made-backup/*")
	contains(t, "the release", run(t, fleet, 0, gen, "explain", "--object", "HelmRelease/velero"), "COMPONENT:  velero: Velero, which", "components.velero.version: 9.0.2")
	contains(t, "gen list", run(t, fleet, 0, gen, "list", "-o", "yaml"), "- velero\n")
	contains(t, "gen explain", run(t, fleet, 0, gen, "explain", "components.velero"), "Velero backs up the objects of the cluster.")
	contains(t, "gen explain", run(t, fleet, 0, gen, "explain", "dns.zone.comment"), "Comment is shown beside a zone that is made.")
	contains(t, "the JSON Schema", read(t, fleet, "clusters/clusters.schema.json"), `"velero"`, "Comment is shown beside a zone")

	refused := t.TempDir()
	write(t, refused, "clusters/clusters.yaml", []byte(clashing))
	said := run(t, refused, 1, gen, "clusters")
	for _, want := range refusals() {
		contains(t, "clusters.yaml", said, "clusters/clusters.yaml:"+want+"\n")
	}
}

// clashing takes names of the new component, and gives it what no component may have.
const clashing = `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
clusters:
  - name: dev-1
    environment: dev
    version: "1.36"
    network: {cidr: 10.10.0.0/16}
    dns: {domain: dev.example.org, zone: {create: true, comment: "` + long + `"}}
    components:
      velero: {enabled: true, version: ">=2", state: gone, values: {server: text, namePrefix: {}}}
    addons:
      - {name: velero, version: v1.0.0-eksbuild.1}
    releases:
      - name: velero
        namespace: velero
        chart: {url: "oci://registry.example.org/velero", version: 9.0.3}
        serviceAccounts: [{name: velero-server, policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]
      - name: backups
        releaseName: velero
        namespace: velero
        chart: {url: "oci://registry.example.org/velero", version: 9.0.3}
        serviceAccounts: [{name: own, policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}, {name: velero, policyARNs: ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}]
`

// long is a comment of 280 characters.
const long = "0123456789012345678901234567890123456789012345678901234567890123456789" +
	"0123456789012345678901234567890123456789012345678901234567890123456789" +
	"0123456789012345678901234567890123456789012345678901234567890123456789" +
	"0123456789012345678901234567890123456789012345678901234567890123456789"

// refusals are what is said of clashing, each with its place.
func refusals() []string {
	return []string{
		`13:66: clusters[0].dns.zone.comment: the comment has 280 characters`,
		`15:40: clusters[0].components.velero.version: ">=2" is not one exact version`,
		`15:54: clusters[0].components.velero.state: "gone" is not a state`,
		`15:77: clusters[0].components.velero.values.server: is a single value, and the chart takes a mapping here`,
		`15:83: clusters[0].components.velero.values.namePrefix: is a mapping, and the chart takes a single value here`,
		`17:16: clusters[0].addons[0].name: velero is also a component of this cluster`,
		`19:15: clusters[0].releases[0].name: "velero" is the name of a component`,
		`22:34: clusters[0].releases[0].serviceAccounts[0].name: the service account velero/velero-server belongs to the component velero already`,
		`24:22: clusters[0].releases[1].releaseName: the component velero has this name in the namespace velero`,
		`27:103: clusters[0].releases[1].serviceAccounts[1].name: the role dev-1-velero is gen's own`,
	}
}

// TestContributingIsComplete: the sections name exactly the files that the edits touch.
func TestContributingIsComplete(t *testing.T) {
	t.Parallel()
	content := read(t, "..", "CONTRIBUTING.md")
	for name, heading := range map[string]string{"component": "Add a component", "field": "Add a field"} {
		named, touched := filesNamed(content, heading), []string{}
		for _, edit := range readEdits(t, name) {
			_, path, _ := strings.Cut(edit.Name, " ")
			touched = append(touched, path)
		}
		for _, fault := range differ(named, touched) {
			t.Errorf("%s: %s", heading, fault)
		}
	}
}

// A file too many and one that is missing are found; otherwise the test above proves nothing.
func TestContributingDiffers(t *testing.T) {
	t.Parallel()
	page := "## Add\n\n1. `a/b.go`: x\n2. `c/<name>.go`, see `word` and `pkg/folder`\n\n`not/named.go` is beside it.\n\n## Next\n\n1. `d/e.go`\n"
	named := filesNamed(page, "Add")
	if want := []string{"a/b.go", "c/<name>.go"}; !slices.Equal(named, want) {
		t.Errorf("named are %q, want %q", named, want)
	}
	for _, tc := range []struct {
		touched []string
		want    int
	}{{[]string{"a/b.go", "c/d.go"}, 0}, {[]string{"a/b.go"}, 1}, {[]string{"a/b.go", "c/d.go", "x/y.go"}, 1}, {[]string{"a/b.go", "c/d/e.go"}, 2}} {
		if got := differ(named, tc.touched); len(got) != tc.want {
			t.Errorf("%q: %q", tc.touched, got)
		}
	}
}

// filesNamed are the files in the numbered steps of a section.
func filesNamed(page, heading string) []string {
	_, section, _ := strings.Cut(page, "\n## "+heading+"\n")
	if rest, ok := strings.CutPrefix(page, "## "+heading+"\n"); ok {
		section = rest
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var named []string
	for paragraph := range strings.SplitSeq(section, "\n\n") {
		if !strings.HasPrefix(strings.TrimSpace(paragraph), "1. ") {
			continue
		}
		for _, match := range regexp.MustCompile("`([^` ]+/[^` ]+\\.[a-z]+)`").FindAllStringSubmatch(paragraph, -1) {
			named = append(named, match[1])
		}
	}
	return named
}

// differ says which files are named and not touched, or touched and not named. <name> stands for any word.
func differ(named, touched []string) []string {
	var faults []string
	fits := func(name, path string) bool {
		pattern := regexp.MustCompile(`<[a-z]+>`).ReplaceAllString(regexp.QuoteMeta(name), `[^/]+`)
		return regexp.MustCompile("^" + pattern + "$").MatchString(path)
	}
	for _, name := range named {
		if !slices.ContainsFunc(touched, func(path string) bool { return fits(name, path) }) {
			faults = append(faults, name+" is named, and no edit touches it")
		}
	}
	for _, path := range touched {
		if !slices.ContainsFunc(named, func(name string) bool { return fits(name, path) }) {
			faults = append(faults, path+" is touched, and the section does not name it")
		}
	}
	return faults
}
