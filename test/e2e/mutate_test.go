package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/test/e2e/aws"
)

// mutated names what this run breaks on purpose, to see its scenario fail: go test … -mutate NAME.
var mutated = flag.String("mutate", "", "break this on purpose; see mutations in mutate_test.go")

// mutation breaks what gen makes, as a fault in gen would.
type mutation struct {
	name string
	// scenario is the one that must fail.
	scenario string
	edits    []edit
	// apart leaves the clusters of other environments out of a branch.
	apart bool
	// withoutHub are kinds that flux/hub goes without.
	withoutHub []string
	// oneRole lets Flux act with a role in the hub's account, as its pods' own.
	oneRole bool
}

// edit replaces a pattern in all files of the generated tree that match.
type edit struct{ files, pattern, with string }

const (
	chains  = "flux/*/*/delivery/chain.yaml"
	exports = "clusters/*/*/access/oidc.yaml"
)

// secondKubeconfig is the kubeconfig of a cluster once more, with another label.
const secondKubeconfig = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: kubeconfig, namespace: ` + blogCluster + `, labels: {made: twice}}
data: {provider: aws, cluster: "arn:aws:eks:us-east-2:111122223333:cluster/` + blogCluster + `"}
`

func mutations() []mutation {
	placeholder := edit{exports, `(?m)^(kind: ConfigMap\n)`, "${1}data: {OIDC_ISSUER: \"\"}\n"}
	policies := []string{"ValidatingAdmissionPolicyBinding"}
	return []mutation{
		{name: "no-order", scenario: "Push", edits: []edit{{chains, `(?m)^  dependsOn:\n  - name: .*\n`, ""}}},
		{name: "no-health", scenario: "Push", edits: []edit{{chains, `(?m)^  healthCheckExprs:\n(  - .*\n(    .*\n)*)+`, ""}}},
		{name: "vacuous-health", scenario: "Push", edits: []edit{{
			chains, `status\.\?conditions\.orValue\(\[\]\)\.exists\(c, c\.type == 'ACK\.Terminal' && c\.status == 'True'\)`,
			"status.conditions.filter(c, c.type == 'ACK.Terminal').all(c, c.status == 'True')",
		}}},
		{name: "wrong-kubeconfig", scenario: "Push", edits: []edit{{"flux/*/*/delivery/kubeconfig.yaml", "eu-west-2", "eu-west-1"}}},
		{
			name: "one-role", scenario: "Push", oneRole: true, withoutHub: policies,
			edits: []edit{{"flux/*/*/delivery/kubeconfig.yaml", `(?m)^  serviceAccountName: .*\n`, ""}},
		},
		{
			name: "no-selector", scenario: "Push",
			edits: []edit{{"flux/*/*/delivery/namespace.yaml", `(?s)---\napiVersion: services\.k8s\.aws/v1alpha1\nkind: IAMRoleSelector.*`, ""}},
		},
		{
			name: "wide-selector", scenario: "Push", withoutHub: policies,
			edits: []edit{{"flux/*/" + blogCluster + "/delivery/namespace.yaml", `(?m)^    - ` + blogCluster + `\n`, "    - " + blogCluster + "\n    - " + devCluster + "\n"}},
		},
		{
			name: "no-trust", scenario: "Push",
			edits: []edit{{"clusters/*/*/foundation/access.yaml", `:sub": "system:serviceaccount:.*"`, `:sub": "system:serviceaccount:default:flux"`}},
		},
		{
			name: "no-entry", scenario: "Push",
			edits: []edit{{"clusters/*/*/access/access.yaml", `(?m)^  principalARN: (.*)-flux$`, "  principalARN: ${1}-other"}},
		},
		{name: "no-adoption", scenario: "Push", edits: []edit{{"clusters/*/*/foundation/cluster.yaml", `(?m)^    services\.k8s\.aws/adoption-policy: .*\n`, ""}}},
		{name: "empty-issuer", scenario: "IRSA", edits: []edit{placeholder, {chains, `(?m)^  - apiVersion: v1\n    current: data.*\n    kind: ConfigMap\n`, ""}}},
		{name: "wrong-issuer", scenario: "IRSA", edits: []edit{{"clusters/*/*/identity/*.yaml", `\$\{OIDC_ISSUER#https://\}`, "oidc.example.org"}}},
		{name: "two-owners", scenario: "Strict", edits: []edit{{"clusters/dev/" + blogCluster + "/foundation/cluster.yaml", `\z`, secondKubeconfig}}},
		{name: "declared-issuer", scenario: "Strict", edits: []edit{placeholder}},
		{name: "unknown-field", scenario: "Strict", edits: []edit{{chains, `(?m)^  wait: true\n`, "  wait: true\n  wiat: true\n"}}},
		{name: "san-alone", scenario: "Strict", edits: []edit{{"clusters/*/*/foundation/dns.yaml", `(?m)^(  subjectAlternativeNames:\n)  - .*\n`, "${1}"}}},
		{name: "subnet-left", scenario: "Strict", edits: []edit{{"clusters/*/*/[nf]*/network.yaml", `(?m)^  hostnameType: .*\n`, ""}}},
		{name: "branches-apart", scenario: "Branches", apart: true},
		{name: "no-patches", scenario: "Patch", edits: []edit{{"flux/*/*/nodes/kustomization.yaml", `(?m)^components:\n(- .*\n)+`, ""}}},
		{name: "no-annotations", scenario: "Patch", edits: []edit{{"hub/ack/*.yaml", `IgnoreFieldDrift: true`, "IgnoreFieldDrift: false"}}},
		{name: "unstable", scenario: "Upgrade", edits: []edit{{"flux/*/*/nodes/nodes.yaml", `(?s)(kind: NodeClass\nmetadata:\n)(.*cpu: '320')`, "${1}  labels: {made: again}\n${2}"}}},
		{name: "key-ref", scenario: "Upgrade", edits: []edit{{"clusters/*/*/cluster/cluster.yaml", `keyARN: \$\{KMS_KEY_ARN\}`, "keyRef: {from: {name: " + prodCluster + "}}"}}},
		{name: "old-sync", scenario: "Upgrade", edits: []edit{{chains, ` && !\(has\(c\.lastTransitionTime\).*?duration\('2s'\)\)\)`, ""}}},
		{name: "no-policies", scenario: "Isolation", withoutHub: policies},
		{name: "no-terminal", scenario: "Failure", edits: []edit{{chains, `(?m)^    failed: .*\n`, ""}}},
		{name: "active-alone", scenario: "Failure", edits: []edit{{chains, `(current: status\.\?status\.orValue\(''\) == 'ACTIVE') && .*`, "${1}"}}},
		{name: "no-gate", scenario: "Removal", edits: []edit{{"flux/*/*/*/retiring.yaml", `'\d+'`, "'99'"}}},
		{name: "selector-first", scenario: "Removal", edits: []edit{{
			"flux/hub/*/admission.yaml", `(policyName: fleet-\w+\.selector-deletion\n  validationActions:\n  - )Deny`, "${1}Audit",
		}}},
		{name: "no-retain", scenario: "Removal", edits: []edit{{"clusters/*/*/[nf]*/*.yaml", `services\.k8s\.aws/deletion-policy: retain`, "example.org/x: x"}}},
	}
}

// theMutation returns that of this run, which breaks nothing if none is asked for.
func theMutation(t *testing.T) mutation {
	t.Helper()
	if *mutated == "" {
		return mutation{}
	}
	all := mutations()
	i := slices.IndexFunc(all, func(m mutation) bool { return m.name == *mutated })
	if i < 0 {
		t.Fatalf("there is no mutation %q", *mutated)
	}
	return all[i]
}

// mutateTree breaks a generated tree.
func mutateTree(t *testing.T, dir, environment string) {
	t.Helper()
	m := theMutation(t)
	m.edit(t, dir, false)
	without(t, dir, m.withoutHub)
	if !m.apart {
		return
	}
	for other, clusters := range members() {
		if other == environment {
			continue
		}
		for _, cluster := range clusters {
			must(t, os.RemoveAll(filepath.Join(dir, "clusters", other, cluster)))
			must(t, os.RemoveAll(filepath.Join(dir, "flux", other, cluster)))
			replaceIn(t, filepath.Join(dir, "flux", other, "kustomization.yaml"), "(?m)^- "+cluster+"/delivery\n", "")
		}
	}
}

// edit breaks the files of the hub, or all others.
func (m mutation) edit(t *testing.T, dir string, hub bool) {
	t.Helper()
	for _, e := range m.edits {
		if strings.HasPrefix(e.files, "hub/") != hub {
			continue
		}
		files, err := filepath.Glob(filepath.Join(dir, e.files))
		must(t, err)
		for _, file := range files {
			replaceIn(t, file, e.pattern, e.with)
		}
	}
}

func replaceIn(t *testing.T, file, pattern, with string) {
	t.Helper()
	content, err := os.ReadFile(file)
	must(t, err)
	must(t, os.WriteFile(file, regexp.MustCompile(pattern).ReplaceAll(content, []byte(with)), 0o600))
}

// oneRole is what Flux had on hubs before each cluster had a role of its own.
const oneRole = "arn:aws:iam::777788889999:role/flux"

// mutateAccount adds that role to the hub's account.
func mutateAccount(t *testing.T, account aws.Account) aws.Account {
	t.Helper()
	if theMutation(t).oneRole && account.ID == "777788889999" {
		account.Roles = append(account.Roles, aws.Role{
			ARN:      oneRole,
			Trust:    `{"Statement": {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": "sts:AssumeRole"}}`,
			Policies: []string{`{"Statement": {"Effect": "Allow", "Action": "eks:DescribeCluster", "Resource": "*"}}`},
		})
	}
	return account
}

// without removes the objects of some kinds from what the hub takes over.
func without(t *testing.T, dir string, kinds []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "flux/hub/*/*.yaml"))
	must(t, err)
	for _, file := range files {
		for _, kind := range kinds {
			replaceIn(t, file, `(?m)^---\napiVersion: .*\nkind: `+kind+`\n(?:[^-].*\n)*`, "")
		}
	}
}
