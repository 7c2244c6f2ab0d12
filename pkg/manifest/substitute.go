package manifest

import (
	"fmt"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/resource"
	"eks-auto-gitops/pkg/schema"
)

// sampleIssuer stands for the OIDC issuer of an object's cluster, which is known only when the cluster is there.
func (t *Tree) sampleIssuer(o *Object) string {
	where := t.Where(o)
	return "https://oidc.eks." + OrElse(where.Region, "eu-west-2") + "." + OrElse(where.DNSSuffix, "amazonaws.com") + "/id/EXAMPLE0000000000000000000000000"
}

// sample stands for what ACK exports of an object of a kind: the ARN of a key, the OIDC issuer of a cluster.
func (t *Tree) sample(owner *Object, kind string) string {
	if kind != "Key" {
		return t.sampleIssuer(owner)
	}
	where := t.Where(owner)
	return "arn:" + OrElse(where.Partition, "aws") + ":kms:" + OrElse(where.Region, "eu-west-2") + ":" + OrElse(where.Account, "111122223333") +
		":" + sampleKey
}

const sampleKey = "key/00000000-0000-0000-0000-000000000000"

// IsSampleKey reports whether an ARN stands for that of a key which AWS has yet to make.
func IsSampleKey(arn string) bool { return strings.HasSuffix(arn, ":"+sampleKey) }

// variables are what a Kustomization puts in, or nil if it has no postBuild. What is known only in the cluster has
// a sample value.
func (t *Tree) variables(owner *Object) map[string]string {
	if owner.Value("spec", "postBuild") == nil {
		return nil
	}
	variables := map[string]string{}
	for _, item := range owner.List("spec", "postBuild", "substituteFrom") {
		kind, name := Field(item, "kind"), Field(item, "name")
		for _, o := range t.Find(owner.Place(), apischema.GroupKind{Kind: kind}, owner.Namespace(), name) {
			o.CopyData(variables)
		}
		for _, o := range t.All(owner.Place(), apischema.GroupKind{Group: ACKGroup, Kind: "FieldExport"}, owner.Namespace()) {
			if key := o.Text("spec", "to", "key"); key != "" && strings.EqualFold(o.Text("spec", "to", "kind"), kind) && o.Text("spec", "to", "name") == name {
				variables[key] = t.sample(owner, o.Text("spec", "from", "resource", "kind"))
			}
		}
	}
	inline, _ := owner.Value("spec", "postBuild", "substitute").(map[string]any)
	for name, value := range inline {
		variables[name] = fmt.Sprint(value)
	}
	return variables
}

// CopyData adds the data of a ConfigMap or the plain data of a Secret.
func (o *Object) CopyData(into map[string]string) {
	for _, part := range []string{"data", "stringData"} {
		data, _ := o.Value(part).(map[string]any)
		for name, value := range data {
			into[name] = fmt.Sprint(value)
		}
	}
}

// substitute takes the objects of a build and puts in variables as Flux does: in the object's YAML, and not at all
// when there is none.
func (b *Build) substitute(objects []render.Object) diag.List {
	var problems diag.List
	for _, raw := range objects {
		o := &Object{Build: b, Content: raw.Content, Raw: raw, kind: schema.KindOf(raw.Content).GroupKind()}
		b.Objects = append(b.Objects, o)
		if !raw.Dollar || !o.Substituted() {
			continue
		}
		content, err := b.evaluate(raw.Content)
		switch {
		case err != nil:
			problems = append(problems, o.Problem("", fmt.Sprintf("with its variables put in, the object is no longer YAML: %v", err), "put the text with the variable in quotes"))
		case content != nil:
			o.Content, o.kind = content, schema.KindOf(content).GroupKind()
		}
	}
	return problems
}

// evaluate puts variables into the YAML of an object and reads it again (fluxcd/pkg, kustomize_varsub.go). It gives
// nothing if a variable cannot be put in: the check guard says which text and why.
func (b *Build) evaluate(object map[string]any) (map[string]any, error) {
	text, err := yaml.Marshal(object)
	if err != nil {
		return nil, fmt.Errorf("encode the object: %w", err)
	}
	put, err := envsubst.Eval(string(text), func(name string) (string, bool) {
		value, ok := b.Variables[name]
		return strings.ReplaceAll(value, "\n", ""), ok
	})
	if err != nil {
		return nil, nil //nolint:nilerr // see above
	}
	json, err := yaml.YAMLToJSON([]byte(put))
	if err != nil {
		return nil, fmt.Errorf("read it again: %w", err)
	}
	content := map[string]any{}
	if err := utiljson.Unmarshal(json, &content); err != nil {
		return nil, fmt.Errorf("read it again: %w", err)
	}
	return content, nil
}

// Substituted reports whether Flux puts variables into the object.
func (o *Object) Substituted() bool {
	disabled := func(part string) bool {
		fields, _ := o.Value("metadata", part).(map[string]any)
		return Field(fields, resource.SubstituteAnnotation) == "disabled"
	}
	return len(o.Build.Variables) > 0 && !disabled("labels") && !disabled("annotations")
}
