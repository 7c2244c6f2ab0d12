package generate_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	celgo "github.com/google/cel-go/cel"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/cel/environment"
)

// expression is a CEL expression as the API server's compiler takes it.
type expression struct{ name, text string }

func (e expression) GetName() string       { return e.name }
func (e expression) GetExpression() string { return e.text }
func (e expression) ReturnTypes() []*celgo.Type {
	if e.name != "" {
		return []*celgo.Type{celgo.AnyType, celgo.DynType}
	}
	return []*celgo.Type{celgo.BoolType}
}

// policy is a ValidatingAdmissionPolicy as the API server compiles it.
type policy struct {
	admissionv1.ValidatingAdmissionPolicy
	compiler                *cel.CompositedCompiler
	conditions, validations cel.ConditionEvaluator
}

func compile(t *testing.T, o object) policy {
	t.Helper()
	p := policy{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(o.Object, &p.ValidatingAdmissionPolicy, true); err != nil {
		t.Fatal(err)
	}
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	if err != nil {
		t.Fatal(err)
	}
	p.compiler = compiler
	none := cel.OptionalVariableDeclarations{}
	for _, v := range p.Spec.Variables {
		if result := compiler.CompileAndStoreVariable(expression{v.Name, v.Expression}, none, environment.NewExpressions); result.Error != nil {
			t.Errorf("%s: variable %s: %v", p.Name, v.Name, result.Error)
		}
	}
	var conditions, validations []cel.ExpressionAccessor
	for _, c := range p.Spec.MatchConditions {
		conditions = append(conditions, expression{text: c.Expression})
	}
	for _, v := range p.Spec.Validations {
		validations = append(validations, expression{text: v.Expression})
	}
	p.conditions = compiler.CompileCondition(conditions, none, environment.NewExpressions)
	p.validations = compiler.CompileCondition(validations, none, environment.NewExpressions)
	for _, err := range slices.Concat(p.conditions.CompilationErrors(), p.validations.CompilationErrors()) {
		t.Errorf("%s: %v", p.Name, err)
	}
	return p
}

// request is what somebody asks of the hub's API server. object is as it shall be, old as it is.
type request struct {
	user        string
	operation   admission.Operation
	object, old *object
	// in is the namespace that the object is in; nil for what is in none.
	in *corev1.Namespace
}

func (r request) subject() object {
	if r.object != nil {
		return *r.object
	}
	return *r.old
}

// refusal asks the policy; the answer is empty if the request may pass. An expression that fails refuses.
func (p policy) refusal(t *testing.T, r request) string {
	t.Helper()
	if !p.matches(t, r) {
		return ""
	}
	for i, result := range p.evaluate(t, p.validations, r) {
		if result.Error != nil {
			return result.Error.Error()
		}
		if result.EvalResult.Value() != true {
			return p.Spec.Validations[i].Message
		}
	}
	return ""
}

func (p policy) matches(t *testing.T, r request) bool {
	t.Helper()
	o := r.subject()
	one := func(list []string, s string) bool { return slices.Contains(list, s) || slices.Contains(list, "*") }
	rule := slices.ContainsFunc(p.Spec.MatchConstraints.ResourceRules, func(rule admissionv1.NamedRuleWithOperations) bool {
		return one(rule.APIGroups, o.GroupVersionKind().Group) && one(rule.Resources, plural(o.GetKind())) &&
			slices.Contains(rule.Operations, admissionv1.OperationType(r.operation))
	})
	if selector := p.Spec.MatchConstraints.NamespaceSelector; rule && selector != nil && r.in != nil {
		s, err := metav1.LabelSelectorAsSelector(selector)
		if err != nil {
			t.Fatal(err)
		}
		rule = s.Matches(labels.Set(r.in.Labels))
	}
	return rule && !slices.ContainsFunc(p.evaluate(t, p.conditions, r), func(result cel.EvaluationResult) bool {
		return result.Error != nil || result.EvalResult.Value() != true
	})
}

func (p policy) evaluate(t *testing.T, expressions cel.ConditionEvaluator, r request) []cel.EvaluationResult {
	t.Helper()
	o := r.subject()
	kind := o.GroupVersionKind()
	resource := kind.GroupVersion().WithResource(plural(o.GetKind()))
	asObject := func(o *object) runtime.Object {
		if o == nil {
			return nil
		}
		return &o.Unstructured
	}
	attributes := admission.NewAttributesRecord(asObject(r.object), asObject(r.old), kind, o.GetNamespace(), o.GetName(),
		resource, "", r.operation, nil, false, &user.DefaultInfo{Name: r.user})
	versioned := &admission.VersionedAttributes{
		Attributes: attributes, VersionedKind: kind,
		VersionedObject: admission.NewLazyObject(asObject(r.object)), VersionedOldObject: admission.NewLazyObject(asObject(r.old)),
	}
	asked := cel.CreateAdmissionRequest(attributes, metav1.GroupVersionResource(resource), metav1.GroupVersionKind(kind))
	results, _, err := expressions.ForInput(p.compiler.CreateContext(context.Background()), versioned, asked,
		cel.OptionalVariableBindings{}, cel.CreateNamespaceObject(r.in), celconfig.RuntimeCELCostBudget)
	if err != nil {
		t.Fatalf("%s: %v", p.Name, err)
	}
	return results
}

func plural(kind string) string {
	s := strings.ToLower(kind)
	if base, ok := strings.CutSuffix(s, "y"); ok {
		return base + "ies"
	}
	return s + "s"
}

// policies compiles the policies of a tree, by name.
func (a aTree) policies(t *testing.T) map[string]policy {
	t.Helper()
	compiled := map[string]policy{}
	for _, o := range kindsOf(a.objects["flux/hub"], "ValidatingAdmissionPolicy") {
		compiled[o.GetName()] = compile(t, o)
	}
	return compiled
}

// namespaces are the hub's namespaces, by name.
func (a aTree) namespaces() map[string]*corev1.Namespace {
	found := map[string]*corev1.Namespace{}
	for _, o := range a.applied() {
		if o.GetKind() == "Namespace" && o.stage == "" {
			found[o.GetName()] = &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{
				Name: o.GetName(), Labels: o.GetLabels(), Annotations: o.GetAnnotations(),
			}}
		}
	}
	return found
}

func account(namespace string) string { return "system:serviceaccount:" + namespace + ":flux" }

// requests are those by which Flux makes, changes and removes an object.
func requests(o object, user string, in *corev1.Namespace) []request {
	return []request{
		{user: user, operation: admission.Create, object: &o, in: in},
		{user: user, operation: admission.Update, object: &o, old: &o, in: in},
		{user: user, operation: admission.Delete, old: &o, in: in},
	}
}

// TestAdmissionLetsTheTreeIn: an environment's account may apply everything that gen makes for it, the
// cluster's account everything in the cluster's namespace. The policies fail closed, so an expression that
// cannot be evaluated would stop the whole environment.
func TestAdmissionLetsTheTreeIn(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			policies, namespaces := made.policies(t), made.namespaces()
			for _, o := range made.applied() {
				user := account(o.cluster)
				switch {
				case o.stage == "nodes" || strings.HasPrefix(o.GetNamespace(), "fleet-") && o.GetKind() == "Kustomization":
					continue // applied in the cluster; applied by the hub's owner
				case o.stage == "":
					env := o.GetLabels()["environment"]
					if in := namespaces[o.GetNamespace()]; in != nil {
						env = in.Labels["environment"]
					}
					user = account("fleet-" + env)
				}
				if slices.ContainsFunc(made.objects["flux/hub"], func(hub object) bool { return hub.id() == o.id() }) {
					continue
				}
				for _, r := range requests(o.object, user, namespaces[o.GetNamespace()]) {
					for _, p := range policies {
						if why := p.refusal(t, r); why != "" {
							t.Errorf("%s: %s may not %s %s: %s", p.Name, user, r.operation, o.id(), why)
						}
					}
				}
			}
		})
	}
}

// TestAdmissionKeepsEnvironmentsApart: the account of one environment may do nothing with the objects of
// another, nor with those of the hub.
func TestAdmissionKeepsEnvironmentsApart(t *testing.T) {
	made := treeOf(t, "shortest")
	p, namespaces, count := made.policies(t)["fleet-dev-account"], made.namespaces(), 0
	for _, o := range made.applied() {
		if o.stage == "nodes" || o.GetNamespace() == "dev-1" || o.GetKind() == "Namespace" && o.GetName() == "dev-1" {
			continue
		}
		for _, r := range requests(o.object, account("fleet-dev"), namespaces[o.GetNamespace()]) {
			count++
			// RBAC keeps it from its own repository: the role lists other kinds of sources.
			if own := o.GetKind() == "GitRepository" && o.GetNamespace() == "fleet-dev"; p.refusal(t, r) == "" && !own {
				t.Errorf("%s may %s %s", r.user, r.operation, o.id())
			}
		}
	}
	if count == 0 {
		t.Error("nothing was asked")
	}
}

// TestAdmissionClosesDetours: what a commit on the branch could try with an object of its own namespace.
func TestAdmissionClosesDetours(t *testing.T) {
	made := treeOf(t, "irsa")
	policies, namespaces := slices.Collect(maps.Values(made.policies(t))), made.namespaces()
	kustomization := "Kustomization.kustomize.toolkit.fluxcd.io dev-1/foundation"
	release := "HelmRelease.helm.toolkit.fluxcd.io dev-1/podinfo"
	for name, c := range map[string]struct {
		id    string
		path  string
		value any
	}{
		"no account":                    {kustomization, "spec.serviceAccountName", nil},
		"another account":               {kustomization, "spec.serviceAccountName", "admin"},
		"another kubeconfig":            {kustomization, "spec.kubeConfig.configMapRef.name", "other"},
		"a kubeconfig secret":           {kustomization, "spec.kubeConfig.secretRef.name", "admin"},
		"another environment's source":  {kustomization, "spec.sourceRef.namespace", "fleet-prod"},
		"the hub's source":              {kustomization, "spec.sourceRef.namespace", "flux-system"},
		"a release without kubeconfig":  {release, "spec.kubeConfig", nil},
		"another environment's chart":   {release, "spec.chartRef.namespace", "fleet-prod"},
		"another account's cluster":     {"ConfigMap dev-1/kubeconfig", "data.cluster", "arn:aws:eks:eu-west-2:444455556666:cluster/dev-1"},
		"another cluster":               {"ConfigMap dev-1/kubeconfig", "data.cluster", "arn:aws:eks:eu-west-2:111122223333:cluster/prod-1"},
		"another cloud":                 {"ConfigMap dev-1/kubeconfig", "data.provider", "generic"},
		"kubeconfig without data":       {"ConfigMap dev-1/kubeconfig", "data", nil},
		"kubeconfig of another account": {"ConfigMap dev-1/kubeconfig", "data.serviceAccountName", "admin"},
		"an AWS role":                   {"ServiceAccount dev-1/flux", "metadata.annotations", map[string]any{"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/admin"}},
		"an export elsewhere":           {"FieldExport.services.k8s.aws dev-1/oidc-issuer", "spec.to.namespace", "prod-1"},
		"a secret of elsewhere":         {"Certificate.acm.services.k8s.aws dev-1/dev-1", "spec.exportTo", map[string]any{"namespace": "prod-1", "name": "x", "key": "y"}},
		"another AWS account":           {"Namespace /dev-1", "metadata.annotations", map[string]any{"services.k8s.aws/owner-account-id": "444455556666"}},
		"no AWS account":                {"Namespace /dev-1", "metadata.annotations", nil},
		"another AWS endpoint":          {"Namespace /dev-1", "metadata.annotations", map[string]any{"services.k8s.aws/owner-account-id": "111122223333", "services.k8s.aws/endpoint-url": "https://example.org"}},
		"another environment":           {"Namespace /dev-1", "metadata.labels", map[string]any{"environment": "prod"}},
		"no environment":                {"Namespace /dev-1", "metadata.labels", nil},
		"a namespace of Kubernetes":     {"Namespace /dev-1", "metadata.name", "kube-system"},
	} {
		t.Run(name, func(t *testing.T) {
			i := slices.IndexFunc(made.applied(), func(o applied) bool { return o.id() == c.id })
			if i < 0 {
				t.Fatalf("there is no %s", c.id)
			}
			o := object{*made.applied()[i].DeepCopy()}
			keys := strings.Split(c.path, ".")
			if c.value == nil {
				unstructured.RemoveNestedField(o.Object, keys...)
			} else if err := unstructured.SetNestedField(o.Object, c.value, keys...); err != nil {
				t.Fatal(err)
			}
			user := account(o.GetNamespace())
			if o.GetNamespace() == "" {
				user = account("fleet-dev")
			}
			r := request{user: user, operation: admission.Create, object: &o, in: namespaces[o.GetNamespace()]}
			if !slices.ContainsFunc(policies, func(p policy) bool { return p.refusal(t, r) != "" }) {
				t.Error("no policy refuses it")
			}
		})
	}
}

// TestAdmissionOfAnEnvironmentWithoutAccounts: as long as no AWS account is known, no namespace may name one,
// nor leave it out, which would be the hub's own account.
func TestAdmissionOfAnEnvironmentWithoutAccounts(t *testing.T) {
	p := treeOf(t, "accounts-and-regions").policies(t)["fleet-later-account"]
	for _, annotations := range []string{"{}", "{services.k8s.aws/owner-account-id: '111122223333'}", "{services.k8s.aws/owner-account-id: ''}"} {
		o := decode(t, []byte("apiVersion: v1\nkind: Namespace\nmetadata: {name: later-1, labels: {environment: later}, annotations: "+annotations+"}\n"))[0]
		if p.refusal(t, request{user: account("fleet-later"), operation: admission.Create, object: &o}) == "" {
			t.Errorf("a namespace with the annotations %s may be made", annotations)
		}
	}
}
