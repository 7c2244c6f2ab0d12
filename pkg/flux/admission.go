package flux

import (
	"fmt"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// AdmissionPolicies keep an environment's branch to the environment, whatever a commit on it says
// (Kubernetes: Validating Admission Policy). docs/isolation.md has the threat model, and what each of them prevents.
//
// Every right of a service account of the environment is assumed to be passed on to any other service account that a commit
// can act as. So the rules decide by what is changed and where; where they must decide by identity, they name who is allowed and refuse the
// rest.
func AdmissionPolicies(f *config.Fleet, env *config.Environment) []resource.Object {
	g := guard{fleet: f, env: env}
	var all []resource.Object
	for _, policy := range []admissionPolicy{
		g.account(), g.writes(), g.namespaces(), g.selectors(), g.selectorDeletion(), g.objects(), g.flux(), g.sources(), g.artifacts(), g.aws(),
	} {
		all = append(all, policy.objects(env)...)
	}
	return all
}

// guard makes the policies of one environment.
type guard struct {
	fleet *config.Fleet
	env   *config.Environment
}

// admissionPolicy is a policy with what puts it in force.
type admissionPolicy struct {
	name string
	spec admissionv1.ValidatingAdmissionPolicySpec
	// perNamespace evaluates it once for each namespace of the environment, as params.
	perNamespace bool
}

// objects makes the policy, which fails closed, and its binding. A dot cannot be in the name of an environment, so that
// the names of dev's policies are never those of an environment that is called dev-account.
func (p admissionPolicy) objects(env *config.Environment) []resource.Object {
	name := Namespace(env.Name) + "." + p.name
	p.spec.FailurePolicy = new(admissionv1.Fail)
	binding := admissionv1.ValidatingAdmissionPolicyBindingSpec{
		PolicyName:        name,
		ValidationActions: []admissionv1.ValidationAction{admissionv1.Deny},
	}
	if p.perNamespace {
		p.spec.ParamKind = &admissionv1.ParamKind{APIVersion: "v1", Kind: "Namespace"}
		binding.ParamRef = &admissionv1.ParamRef{
			Selector:                &metav1.LabelSelector{MatchLabels: map[string]string{EnvironmentLabel: env.Name}},
			ParameterNotFoundAction: new(admissionv1.AllowAction),
		}
	}
	return []resource.Object{
		&admissionv1.ValidatingAdmissionPolicy{
			TypeMeta:   metav1.TypeMeta{APIVersion: admissionv1.SchemeGroupVersion.String(), Kind: "ValidatingAdmissionPolicy"},
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec:       p.spec,
		},
		&admissionv1.ValidatingAdmissionPolicyBinding{
			TypeMeta:   metav1.TypeMeta{APIVersion: admissionv1.SchemeGroupVersion.String(), Kind: "ValidatingAdmissionPolicyBinding"},
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec:       binding,
		},
	}
}

// here are the namespaces of the environment.
func (g guard) here() *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: map[string]string{EnvironmentLabel: g.env.Name}}
}

// root is the account that the environment's root Kustomization acts as.
func (g guard) root() string { return "system:serviceaccount:" + Namespace(g.env.Name) + ":" + Account }

func constraints(namespaces *metav1.LabelSelector, rules ...admissionv1.NamedRuleWithOperations) *admissionv1.MatchResources {
	return &admissionv1.MatchResources{NamespaceSelector: namespaces, ResourceRules: rules}
}

func rule(groups, resources []string, operations ...admissionv1.OperationType) admissionv1.NamedRuleWithOperations {
	return admissionv1.NamedRuleWithOperations{RuleWithOperations: admissionv1.RuleWithOperations{
		Operations: operations,
		Rule:       admissionv1.Rule{APIGroups: groups, APIVersions: []string{"*"}, Resources: resources},
	}}
}

// written is a rule for objects that are made or changed, everyChange also for those that are deleted.
func written(group string, resources ...string) admissionv1.NamedRuleWithOperations {
	return rule([]string{group}, resources, admissionv1.Create, admissionv1.Update)
}

func everyChange(group string, resources ...string) admissionv1.NamedRuleWithOperations {
	return rule([]string{group}, resources, admissionv1.Create, admissionv1.Update, admissionv1.Delete)
}

func only(name, expression string) []admissionv1.MatchCondition {
	return []admissionv1.MatchCondition{{Name: name, Expression: expression}}
}

func variable(name, expression string) admissionv1.Variable {
	return admissionv1.Variable{Name: name, Expression: expression}
}

// deny refuses a request for which the CEL expression is false.
func deny(unless, message string, args ...any) admissionv1.Validation {
	return admissionv1.Validation{Expression: unless, Message: fmt.Sprintf(message, args...)}
}
