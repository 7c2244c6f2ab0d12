package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// identityCheck holds whoever gets a role in AWS to whoever needs it.
func identityCheck() Check {
	return Check{
		Name: "identity",
		Doc:  "A role for pods is for the namespace and service account of a release, which starts after it is there.",
		Why: "EKS gives credentials to pods of exactly one namespace and service account, when they start. A pair that no " +
			"pod has is no error anywhere: the pods run without credentials and find nothing else, because Auto Mode's nodes " +
			"lend them theirs neither.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, a := range t.kind(eksGroup, "PodIdentityAssociation") {
				problems = append(problems, t.association(a)...)
			}
			for _, role := range t.kind(iamGroup, "Role") {
				problems = append(problems, t.webIdentity(role)...)
				problems = append(problems, t.unused(role)...)
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
func (o *Object) runsAs() podAccount {
	account := podAccount{namespace: orElse(o.text("spec", "targetNamespace"), o.Namespace()), name: o.text("spec", "values", "serviceAccount", "name")}
	if account.name == "" && o.text("spec", "chart", "spec", "chart") == "amazon-cloudwatch-observability" {
		account.name = "cloudwatch-agent" // the chart's helper cloudwatch-agent.serviceAccountName
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
func (m mismatch) problem(o *Object, at, before string) diag.Problem {
	p := o.problem(at, before+m.message, m.hint)
	if m.unsure {
		return warning(p)
	}
	return p
}

// user finds the release that runs as an account, or what is wrong with the account. It finds neither for a cluster that
// retires, and for one whose releases are not in this tree.
func (t *Tree) user(home string, account podAccount) (*Object, *mismatch) {
	var near *Object
	for _, r := range t.releases(home) {
		runs := r.runsAs()
		switch {
		case runs == account, runs.namespace == account.namespace && runs.name == "":
			return r, nil
		case runs.namespace == account.namespace, near == nil && runs.name == account.name, runs == podAccount{account.name, account.namespace}:
			near = r
		}
	}
	if len(t.releases(home)) == 0 || t.madeHere(home, account) || t.broken[""] {
		return nil, nil
	}
	if near == nil {
		return nil, &mismatch{"namespace", "is " + account.namespace + ", but no release goes there", "name the namespace and the service account of the pods that need the role", true}
	}
	switch runs := near.runsAs(); {
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

// madeHere tells whether the tree itself makes the service account in the cluster.
func (t *Tree) madeHere(home string, account podAccount) bool {
	for _, o := range t.kind("", "ServiceAccount") {
		if o.Name() == account.name && o.Namespace() == account.namespace && o.Place() != "" && o.home() == home {
			return true
		}
	}
	return false
}

// association holds a PodIdentityAssociation to the release that uses it (Amazon EKS User Guide, "Learn how EKS Pod
// Identity grants pods access to AWS services").
func (t *Tree) association(o *Object) diag.List {
	account := podAccount{o.text("spec", "namespace"), o.text("spec", "serviceAccount")}
	for _, other := range t.all(o.Place(), o.Kind(), o.Namespace()) {
		same := podAccount{other.text("spec", "namespace"), other.text("spec", "serviceAccount")} == account
		if same && o.after(other) && other.text("spec", "clusterName") == o.text("spec", "clusterName") {
			return diag.List{o.problem("spec.serviceAccount", other.String()+" is for the same service account, and EKS takes one for each", "keep one of the two")}
		}
	}
	user, wrong := t.user(o.home(), account)
	switch {
	case wrong != nil:
		return diag.List{wrong.problem(o, "spec."+wrong.part, "")}
	case user == nil || user.value("spec", "suspend") == true || t.inTime(user, o):
		return nil
	}
	return diag.List{o.problem("", "is applied after "+user.String()+", whose pods would start without credentials", "let the release's Kustomization depend on "+o.Build.Owner.String())}
}

// webIdentity holds the accounts that a trust policy names to the releases (Amazon EKS User Guide, "IAM roles for
// service accounts").
func (t *Tree) webIdentity(role *Object) diag.List {
	const at = "spec.assumeRolePolicyDocument"
	if t.givenByAddon(role) {
		return nil // EKS knows the service accounts of its add-ons
	}
	for _, account := range role.trusted() {
		if t.named("", "ServiceAccount", account.namespace, account.name) != nil {
			continue // it is one of the hub, whom the check reach is about
		}
		if _, wrong := t.user(role.home(), account); wrong != nil {
			return diag.List{wrong.problem(role, at, "the "+wrong.part+" in system:serviceaccount:"+account.String()+" ")}
		}
	}
	return nil
}

// trusted are the service accounts that the trust policy of a role names.
func (o *Object) trusted() []podAccount {
	text := o.text("spec", "assumeRolePolicyDocument")
	if !strings.Contains(text, "system:serviceaccount:") {
		return nil
	}
	var accounts []podAccount
	for _, match := range regexp.MustCompile(`system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)"`).FindAllStringSubmatch(text, -1) {
		accounts = append(accounts, podAccount{match[1], match[2]})
	}
	return accounts
}

// trustsHub tells whether a role is for service accounts of the hub.
func (t *Tree) trustsHub(role *Object) bool {
	return slices.ContainsFunc(role.trusted(), func(a podAccount) bool { return t.named("", "ServiceAccount", a.namespace, a.name) != nil })
}

// unused is a role for pods that nothing gives to any.
func (t *Tree) unused(role *Object) diag.List {
	const at = "spec.assumeRolePolicyDocument"
	if !strings.Contains(role.text(keysOf(at)...), "pods.eks.amazonaws.com") || t.broken[""] || t.givenByAddon(role) {
		return nil
	}
	for _, o := range t.all("", apischema.GroupKind{Group: eksGroup, Kind: "PodIdentityAssociation"}, role.Namespace()) {
		if role.is(field(o.Content["spec"], "roleARN"), o.value("spec", "roleRef")) {
			return nil
		}
	}
	if len(t.releases(role.Namespace())) == 0 && len(t.addons(role)) == 0 {
		return nil // the cluster retires, and its releases are gone before its roles are
	}
	return diag.List{warning(role.problem("", fmt.Sprintf("no PodIdentityAssociation gives the role %s to a pod", role.text("spec", "name")), "add one, or take the role away"))}
}

// addons are the add-ons of the cluster that a role is for.
func (t *Tree) addons(role *Object) []*Object {
	return t.all("", apischema.GroupKind{Group: eksGroup, Kind: "Addon"}, role.Namespace())
}

// givenByAddon tells whether an add-on gives a role to pods of its own.
func (t *Tree) givenByAddon(role *Object) bool {
	for _, addon := range t.addons(role) {
		if role.is(addon.text("spec", "serviceAccountRoleARN"), addon.value("spec", "serviceAccountRoleRef")) {
			return true
		}
		for _, item := range addon.list("spec", "podIdentityAssociations") {
			fields, _ := item.(map[string]any)
			if role.is(field(item, "roleARN"), fields["roleRef"]) {
				return true
			}
		}
	}
	return false
}

// is tells whether an ARN or a reference is that of a role.
func (o *Object) is(arn string, ref any) bool {
	fields, _ := ref.(map[string]any)
	return field(fields["from"], "name") == o.Name() || strings.HasSuffix(arn, "/"+o.text("spec", "name"))
}
