package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Validate returns all faults that an API server would find when the object is created with strict field validation,
// sorted by their text. The object is not changed. A namespaced object without a namespace counts as one in
// "default", because the client that applies it fills that in.
func (s *Set) Validate(obj map[string]any) []Fault {
	gvk := KindOf(obj)
	k := s.kinds[gvk]
	if k == nil {
		return []Fault{{Detail: fmt.Sprintf("no CRD for %s", gvk)}}
	}
	v, err := k.compile()
	if err != nil {
		return []Fault{{Detail: err.Error()}}
	}
	sum := v.shape.sum(obj)
	if _, ok := v.clean.Load(sum); ok && v.plainMeta(obj) {
		return nil
	}
	own, err := normal(obj)
	if err != nil {
		return []Fault{{Detail: err.Error()}}
	}
	faults := v.validate(own)
	if len(faults) == 0 {
		v.clean.Store(sum, struct{}{})
	}
	slices.SortFunc(faults, func(a, b Fault) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(faults)
}

// KindOf is the kind that the object claims to be.
func KindOf(obj map[string]any) apischema.GroupVersionKind {
	apiVersion, _ := obj["apiVersion"].(string)
	name, _ := obj["kind"].(string)
	return apischema.FromAPIVersionAndKind(apiVersion, name)
}

// normal copies an object and gives its numbers the types that an API server has: int64 and float64.
func normal(obj map[string]any) (map[string]any, error) {
	text, err := utiljson.Marshal(obj)
	if err != nil {
		return nil, fmt.Errorf("encode the object: %w", err)
	}
	own := map[string]any{}
	if err := utiljson.Unmarshal(text, &own); err != nil {
		return nil, fmt.Errorf("decode the object: %w", err)
	}
	return own, nil
}

// validator checks objects of one kind.
type validator struct {
	structural *structuralschema.Structural
	values     validation.SchemaValidator
	rules      *cel.Validator // nil when the CRD has no rules
	namespaced bool
	// shape is what validity depends on, and clean has the sums of those objects that are valid.
	shape *shape
	clean *sync.Map
}

// newValidator compiles the schema of one kind.
func newValidator(gvk apischema.GroupVersionKind, props *apiextensionsv1.JSONSchemaProps, namespaced bool) (*validator, error) {
	internal := &apiextensions.JSONSchemaProps{}
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(props, internal, nil); err != nil {
		return nil, fmt.Errorf("convert the schema of %s: %w", gvk, err)
	}
	structural, err := structuralschema.NewStructural(internal)
	if err != nil {
		return nil, fmt.Errorf("the schema of %s is not structural: %w", gvk, err)
	}
	values, _, err := validation.NewSchemaValidator(internal)
	if err != nil {
		return nil, fmt.Errorf("compile the schema of %s: %w", gvk, err)
	}
	return &validator{
		structural: structural,
		values:     values,
		rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
		namespaced: namespaced,
		shape:      newShape(structural, false),
		clean:      &sync.Map{},
	}, nil
}

// plainMeta reports whether the metadata has nothing but names, labels and annotations, and is valid.
func (v *validator) plainMeta(obj map[string]any) bool {
	fields, _ := obj["metadata"].(map[string]any)
	meta := metav1.ObjectMeta{}
	for key, value := range fields {
		name, isText := value.(string)
		ok := isText
		switch key {
		case "name":
			meta.Name = name
		case "namespace":
			meta.Namespace = name
		case "labels":
			meta.Labels, ok = textMap(value)
		case "annotations":
			meta.Annotations, ok = textMap(value)
		default:
			ok = false
		}
		if !ok {
			return false
		}
	}
	return len(v.checkMeta(&meta)) == 0
}

func textMap(value any) (map[string]string, bool) {
	fields, ok := value.(map[string]any)
	made := make(map[string]string, len(fields))
	for key, value := range fields {
		text, isText := value.(string)
		if !isText {
			return nil, false
		}
		made[key] = text
	}
	return made, ok
}

// checkMeta checks metadata as for a new object.
func (v *validator) checkMeta(meta *metav1.ObjectMeta) field.ErrorList {
	if v.namespaced && meta.Namespace == "" {
		meta.Namespace = metav1.NamespaceDefault
	}
	return apivalidation.ValidateObjectMeta(meta, v.namespaced, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
}

// validate changes the object as an API server would (defaults, pruning) and returns its faults.
func (v *validator) validate(obj map[string]any) []Fault {
	defaulting.Default(obj, v.structural)
	faults, errs := v.prune(obj)
	errs = append(errs, v.check(obj)...)
	for _, err := range errs {
		faults = append(faults, Fault{Field: strings.TrimPrefix(err.Field, "<nil>"), Detail: err.ErrorBody()})
	}
	return faults
}

// prune removes unknown fields and empty nulls and checks metadata.
func (v *validator) prune(obj map[string]any) (faults []Fault, errs field.ErrorList) {
	meta, _, unknownMeta, err := objectmeta.GetObjectMetaWithOptions(obj, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return []Fault{{Detail: err.Error()}}, nil
	}
	if meta == nil {
		meta = &metav1.ObjectMeta{}
	}
	errs = v.checkMeta(meta)
	unknown := pruning.PruneWithOptions(obj, v.structural, true, structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	defaulting.PruneNonNullableNullsWithoutDefaults(obj, v.structural)
	fault, unknownEmbedded := objectmeta.CoerceWithOptions(nil, obj, v.structural, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if fault != nil {
		errs = append(errs, fault)
	}
	for _, path := range slices.Concat(unknownMeta, unknown, unknownEmbedded) {
		faults = append(faults, Fault{Field: path, Unknown: true, Detail: "unknown field"})
	}
	return faults, errs
}

// check looks at values, then at lists, then at CEL rules; rules are passed over
// where an API server does so, because they may not hold for broken values.
func (v *validator) check(obj map[string]any) field.ErrorList {
	ctx := context.Background()
	errs := validation.ValidateCustomResource(nil, obj, v.values)
	errs = append(errs, objectmeta.Validate(ctx, nil, obj, v.structural, false)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, v.structural, obj)...)
	if v.rules == nil || slices.ContainsFunc(errs, blocksRules) {
		return errs
	}
	broken, _ := v.rules.Validate(ctx, nil, v.structural, obj, nil, celconfig.RuntimeCELCostBudget)
	return append(errs, broken...)
}

// blocksRules reports whether an API server evaluates no CEL rules after such an error.
func blocksRules(err *field.Error) bool {
	switch err.Type {
	case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
		return true
	default:
		return false
	}
}
