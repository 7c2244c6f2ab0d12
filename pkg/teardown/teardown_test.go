package teardown_test

import (
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/teardown"
)

// objects are lines of "stage: object", each in YAML.
func objects(t *testing.T, lines ...string) teardown.Objects {
	t.Helper()
	var all teardown.Objects
	for _, line := range lines {
		stage, text, _ := strings.Cut(line, " ")
		o := teardown.Object{Stage: strings.Trim(stage, "-")}
		if err := yaml.Unmarshal([]byte(text), &o.Content); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

const (
	stages      = "- {kind: Kustomization, metadata: {name: addons}, spec: {deletionPolicy: Delete}}"
	protected   = "- {kind: Kustomization, metadata: {name: addons}, spec: {deletionPolicy: Orphan}}"
	identities  = "- {kind: Kustomization, metadata: {name: identity}}"
	loki        = "addons {kind: HelmRelease, metadata: {name: loki, namespace: c}, spec: {targetNamespace: monitoring}}"
	tempo       = "addons {kind: HelmRelease, metadata: {name: tempo, namespace: c}, spec: {targetNamespace: monitoring}}"
	renamed     = "addons {kind: HelmRelease, metadata: {name: logs, namespace: c}, spec: {targetNamespace: monitoring}}"
	moved       = "addons {kind: HelmRelease, metadata: {name: loki, namespace: c}, spec: {targetNamespace: logs}}"
	system      = "addons {kind: HelmRelease, metadata: {name: reloader, namespace: c}, spec: {targetNamespace: kube-system}}"
	monitoring  = "nodes {kind: Namespace, metadata: {name: monitoring}}"
	logs        = "nodes {kind: Namespace, metadata: {name: logs}}"
	lokiRole    = "foundation {kind: Role, metadata: {name: c-loki}}"
	lokiBinding = "access {kind: PodIdentityAssociation, metadata: {name: c-loki}, spec: {namespace: monitoring, serviceAccount: loki, roleRef: {from: {name: c-loki}}}}"
	logsBinding = "access {kind: PodIdentityAssociation, metadata: {name: c-loki}, spec: {namespace: logs, serviceAccount: loki, roleRef: {from: {name: c-loki}}}}"
	irsaRole    = `identity {kind: Role, metadata: {name: c-loki}, spec: {assumeRolePolicyDocument: '"x:sub": "system:serviceaccount:monitoring:loki"'}}`
	staticRole  = `foundation {kind: Role, metadata: {name: c-loki}, spec: {assumeRolePolicyDocument: '"x:sub": "system:serviceaccount:monitoring:loki"'}}`
	efs         = "addons {kind: Addon, metadata: {name: efs}, spec: {name: efs, podIdentityAssociations: [{roleRef: {from: {name: c-efs}}}]}}"
	efsIRSA     = "addons {kind: Addon, metadata: {name: efs}, spec: {name: efs, serviceAccountRoleARN: 'arn:aws:iam::111122223333:role/c-efs'}}"
	efsRole     = "foundation {kind: Role, metadata: {name: c-efs}}"
	metrics     = "addons {kind: Addon, metadata: {name: metrics-server}, spec: {name: metrics-server}}"
	metricsHelm = "addons {kind: HelmRelease, metadata: {name: metrics-server}, spec: {targetNamespace: kube-system}}"
	watchHelm   = "addons {kind: HelmRelease, metadata: {name: cloudwatch}, spec: {targetNamespace: amazon-cloudwatch}}"
	watchAddon  = "addons {kind: Addon, metadata: {name: amazon-cloudwatch-observability}, spec: {name: amazon-cloudwatch-observability}}"
	watch       = "nodes {kind: Namespace, metadata: {name: amazon-cloudwatch}}"
)

func TestFind(t *testing.T) {
	t.Parallel()
	const stay = "; webhooks, APIServices and finalizers stay, with nothing to serve them"
	for name, c := range map[string]struct {
		before, after []string
		want          []string
	}{
		"nothing goes": {[]string{stages, loki, monitoring, lokiRole}, []string{stages, loki, monitoring, lokiRole}, nil},
		"a release with its namespace": {
			[]string{stages, loki, monitoring},
			[]string{stages},
			[]string{"Helm does not uninstall release loki: Namespace monitoring goes first, and Helm's record with the namespace" + stay},
		},
		"a release with all that it has": {
			[]string{stages, loki, monitoring, lokiRole, lokiBinding},
			[]string{stages},
			[]string{"Helm does not uninstall release loki: Namespace monitoring, PodIdentityAssociation c-loki and Role c-loki go first, and Helm's record with the namespace" + stay},
		},
		"retiring":                 {[]string{stages, loki, monitoring, lokiRole, lokiBinding}, []string{stages, monitoring, lokiRole, lokiBinding}, nil},
		"what has retired":         {[]string{stages, monitoring, lokiRole, lokiBinding}, []string{stages}, nil},
		"a namespace that another": {[]string{stages, loki, tempo, monitoring}, []string{stages, tempo, monitoring}, nil},
		"a namespace of Kubernetes without a role": {[]string{stages, system}, []string{stages}, nil},
		"a role in a namespace that stays": {
			[]string{stages, loki, tempo, monitoring, lokiRole, lokiBinding},
			[]string{stages, tempo, monitoring},
			[]string{"the pods of release loki lose their AWS permissions while they run: PodIdentityAssociation c-loki and Role c-loki go before it is uninstalled"},
		},
		"a role with IRSA": {
			[]string{stages, identities, loki, tempo, monitoring, irsaRole},
			[]string{stages, identities, tempo, monitoring},
			[]string{"the pods of release loki lose their AWS permissions while they run: Role c-loki goes before it is uninstalled"},
		},
		"another name": {
			[]string{stages, loki, monitoring, lokiRole, lokiBinding},
			[]string{stages, renamed, monitoring},
			[]string{"the pods of release loki lose their AWS permissions while they run: PodIdentityAssociation c-loki and Role c-loki go before it is uninstalled"},
		},
		"another namespace": {
			[]string{stages, loki, monitoring},
			[]string{stages, moved, logs},
			[]string{"Helm does not uninstall release loki: Namespace monitoring goes first, and Helm's record with the namespace" + stay},
		},
		"another namespace, with an association": {
			[]string{stages, loki, tempo, monitoring, lokiRole, lokiBinding},
			[]string{stages, moved, tempo, logs, monitoring, lokiRole, logsBinding},
			[]string{"the pods of release loki lose their AWS permissions while they run: PodIdentityAssociation c-loki goes before it is uninstalled"},
		},
		"an add-on without a role": {[]string{stages, metrics}, []string{stages}, nil},
		"an add-on with its role": {
			[]string{stages, efs, efsRole},
			[]string{stages},
			[]string{"the pods of add-on efs lose their AWS permissions while they run: Role c-efs goes before it is uninstalled"},
		},
		"an add-on with its role and IRSA": {
			[]string{stages, efsIRSA, efsRole},
			[]string{stages},
			[]string{"the pods of add-on efs lose their AWS permissions while they run: Role c-efs goes before it is uninstalled"},
		},
		"an add-on retires": {[]string{stages, efs, efsRole}, []string{stages, efsRole}, nil},
		"the last of a stage in a protected environment": {
			[]string{protected, metrics},
			nil,
			[]string{"add-on metrics-server is not uninstalled: Kustomization addons goes with it, and in a protected environment that leaves what it has delivered"},
		},
		"the last of a stage": {[]string{stages, metrics}, nil, nil},
		"an add-on for a release": {
			[]string{stages, metricsHelm},
			[]string{stages, metrics},
			[]string{"release metrics-server goes while add-on metrics-server comes, in any order: what one installs the other deletes"},
		},
		"a release for an add-on, of another name": {
			[]string{stages, watchAddon},
			[]string{stages, watchHelm, watch},
			[]string{"add-on amazon-cloudwatch-observability goes while release cloudwatch comes, in any order: what one installs the other deletes"},
		},
		"an add-on into a namespace that goes": {
			[]string{stages, watch},
			[]string{stages, watchAddon},
			[]string{"add-on amazon-cloudwatch-observability comes while namespace amazon-cloudwatch, which it is installed in, is being deleted"},
		},
		"roles that go to a later stage": {
			[]string{stages, lokiRole, loki, monitoring},
			[]string{stages, identities, irsaRole, loki, monitoring},
			[]string{"the change of identity moves c-loki to another stage: Flux deletes these roles in AWS before it recreates them, while pods use them"},
		},
		"roles whose stage goes": {
			[]string{stages, identities, irsaRole, loki, monitoring},
			[]string{stages, lokiRole, lokiBinding, loki, monitoring},
			[]string{"the change of identity moves c-loki to another stage: Flux deletes these roles in AWS before it recreates them, while pods use them"},
		},
		"roles that go to an earlier stage, and theirs stays": {
			[]string{stages, identities, irsaRole, loki, monitoring}, []string{stages, identities, staticRole, loki, monitoring}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, f := range teardown.Find(objects(t, c.before...), objects(t, c.after...)) {
				got = append(got, f.Message)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestRebound: pods are to be restarted where they take a role that stays in another way.
func TestRebound(t *testing.T) {
	t.Parallel()
	const (
		pods   = `foundation {kind: Role, metadata: {name: c-loki}, spec: {assumeRolePolicyDocument: '"pods.eks.amazonaws.com"'}}`
		tokens = `foundation {kind: Role, metadata: {name: c-loki}, spec: {assumeRolePolicyDocument: '"sts:AssumeRoleWithWebIdentity"'}}`
		nodes  = `foundation {kind: Role, metadata: {name: c-loki}, spec: {assumeRolePolicyDocument: '"ec2.amazonaws.com"'}}`
	)
	for _, c := range []struct{ before, after, want string }{
		{pods, tokens, "running pods assume the role by Pod Identity, which ends with their credentials: restart them when this is delivered"},
		{tokens, pods, "running pods assume the role by IRSA, which ends with their credentials: restart them when this is delivered"},
		{pods, pods, ""},
		{tokens, tokens, ""},
		{nodes, pods, ""},
		{pods, monitoring, ""},
	} {
		got := ""
		for _, f := range teardown.Rebound(objects(t, c.before), objects(t, c.after)) {
			got += f.Message
		}
		if got != c.want {
			t.Errorf("%s\n%s:\ngot  %s\nwant %s", c.before, c.after, got, c.want)
		}
	}
}
