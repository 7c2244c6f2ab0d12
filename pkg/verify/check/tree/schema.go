package tree

import (
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"sync"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	admissionv1 "k8s.io/api/admissionregistration/v1"

	appsv1 "k8s.io/api/apps/v1"

	autoscalingv2 "k8s.io/api/autoscaling/v2"

	batchv1 "k8s.io/api/batch/v1"

	corev1 "k8s.io/api/core/v1"

	networkingv1 "k8s.io/api/networking/v1"

	policyv1 "k8s.io/api/policy/v1"

	rbacv1 "k8s.io/api/rbac/v1"

	storagev1 "k8s.io/api/storage/v1"

	kruntime "k8s.io/apimachinery/pkg/runtime"

	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/schema"
)

// SchemaCheck holds every object to its type.
func SchemaCheck() check.Check {
	return check.Check{
		Name: "schema",
		Doc:  "Every object is one that the API server would accept: fields, types, formats, lists and CEL rules.",
		Why: "An API server refuses the whole object for one unknown field or one violated rule, and Flux applies " +
			"nothing of the stage until it is fixed. Kinds of Flux, ACK, Karpenter and EKS Auto Mode are validated against their CRDs, " +
			"the built-in kinds of Kubernetes against their Go types; other kinds are not validated unless --crds has them.",
		Run: checkSchemas,
	}
}

func checkSchemas(t *manifest.Tree) diag.List {
	decoder, err := builtIn()
	if err != nil {
		return diag.List{{Message: err.Error(), Hint: "this is a bug in gen; please report it"}}
	}
	return each(t, func(o *manifest.Object) diag.List { return checkSchema(t, decoder, o) })
}

// each runs a check of single objects on all processors. Results are in the order of the objects.
func each(t *manifest.Tree, check func(*manifest.Object) diag.List) diag.List {
	objects := t.Objects()
	workers := runtime.GOMAXPROCS(0)
	parts := slices.Collect(slices.Chunk(objects, max(1, (len(objects)+workers-1)/workers)))
	found := make([]diag.List, len(parts))
	var wait sync.WaitGroup
	for i, part := range parts {
		wait.Go(func() {
			for _, o := range part {
				found[i] = append(found[i], check(o)...)
			}
		})
	}
	wait.Wait()
	return slices.Concat(found...)
}

// checkSchema holds one object to its type.
func checkSchema(t *manifest.Tree, decoder types, o *manifest.Object) diag.List {
	var problems diag.List
	gvk := schema.KindOf(o.Content)
	switch {
	case t.CRDs.Has(gvk):
		for _, fault := range t.CRDs.Validate(o.Content) {
			problems = append(problems, refused(t, o, fault))
		}
	case t.CRDs.HasGroup(gvk.Group):
		p := o.Problem("apiVersion", "there is no kind "+gvk.Kind+" in "+gvk.GroupVersion().String()+" that gen knows", "correct apiVersion or kind; if they are right, gen verify --crds DIR takes the kind's CRD from a folder")
		if near := diag.Nearest(gvk.Kind, kindsOf(t, gvk.Group)); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
		problems = append(problems, p)
	case !strings.Contains(gvk.Group, ".") || strings.HasSuffix(gvk.Group, ".k8s.io"):
		problems = append(problems, decoder.check(o)...)
	}
	return problems
}

func kindsOf(t *manifest.Tree, group string) []string {
	var kinds []string
	for _, gvk := range t.CRDs.Kinds() {
		if gvk.Group == group {
			kinds = append(kinds, gvk.Kind)
		}
	}
	return kinds
}

// refused turns what an API server would say into a problem. For an unknown field it looks for the one that was meant.
func refused(t *manifest.Tree, o *manifest.Object, fault schema.Fault) diag.Problem {
	if !fault.Unknown {
		return o.Problem(fault.Field, fault.Detail, "the API server would refuse it; correct the value")
	}
	p := o.Problem(fault.Field, "the kind "+o.Kind().Kind+" has no such field", "remove it")
	keys := manifest.KeysOf(fault.Field)
	if len(keys) == 0 {
		return p
	}
	if near := diag.Nearest(keys[len(keys)-1], siblings(t, o, keys)); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return p
}

// siblings are the fields that the kind has where an unknown one stands.
func siblings(t *manifest.Tree, o *manifest.Object, keys []string) []string {
	props := t.CRDs.Schema(schema.KindOf(o.Content))
	for _, key := range keys[:len(keys)-1] {
		switch {
		case props == nil:
			return nil
		case props.Items != nil && props.Items.Schema != nil:
			props = props.Items.Schema
		case props.AdditionalProperties != nil && props.AdditionalProperties.Schema != nil:
			props = props.AdditionalProperties.Schema
		default:
			inner, ok := props.Properties[key]
			if !ok {
				return nil
			}
			props = &inner
		}
	}
	var names []string
	for name := range props.Properties {
		names = append(names, name)
	}
	return names
}

// types decodes objects of Kubernetes into their Go types, so strictly that an unknown field, a field in the wrong
// letter case and a value of another type are errors.
type types struct {
	scheme  *kruntime.Scheme
	decoder kruntime.Decoder
}

func builtIn() (types, error) {
	scheme := kruntime.NewScheme()
	for _, add := range []func(*kruntime.Scheme) error{
		admissionv1.AddToScheme, appsv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme, corev1.AddToScheme,
		networkingv1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme, storagev1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return types{}, err
		}
	}
	return types{scheme, serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, scheme, scheme, serializer.SerializerOptions{Strict: true})}, nil
}

// check passes over kinds of Kubernetes that are not in the list of types.
func (d types) check(o *manifest.Object) diag.List {
	gvk := schema.KindOf(o.Content)
	if gvk.Kind == "Secret" && o.Content["sops"] != nil {
		return nil // it is encrypted; the check inputs asks who decrypts it
	}
	if !d.scheme.Recognizes(gvk) {
		if len(d.scheme.PrioritizedVersionsForGroup(gvk.Group)) == 0 {
			return nil
		}
		return diag.List{o.Problem("apiVersion", "there is no kind "+gvk.Kind+" in "+gvk.GroupVersion().String(), "correct apiVersion or kind")}
	}
	raw, err := json.Marshal(o.Content)
	if err == nil {
		_, _, err = d.decoder.Decode(raw, nil, nil)
	}
	if err == nil {
		return nil
	}
	return decodeProblems(o, err, gvk.Kind)
}

// decodeProblems turns an error of strict decoding into problems, one for each unknown field that it names.
func decodeProblems(o *manifest.Object, err error, kind string) diag.List {
	var problems diag.List
	parts := strings.Split(err.Error(), `unknown field "`)
	for _, part := range parts[1:] {
		name, _, _ := strings.Cut(part, `"`)
		problems = append(problems, o.Problem(name, "the kind "+kind+" has no such field", "remove it, or correct its name"))
	}
	if len(problems) == 0 {
		problems = append(problems, o.Problem("", err.Error(), "the API server would refuse it; correct the value"))
	}
	return problems
}
