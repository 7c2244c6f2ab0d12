package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/test/e2e/ack"
	"eks-auto-gitops/test/e2e/aws"
	"eks-auto-gitops/test/e2e/cloudformation"
	"eks-auto-gitops/test/e2e/operator"
	"eks-auto-gitops/test/e2e/programs"
	"eks-auto-gitops/test/e2e/watcher"
)

// Namespaces of the hub's own programs.
const (
	fluxNamespace = "flux-system"
	ackNamespace  = "ack-system"
)

// mode is how ACK on the hub gets into other accounts: hub.ack.
type mode string

const (
	selectors  mode = "selectors"
	accountMap mode = "accountMap"
)

// hub is what clusters.yaml says of it.
type hub struct{ account, region, issuer string }

// hub reads clusters.yaml.
func (u *user) hub(t *testing.T) hub {
	t.Helper()
	entry := u.fleet(t)["hub"].(map[string]any)
	issuer := entry["oidcIssuer"].(string)
	return hub{account: entry["accountID"].(string), issuer: issuer, region: strings.Split(issuer, ".")[2]}
}

// issuerHost is the host of the hub's OIDC issuer, and the path of it there.
func (h hub) issuerHost() (host, path string) {
	host, path, _ = strings.Cut(strings.TrimPrefix(h.issuer, "https://"), "/")
	return host, "/" + path
}

// deploy deploys hub/hub.cfn.yaml in the hub's account and hub/account.cfn.yaml in each other account, as hub/README.md
// says. Of what they make only who may do what is played; the hub's cluster is there.
func (w *world) deploy(t *testing.T) {
	t.Helper()
	h := w.user.hub(t)
	stack := func(template, account string) {
		s, err := cloudformation.Deploy(w.user.read(t, template), account, h.region,
			"AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::OIDCProvider", "AWS::EKS::PodIdentityAssociation")
		must(t, err)
		w.aws.Open(mutateAccount(t, opened(t, s)))
		maps.Copy(w.podRoles, podRoles(s))
	}
	stack("hub/hub.cfn.yaml", h.account)
	for _, account := range w.user.accounts(t) {
		stack("hub/account.cfn.yaml", account)
	}
}

// accounts lists those of the environments.
func (u *user) accounts(t *testing.T) []string {
	t.Helper()
	var ids []string
	for _, e := range u.fleet(t)["environments"].([]any) {
		ids = append(ids, e.(map[string]any)["accountID"].(string))
	}
	return ids
}

// opened is what a stack gives to an account.
func opened(t *testing.T, s *cloudformation.Stack) aws.Account {
	t.Helper()
	account := aws.Account{ID: s.Account}
	for _, r := range s.Resources {
		switch r.Type {
		case "AWS::IAM::OIDCProvider":
			account.Issuers = append(account.Issuers, r.Properties["Url"].(string))
		case "AWS::IAM::Role":
			role := aws.Role{ARN: roleOf(s, r), Trust: document(t, r.Properties["AssumeRolePolicyDocument"])}
			managed, _ := r.Properties["ManagedPolicyArns"].([]any)
			for _, policy := range managed {
				if p, ours := s.Resources[policy.(string)]; ours { // AWS's own policies are not for roles that the test uses
					role.Policies = append(role.Policies, document(t, p.Properties["PolicyDocument"]))
				}
			}
			account.Roles = append(account.Roles, role)
		}
	}
	return account
}

func roleOf(s *cloudformation.Stack, role cloudformation.Resource) string {
	path, _ := role.Properties["Path"].(string)
	if path == "" {
		path = "/"
	}
	return fmt.Sprintf("arn:aws:iam::%s:role%s%s", s.Account, path, role.Properties["RoleName"])
}

func document(t *testing.T, policy any) string {
	t.Helper()
	content, err := json.Marshal(policy)
	must(t, err)
	return string(content)
}

// podRoles are the roles of service accounts on the hub, by namespace and name (Amazon EKS User Guide: EKS Pod Identity).
func podRoles(s *cloudformation.Stack) map[string]string {
	roles := map[string]string{}
	for _, r := range s.Resources {
		if r.Type == "AWS::EKS::PodIdentityAssociation" {
			account := fmt.Sprintf("%s/%s", r.Properties["Namespace"], r.Properties["ServiceAccount"])
			roles[account] = roleOf(s, s.Resources[r.Properties["RoleArn"].(string)])
		}
	}
	return roles
}

// installFlux does what hub/README.md says under "Install Flux", and plays the Flux Operator. Flux has no AWS
// credentials but what it gets for a service account.
func (w *world) installFlux(t *testing.T) {
	t.Helper()
	must(t, apply(w.ctx, w.client, operator.CRD()))
	w.until(t, "FluxInstances are known", func() error {
		crd := operator.CRD()
		if err := w.get(crd); err != nil || isTrue(crd, "Established") {
			return err
		}
		return fmt.Errorf("its status is %v", crd.Object["status"])
	})
	instance := &unstructured.Unstructured{}
	must(t, yaml.Unmarshal(w.user.read(t, "hub/flux/instance.yaml"), &instance.Object))
	w.until(t, "the FluxInstance is applied", func() error { return apply(w.ctx, w.client, instance.DeepCopy()) })
	flags := map[string][]string{}
	for _, name := range []string{programs.SourceController, programs.KustomizeController, programs.HelmController} {
		if !slices.Contains(operator.Components(instance), name) {
			t.Errorf("the FluxInstance has no %s", name)
		}
		var err error
		flags[name], err = operator.Flags(instance, name)
		must(t, err)
	}
	must(t, w.plane.Flux(w.hub, flags, w.fluxEnv(t)))
	if slices.Contains(operator.Components(instance), "source-watcher") {
		must(t, watcher.Run(w.ctx, w.hub.Config(), w.clusters.dir))
	}
	for _, o := range operator.Sync(instance) {
		must(t, apply(w.ctx, w.client, o))
	}
}

func (w *world) fluxEnv(t *testing.T) []string {
	t.Helper()
	env := append(w.net.Env(), "AWS_EC2_METADATA_DISABLED=true")
	if !theMutation(t).oneRole {
		return env
	}
	session, err := w.aws.ForPod(oneRole, "flux")
	must(t, err)
	return append(append(env, session.Env()...), "AWS_REGION=eu-west-2")
}

// installACK waits until Flux has installed ACK, and plays the controllers with the values that their charts got and
// the role that the hub's template gives to their service accounts.
func (w *world) installACK(t *testing.T) {
	t.Helper()
	w.until(t, "Flux has installed ACK", func() error { return w.isReady(kustomization(fluxNamespace, "ack"), "") })
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(release("", "").GroupVersionKind())
	must(t, w.client.List(w.ctx, list, client.InNamespace(ackNamespace)))
	var all []ack.Options
	for _, r := range list.Items {
		values := object("", "v1", "ConfigMap", ackNamespace, r.GetName()+"-values")
		must(t, w.get(values))
		all = append(all, w.ackOptions(t, r.GetName(), text(values, "data", "values")))
	}
	if len(all) != 7 {
		t.Fatalf("%d controllers of ACK are installed", len(all))
	}
	for _, o := range all[1:] {
		if o.Selectors != all[0].Selectors || o.Self.Role != all[0].Self.Role || o.Region != all[0].Region {
			t.Fatalf("controllers of ACK differ: %+v, %+v", o, all[0])
		}
	}
	table, err := ack.Table(w.ctx, "../..")
	must(t, err)
	all[0].Table = table
	for _, o := range all {
		all[0].Annotated = append(all[0].Annotated, o.Annotated...)
	}
	must(t, w.ack.Run(w.ctx, w.hub.Config(), w.aws, all[0]))
}

// ackOptions reads the values of a chart of ACK (aws-controllers-k8s/eks-controller, helm/values.yaml).
func (w *world) ackOptions(t *testing.T, name, content string) ack.Options {
	t.Helper()
	values := struct {
		AWS struct{ Region string }
		// EnableCARM is true unless it is false.
		EnableCARM     *bool
		FeatureGates   map[string]bool
		ServiceAccount struct{ Name string }
	}{}
	must(t, yaml.Unmarshal([]byte(content), &values))
	carm := values.EnableCARM == nil || *values.EnableCARM
	selectors := values.FeatureGates["IAMRoleSelector"]
	if carm == selectors {
		t.Fatalf("%s does not start: IAMRoleSelector and the account map exclude each other, and without both it knows one account", name)
	}
	role := w.podRoles[ackNamespace+"/"+values.ServiceAccount.Name]
	self, err := w.aws.ForPod(role, values.ServiceAccount.Name)
	must(t, err)
	o := ack.Options{Selectors: selectors, Namespace: ackNamespace, Self: self, Region: values.AWS.Region}
	if drift, ok := values.FeatureGates["IgnoreFieldDrift"]; ok && name == "ack-acm" {
		// acm-controller 1.3.4 has ACK runtime v0.58 (pkg/featuregate/features.go: GetFeatureGatesWithOverrides).
		t.Fatalf("%s does not start: unknown feature gate: IgnoreFieldDrift", name)
	} else if drift {
		o.Annotated = []string{strings.TrimPrefix(name, "ack-") + ".services.k8s.aws"}
	}
	return o
}
