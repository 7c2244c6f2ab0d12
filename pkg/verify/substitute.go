package verify

import (
	"fmt"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/resource"
)

// sampleIssuer stands for the OIDC issuer of an object's cluster, which is known only when the cluster is there.
func (t *Tree) sampleIssuer(o *Object) string {
	where := t.where(o)
	return "https://oidc.eks." + orElse(where.Region, "eu-west-2") + "." + orElse(where.DNSSuffix, "amazonaws.com") + "/id/EXAMPLE0000000000000000000000000"
}

// variables are what a Kustomization puts in, or nil if it has no postBuild. What is known only in the cluster has
// a sample value.
func (t *Tree) variables(owner *Object) map[string]string {
	if owner.value("spec", "postBuild") == nil {
		return nil
	}
	variables := map[string]string{}
	for _, item := range owner.list("spec", "postBuild", "substituteFrom") {
		kind, name := field(item, "kind"), field(item, "name")
		for _, o := range t.find("", apischema.GroupKind{Kind: kind}, owner.Namespace(), name) {
			o.copyData(variables)
		}
		for _, o := range t.all("", apischema.GroupKind{Group: "services.k8s.aws", Kind: "FieldExport"}, owner.Namespace()) {
			if key := o.text("spec", "to", "key"); key != "" && strings.EqualFold(o.text("spec", "to", "kind"), kind) && o.text("spec", "to", "name") == name {
				variables[key] = t.sampleIssuer(owner)
			}
		}
	}
	inline, _ := owner.value("spec", "postBuild", "substitute").(map[string]any)
	for name, value := range inline {
		variables[name] = fmt.Sprint(value)
	}
	return variables
}

// copyData adds the data of a ConfigMap or the plain data of a Secret.
func (o *Object) copyData(into map[string]string) {
	for _, part := range []string{"data", "stringData"} {
		data, _ := o.value(part).(map[string]any)
		for name, value := range data {
			into[name] = fmt.Sprint(value)
		}
	}
}

// substitute reads the objects of a build and puts in variables as Flux does: in the object's YAML, and not at all
// when there is none.
func (b *Build) substitute(documents []string) diag.List {
	var problems diag.List
	for _, raw := range documents {
		o := &Object{Build: b, raw: raw}
		if err := yaml.Unmarshal([]byte(raw), &o.Content); err != nil {
			problems = append(problems, diag.Problem{File: b.Dir, Message: fmt.Sprintf("an object cannot be read: %v", err), Hint: "look at kustomize build " + b.Dir})
			continue
		}
		b.Objects = append(b.Objects, o)
		if !o.substituted() {
			continue
		}
		text, err := envsubst.Eval(raw, func(name string) (string, bool) {
			value, ok := b.variables[name]
			return strings.ReplaceAll(value, "\n", ""), ok
		})
		if err != nil {
			continue // the check guard says which text and why
		}
		content := map[string]any{}
		if err := yaml.Unmarshal([]byte(text), &content); err != nil {
			problems = append(problems, o.problem("", fmt.Sprintf("with its variables put in, the object is no longer YAML: %v", err), "put the text with the variable in quotes"))
			continue
		}
		o.Content = content
	}
	return problems
}

// substituted tells whether Flux puts variables into the object.
func (o *Object) substituted() bool {
	disabled := func(part string) bool {
		fields, _ := o.value("metadata", part).(map[string]any)
		return field(fields, resource.SubstituteAnnotation) == "disabled"
	}
	return len(o.Build.variables) > 0 && !disabled("labels") && !disabled("annotations")
}

// before is the object without variables put in.
func (o *Object) before() map[string]any {
	content := map[string]any{}
	if err := yaml.Unmarshal([]byte(o.raw), &content); err != nil {
		return nil // it was read before, so this cannot be
	}
	return content
}
