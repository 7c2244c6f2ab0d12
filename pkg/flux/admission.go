package flux

import (
	"fmt"
	"strings"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// AdmissionPolicies keep an environment's branch to the environment, whatever a commit on it says
// (Kubernetes: Validating Admission Policy). The first goes by who asks: the environment's account may
// change nothing outside its namespaces. The second goes by where: in those namespaces no Flux object may
// act as anybody else, reach another environment's cluster or write elsewhere.
func AdmissionPolicies(f *config.Fleet, env *config.Environment) []resource.Object {
	return append(accountPolicy(f, env), objectPolicy(f, env)...)
}

func accountPolicy(f *config.Fleet, env *config.Environment) []resource.Object {
	own := quoted(env.Name)
	isOwn := func(metadata string) string {
		return metadata + ".?labels['" + EnvironmentLabel + "'].orValue('') == " + own
	}
	spec := admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(nil, rule([]string{"*"}, []string{"*"},
			admissionv1.Create, admissionv1.Update, admissionv1.Delete)),
		MatchConditions: []admissionv1.MatchCondition{{
			Name:       "account",
			Expression: "request.userInfo.username == 'system:serviceaccount:" + Namespace(env.Name) + ":" + Account + "'",
		}},
		Variables: []admissionv1.Variable{{
			Name:       "isNamespace",
			Expression: "request.resource.group == '' && request.resource.resource == 'namespaces'",
		}},
		Validations: []admissionv1.Validation{
			deny("variables.isNamespace || namespaceObject != null && "+isOwn("namespaceObject.metadata"),
				"environment %s may only change objects in its own namespaces", env.Name),
			deny("request.namespace != "+quoted(Namespace(env.Name))+" || variables.isNamespace || "+
				"request.resource.group == 'source.toolkit.fluxcd.io'",
				"in namespace %s only chart sources may be changed from the branch", Namespace(env.Name)),
			deny("!variables.isNamespace || object == null || "+isOwn("object.metadata"),
				"the namespace must have the label %s=%s", EnvironmentLabel, env.Name),
			deny("!variables.isNamespace || oldObject == null || "+isOwn("oldObject.metadata"),
				"the namespace belongs to another environment than %s", env.Name),
			deny("!variables.isNamespace || !request.name.matches('^(default|flux-system|ack-system|kube-.*|fleet-.*)$')",
				"the namespace is not one of a cluster of environment %s", env.Name),
			deny("!variables.isNamespace || object == null || "+
				"object.metadata.?annotations['services.k8s.aws/owner-account-id'].orValue('') in "+list(env.Accounts(f)),
				"the namespace must name an AWS account of environment %s", env.Name),
			deny("!variables.isNamespace || object == null || object.metadata.?annotations.orValue({}).all(k, "+
				"!k.contains('services.k8s.aws/') || k in ['services.k8s.aws/owner-account-id', 'services.k8s.aws/default-region'])",
				"of ACK's annotations the namespace may only have the account and the region"),
		},
	}
	return policy(Namespace(env.Name)+"-account", spec)
}

func objectPolicy(f *config.Fleet, env *config.Environment) []resource.Object {
	sources := "[request.namespace, " + quoted(Namespace(env.Name)) + "]"
	fromSource := func(field string) string {
		return "object.spec." + field + ".?namespace.orValue(request.namespace) in " + sources
	}
	spec := admissionv1.ValidatingAdmissionPolicySpec{
		MatchConstraints: constraints(
			&metav1.LabelSelector{MatchLabels: map[string]string{EnvironmentLabel: env.Name}},
			rule([]string{""}, []string{"configmaps", "serviceaccounts"}, admissionv1.Create, admissionv1.Update),
			rule([]string{"acm.services.k8s.aws"}, []string{"certificates"}, admissionv1.Create, admissionv1.Update),
			rule([]string{"helm.toolkit.fluxcd.io"}, []string{"helmreleases"}, admissionv1.Create, admissionv1.Update),
			rule([]string{"kustomize.toolkit.fluxcd.io"}, []string{"kustomizations"}, admissionv1.Create, admissionv1.Update),
			rule([]string{"services.k8s.aws"}, []string{"fieldexports"}, admissionv1.Create, admissionv1.Update),
		),
		Variables: []admissionv1.Variable{{
			Name:       "isFlux",
			Expression: "request.resource.resource in ['helmreleases', 'kustomizations']",
		}},
		Validations: []admissionv1.Validation{
			deny("!variables.isFlux || has(object.spec.kubeConfig) || object.spec.?serviceAccountName.orValue('') == '"+Account+"'",
				"a Flux object must act as the service account %s, or in the cluster through kubeConfig", Account),
			deny("!variables.isFlux || !has(object.spec.kubeConfig) || object.spec.kubeConfig.?configMapRef.?name.orValue('') == '"+KubeConfig+"'",
				"a Flux object may only use the ConfigMap %s as kubeConfig", KubeConfig),
			deny("request.resource.resource != 'kustomizations' || "+fromSource("sourceRef"),
				"the source must be of environment %s", env.Name),
			deny("request.resource.resource != 'helmreleases' || !has(object.spec.chartRef) || "+fromSource("chartRef"),
				"the chart source must be of environment %s", env.Name),
			deny("request.resource.resource != 'helmreleases' || !has(object.spec.chart) || "+fromSource("chart.spec.sourceRef"),
				"the chart source must be of environment %s", env.Name),
			deny("request.resource.resource != 'configmaps' || object.metadata.name != '"+KubeConfig+"' || "+
				"object.?data.provider.orValue('') == 'aws' && object.?data.cluster.orValue('').matches("+
				"'^arn:[^:]+:eks:[^:]+:("+strings.Join(env.Accounts(f), "|")+"):cluster/' + request.namespace + '$')",
				"%s must name the EKS cluster that is called like its namespace, in an AWS account of environment %s", KubeConfig, env.Name),
			deny("request.resource.resource != 'configmaps' || object.metadata.name != '"+KubeConfig+"' || "+
				"object.?data.serviceAccountName.orValue('"+Account+"') == '"+Account+"'",
				"%s may only name the service account %s", KubeConfig, Account),
			deny("request.resource.resource != 'serviceaccounts' || "+
				"object.metadata.?annotations['"+RoleAnnotation+"'].orValue('').matches('^(arn:[^:]+:iam::("+strings.Join(env.Accounts(f), "|")+"):role/' + request.namespace + '-flux)?$')",
				"a service account of environment %s may not have this AWS role", env.Name),
			deny("request.resource.resource != 'fieldexports' || object.spec.to.?namespace.orValue(request.namespace) == request.namespace",
				"a FieldExport may only write into its own namespace"),
			deny("request.resource.resource != 'certificates' || ['certificate', 'certificateChain', 'exportTo', 'privateKey'].all(f, "+
				"!(f in object.spec) || object.spec[f].?namespace.orValue(request.namespace) == request.namespace)",
				"a Certificate may only use secrets of its own namespace"),
		},
	}
	return policy(Namespace(env.Name)+"-objects", spec)
}

// policy makes a policy that fails closed, and the binding that puts it in force.
func policy(name string, spec admissionv1.ValidatingAdmissionPolicySpec) []resource.Object {
	spec.FailurePolicy = new(admissionv1.Fail)
	return []resource.Object{
		&admissionv1.ValidatingAdmissionPolicy{
			TypeMeta:   metav1.TypeMeta{APIVersion: admissionv1.SchemeGroupVersion.String(), Kind: "ValidatingAdmissionPolicy"},
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec:       spec,
		},
		&admissionv1.ValidatingAdmissionPolicyBinding{
			TypeMeta:   metav1.TypeMeta{APIVersion: admissionv1.SchemeGroupVersion.String(), Kind: "ValidatingAdmissionPolicyBinding"},
			ObjectMeta: metav1.ObjectMeta{Name: name},
			Spec: admissionv1.ValidatingAdmissionPolicyBindingSpec{
				PolicyName:        name,
				ValidationActions: []admissionv1.ValidationAction{admissionv1.Deny},
			},
		},
	}
}

func constraints(namespaces *metav1.LabelSelector, rules ...admissionv1.NamedRuleWithOperations) *admissionv1.MatchResources {
	return &admissionv1.MatchResources{NamespaceSelector: namespaces, ResourceRules: rules}
}

func rule(groups, resources []string, operations ...admissionv1.OperationType) admissionv1.NamedRuleWithOperations {
	return admissionv1.NamedRuleWithOperations{RuleWithOperations: admissionv1.RuleWithOperations{
		Operations: operations,
		Rule:       admissionv1.Rule{APIGroups: groups, APIVersions: []string{"*"}, Resources: resources},
	}}
}

// deny refuses a request for which the CEL expression is false.
func deny(unless, message string, args ...any) admissionv1.Validation {
	return admissionv1.Validation{Expression: unless, Message: fmt.Sprintf(message, args...)}
}

// quoted and list write CEL string literals. The values are DNS labels, account ids and ARNs.
func quoted(s string) string { return "'" + s + "'" }

func list(values []string) string {
	if len(values) == 0 {
		return "[]" // a list with one empty text would hold what is not there
	}
	return "['" + strings.Join(values, "', '") + "']"
}
