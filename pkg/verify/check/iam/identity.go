package iam

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// IdentityCheck holds whoever gets a role in AWS to whoever needs it.
func IdentityCheck() check.Check {
	return check.Check{
		Name: "identity",
		Doc:  "Each role for pods names the namespace and service account of a release, which starts after the role exists.",
		Why: "EKS gives credentials to pods of exactly one namespace and service account, when they start. A pair that no " +
			"pod has causes no error anywhere: the pods run without credentials, because on Auto Mode pods cannot fall back " +
			"to the node role.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, a := range t.OfKind(manifest.EKSGroup, "PodIdentityAssociation") {
				problems = append(problems, association(t, a)...)
			}
			for _, role := range t.OfKind(manifest.IAMGroup, "Role") {
				problems = append(problems, webIdentity(t, role)...)
				problems = append(problems, unused(t, role)...)
			}
			return problems
		},
	}
}

// A podAccount is whom pods run as.
type podAccount struct{ namespace, name string }

func (a podAccount) String() string { return a.namespace + ":" + a.name }

// runsAs is the namespace of a release, and its service account where that is known: from the values, or because the
// chart has a fixed one.
func runsAs(o *manifest.Object) podAccount {
	account := podAccount{namespace: manifest.OrElse(o.Text("spec", "targetNamespace"), o.Namespace()), name: o.Text("spec", "values", "serviceAccount", "name")}
	if account.name == "" && o.Text("spec", "chart", "spec", "chart") == "amazon-cloudwatch-observability" {
		account.name = "cloudwatch-agent" // the chart's helper cloudwatch-agent.serviceAccountName
	}
	if part := config.ComponentNamed(o.Name()); account.name == "" && part.Chart != nil {
		account.name = part.Chart.ServiceAccount
	}
	return account
}

// A mismatch is an account that no release runs as.
type mismatch struct {
	// part is the field that is wrong, namespace or serviceAccount.
	part, message, hint string
	// unsure is set where the pods may come from somewhere else.
	unsure bool
}

// problem is a mismatch at a field of an object.
func (m mismatch) problem(o *manifest.Object, at, before string) diag.Problem {
	p := o.Problem(at, before+m.message, m.hint)
	if m.unsure {
		return check.Warning(p)
	}
	return p
}

// user finds the release that runs as an account, or what is wrong with the account. It finds neither for a cluster that
// retires, and for one whose releases are not in this tree.
func user(t *manifest.Tree, home string, account podAccount) (*manifest.Object, *mismatch) {
	var near *manifest.Object
	for _, r := range t.Releases(home) {
		runs := runsAs(r)
		switch {
		case runs == account, runs.namespace == account.namespace && runs.name == "":
			return r, nil
		case runs.namespace == account.namespace, near == nil && runs.name == account.name, runs == podAccount{account.name, account.namespace}:
			near = r
		}
	}
	if len(t.Releases(home)) == 0 || t.MakesAccount(home, account.namespace, account.name) || t.Broken[""] {
		return nil, nil
	}
	if near == nil {
		return nil, &mismatch{"namespace", "is " + account.namespace + ", but no release goes there", "name the namespace and the service account of the pods that need the role", true}
	}
	switch runs := runsAs(near); {
	case runs == podAccount{account.name, account.namespace}:
		return nil, &mismatch{
			part: "namespace", message: "is " + account.namespace + " with service account " + account.name + ", but for " + near.String() + " it is the other way round",
			hint: "write namespace " + runs.namespace + " and service account " + runs.name,
		}
	case runs.namespace == account.namespace:
		return nil, &mismatch{part: "serviceAccount", message: "is " + account.name + ", but " + near.String() + " runs as " + runs.name, hint: "name that service account"}
	default:
		return nil, &mismatch{part: "namespace", message: "is " + account.namespace + ", but " + near.String() + " goes to namespace " + runs.namespace, hint: "name that namespace"}
	}
}

// association holds a PodIdentityAssociation to the release that uses it (Amazon EKS User Guide, "Learn how EKS Pod
// Identity grants pods access to AWS services").
func association(t *manifest.Tree, o *manifest.Object) diag.List {
	account := podAccount{o.Text("spec", "namespace"), o.Text("spec", "serviceAccount")}
	for _, other := range t.All(o.Place(), o.Kind(), o.Namespace()) {
		same := podAccount{other.Text("spec", "namespace"), other.Text("spec", "serviceAccount")} == account
		if same && o.After(other) && other.Text("spec", "clusterName") == o.Text("spec", "clusterName") {
			return diag.List{o.Problem("spec.serviceAccount", other.String()+" is for the same service account, and EKS takes one for each", "keep one of the two")}
		}
	}
	user, wrong := user(t, o.Home(), account)
	switch {
	case wrong != nil && takenOut(t, o):
		return nil
	case wrong != nil:
		return diag.List{wrong.problem(o, "spec."+wrong.part, "")}
	case user == nil || user.Value("spec", "suspend") == true || t.InTime(user, o):
		return nil
	}
	return diag.List{o.Problem("", "is applied after "+user.String()+", whose pods would start without credentials", "let the release's Kustomization depend on "+o.Build.Owner.String())}
}

// webIdentity holds the accounts that a trust policy names to the releases (Amazon EKS User Guide, "IAM roles for
// service accounts").
func webIdentity(t *manifest.Tree, role *manifest.Object) diag.List {
	const at = "spec.assumeRolePolicyDocument"
	if givenByAddon(t, role) || takenOut(t, role) {
		return nil // EKS knows the service accounts of its add-ons
	}
	for _, account := range trusted(role) {
		if t.Named("", "ServiceAccount", account.namespace, account.name) != nil {
			continue // it is one of the hub, whom the check reach is about
		}
		if _, wrong := user(t, role.Home(), account); wrong != nil {
			return diag.List{wrong.problem(role, at, "the "+wrong.part+" in system:serviceaccount:"+account.String()+" ")}
		}
	}
	return nil
}

// trusted are the service accounts that the trust policy of a role names.
func trusted(o *manifest.Object) []podAccount {
	text := o.Text("spec", "assumeRolePolicyDocument")
	if !strings.Contains(text, "system:serviceaccount:") {
		return nil
	}
	var accounts []podAccount
	for _, match := range regexp.MustCompile(`system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)"`).FindAllStringSubmatch(text, -1) {
		accounts = append(accounts, podAccount{match[1], match[2]})
	}
	return accounts
}

// trustsHub reports whether a role is for service accounts of the hub.
func trustsHub(t *manifest.Tree, role *manifest.Object) bool {
	return slices.ContainsFunc(trusted(role), func(a podAccount) bool { return t.Named("", "ServiceAccount", a.namespace, a.name) != nil })
}

// unused is a role for pods that nothing gives to any.
func unused(t *manifest.Tree, role *manifest.Object) diag.List {
	const at = "spec.assumeRolePolicyDocument"
	if !strings.Contains(role.Text(manifest.KeysOf(at)...), "pods.eks.amazonaws.com") || t.Broken[""] || givenByAddon(t, role) {
		return nil
	}
	for _, o := range t.All("", apischema.GroupKind{Group: manifest.EKSGroup, Kind: "PodIdentityAssociation"}, role.Namespace()) {
		if is(role, manifest.Field(o.Content["spec"], "roleARN"), o.Value("spec", "roleRef")) {
			return nil
		}
	}
	if takenOut(t, role) || len(t.Releases(role.Namespace())) == 0 && len(addons(t, role)) == 0 {
		return nil // the cluster retires, or what the role is for, and its releases are gone before its roles are
	}
	return diag.List{check.Warning(role.Problem("", fmt.Sprintf("no PodIdentityAssociation gives the role %s to a pod", role.Text("spec", "name")), "add one, or take the role away"))}
}

// addons are the add-ons of the cluster that a role is for.
func addons(t *manifest.Tree, role *manifest.Object) []*manifest.Object {
	return t.All("", apischema.GroupKind{Group: manifest.EKSGroup, Kind: "Addon"}, role.Namespace())
}

// givenByAddon reports whether an add-on gives a role to pods of its own.
func givenByAddon(t *manifest.Tree, role *manifest.Object) bool {
	for _, addon := range addons(t, role) {
		if is(role, addon.Text("spec", "serviceAccountRoleARN"), addon.Value("spec", "serviceAccountRoleRef")) {
			return true
		}
		for _, item := range addon.List("spec", "podIdentityAssociations") {
			fields, _ := item.(map[string]any)
			if is(role, manifest.Field(item, "roleARN"), fields["roleRef"]) {
				return true
			}
		}
	}
	return false
}

// is reports whether an ARN or a reference is that of a role.
func is(o *manifest.Object, arn string, ref any) bool {
	fields, _ := ref.(map[string]any)
	return manifest.Field(fields["from"], "name") == o.Name() || strings.HasSuffix(arn, "/"+o.Text("spec", "name"))
}
