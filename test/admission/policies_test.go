package admission

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/generic"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	defaults "k8s.io/kubernetes/pkg/apis/admissionregistration/v1"
)

// policies are the admission policies in force, evaluated by the API server's own dispatcher.
type policies struct {
	hub        *hub
	hooks      []validating.PolicyHook
	namespaces cache.Indexer
	dispatcher generic.Dispatcher[validating.PolicyHook]
}

func newPolicies(t *testing.T, h *hub) *policies {
	t.Helper()
	p := &policies{}
	bindings := all[admissionv1.ValidatingAdmissionPolicyBinding](h, "ValidatingAdmissionPolicyBinding")
	for _, policy := range all[admissionv1.ValidatingAdmissionPolicy](h, "ValidatingAdmissionPolicy") {
		defaults.SetObjectDefaults_ValidatingAdmissionPolicy(policy)
		hook := validating.PolicyHook{Policy: policy, Evaluator: compiled(t, policy), ParamScope: meta.RESTScopeRoot}
		for _, binding := range bindings {
			if binding.Spec.PolicyName == policy.Name {
				hook.Bindings = append(hook.Bindings, binding)
			}
		}
		p.hooks = append(p.hooks, hook)
	}
	slices.SortFunc(p.hooks, func(a, b validating.PolicyHook) int { return strings.Compare(a.Policy.Name, b.Policy.Name) })
	return p.of(h)
}

// of are the same policies, in force on another hub.
func (p *policies) of(h *hub) *policies {
	namespaces := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	matcher := generic.NewPolicyMatcher(matching.NewMatcher(corelisters.NewNamespaceLister(namespaces), fake.NewClientset()))
	hooks := slices.Clone(p.hooks)
	for i := range hooks {
		hooks[i].ParamInformer = params{namespaces}
	}
	return &policies{hub: h, hooks: hooks, namespaces: namespaces, dispatcher: validating.NewDispatcher(nil, matcher)}
}

// admit asks all policies.
func (p *policies) admit(r request) error {
	var namespaces []any
	for _, namespace := range p.hub.namespaces() {
		namespaces = append(namespaces, namespace)
	}
	if err := p.namespaces.Replace(namespaces, ""); err != nil {
		return err
	}
	o := r.subject()
	kind := o.GroupVersionKind()
	attributes := admission.NewAttributesRecord(orNil(r.object), orNil(r.old), kind, r.namespace(), o.GetName(),
		kind.GroupVersion().WithResource(plural(o.GetKind())), r.subresource, r.operation, nil, false, r.user)
	return p.dispatcher.Dispatch(background(), attributes, unchanged{}, p.hooks)
}

func orNil(o *object) runtime.Object {
	if o == nil {
		return nil
	}
	return o
}

// unchanged is how objects are read: all kinds have one version.
type unchanged struct{}

func (unchanged) GetObjectCreater() runtime.ObjectCreater     { return nil }
func (unchanged) GetObjectTyper() runtime.ObjectTyper         { return nil }
func (unchanged) GetObjectDefaulter() runtime.ObjectDefaulter { return nil }
func (unchanged) GetObjectConvertor() runtime.ObjectConvertor { return nil }
func (unchanged) GetEquivalentResourceMapper() runtime.EquivalentResourceMapper {
	return runtime.NewEquivalentResourceRegistry()
}

// params are the namespaces, as the informer of a policy's params has them.
type params struct{ indexer cache.Indexer }

var _ informers.GenericInformer = params{}

func (p params) Informer() cache.SharedIndexInformer { return synced{} }
func (p params) Lister() cache.GenericLister {
	return cache.NewGenericLister(p.indexer, corev1.Resource("namespaces"))
}

type synced struct{ cache.SharedIndexInformer }

func (synced) HasSynced() bool { return true }

// oldest is the minor version of the oldest Kubernetes that the hub may run: the policies use no CEL that it does not know.
const oldest = 33

// baseEnvironment takes a while to make, and no test changes it.
var baseEnvironment = sync.OnceValue(func() *environment.EnvSet {
	return environment.MustBaseEnvSet(version.MajorMinor(1, oldest))
})

// evaluators are policies that were compiled before: most tests change one of them, or none.
var evaluators = map[string]validating.Validator{}

func compiled(t *testing.T, policy *admissionv1.ValidatingAdmissionPolicy) validating.Validator {
	t.Helper()
	text, err := json.Marshal(policy)
	if err != nil {
		t.Fatal(err)
	}
	if evaluators[string(text)] == nil {
		evaluators[string(text)] = compile(t, policy)
	}
	return evaluators[string(text)]
}

// compile does what the API server's plugin does with a policy (apiserver, plugin/policy/validating: compilePolicy).
func compile(t *testing.T, policy *admissionv1.ValidatingAdmissionPolicy) validating.Validator {
	t.Helper()
	compiler, err := cel.NewCompositedCompiler(baseEnvironment())
	if err != nil {
		t.Fatal(err)
	}
	known := cel.OptionalVariableDeclarations{HasParams: policy.Spec.ParamKind != nil, HasAuthorizer: true}
	for _, v := range policy.Spec.Variables {
		if result := compiler.CompileAndStoreVariable(&validating.Variable{Name: v.Name, Expression: v.Expression}, known, environment.NewExpressions); result.Error != nil {
			t.Errorf("%s: variable %s: %v", policy.Name, v.Name, result.Error)
		}
	}
	var conditions, validations []cel.ExpressionAccessor
	for i := range policy.Spec.MatchConditions {
		conditions = append(conditions, (*matchconditions.MatchCondition)(&policy.Spec.MatchConditions[i]))
	}
	for _, v := range policy.Spec.Validations {
		validations = append(validations, &validating.ValidationCondition{Expression: v.Expression, Message: v.Message})
	}
	checks := compiler.CompileCondition(validations, known, environment.NewExpressions)
	matching := compiler.CompileCondition(conditions, known, environment.NewExpressions)
	for _, err := range slices.Concat(checks.CompilationErrors(), matching.CompilationErrors()) {
		t.Errorf("%s: %v", policy.Name, err)
	}
	var matcher matchconditions.Matcher
	if len(conditions) > 0 {
		matcher = matchconditions.NewMatcher(matching, policy.Spec.FailurePolicy, "policy", "validate", policy.Name)
	}
	audits := compiler.CompileCondition(nil, known, environment.NewExpressions)
	messages := compiler.CompileCondition(make([]cel.ExpressionAccessor, len(validations)), known, environment.NewExpressions)
	return validating.NewValidator(checks, matcher, audits, messages, policy.Spec.FailurePolicy, nil)
}
