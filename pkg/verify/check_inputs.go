package verify

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// inputsCheck looks at what releases and stages read from ConfigMaps and Secrets.
func inputsCheck() Check {
	return Check{
		Name: "inputs",
		Doc:  "ConfigMaps have the keys that are read from them, FieldExports write what is there, and no secret stands open in the tree.",
		Why: "A release whose values are not found is not installed. A key that both Flux and ACK write changes for ever. " +
			"What was once committed stays in the history of the repository, secrets too.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, o := range slices.Concat(t.kind(helmGroup, "HelmRelease"), t.kind("kustomize.toolkit.fluxcd.io", "Kustomization")) {
				problems = append(problems, t.readFrom(o)...)
			}
			for _, o := range t.kind("", "Secret") {
				problems = append(problems, o.secret()...)
			}
			for _, o := range t.kind(ackGroup, "FieldExport") {
				problems = append(problems, t.exported(o)...)
			}
			return problems
		},
	}
}

// readFrom checks valuesFrom of a release (Flux, HelmRelease API, Values references), and the names of Secrets, which
// need not be in the tree.
func (t *Tree) readFrom(o *Object) diag.List {
	var problems diag.List
	for _, path := range [][]string{{"spec", "valuesFrom"}, {"spec", "postBuild", "substituteFrom"}} {
		for i, item := range o.list(path...) {
			at, name := fmt.Sprintf("%s[%d]", strings.Join(path, "."), i), field(item, "name")
			fields, _ := item.(map[string]any)
			if optional, _ := fields["optional"].(bool); optional {
				continue
			}
			sources := t.find("", apischema.GroupKind{Kind: field(item, "kind")}, o.Namespace(), name)
			if field(item, "kind") == "Secret" && len(sources) == 0 {
				problems = append(problems, t.misnamed(o, at+".name", name)...)
			}
			if len(sources) > 0 && path[1] == "valuesFrom" {
				problems = append(problems, t.key(o, at, orElse(field(item, "valuesKey"), "values.yaml"), sources[0])...)
			}
		}
	}
	return problems
}

// misnamed is a Secret that is not in the tree where one with nearly the same name is.
func (t *Tree) misnamed(o *Object, at, name string) diag.List {
	var names []string
	for _, secret := range t.all("", apischema.GroupKind{Kind: "Secret"}, o.Namespace()) {
		names = append(names, secret.Name())
	}
	near := diag.Nearest(name, names)
	if near == "" {
		return nil // somebody makes it in the cluster
	}
	return diag.List{o.problem(at, label("Secret", o.Namespace(), name)+" is not in the tree", "did you mean "+near+"?")}
}

// key is one that a source does not have and that no FieldExport writes.
func (t *Tree) key(o *Object, at, key string, source *Object) diag.List {
	data := map[string]string{}
	source.copyData(data)
	for _, export := range t.writers(source) {
		data[export.text("spec", "to", "key")] = ""
	}
	if _, ok := data[key]; ok {
		return nil
	}
	hint := "add the key, or name another in valuesKey"
	if near := diag.Nearest(key, slices.Sorted(maps.Keys(data))); near != "" {
		hint = "did you mean " + near + "?"
	}
	return diag.List{o.problem(at, source.String()+" has no key "+key, hint)}
}

// writers are the FieldExports that write into a ConfigMap or Secret.
func (t *Tree) writers(target *Object) []*Object {
	return slices.DeleteFunc(slices.Clone(t.all("", apischema.GroupKind{Group: ackGroup, Kind: "FieldExport"}, target.Namespace())), func(o *Object) bool {
		return o.text("spec", "to", "name") != target.Name() || !strings.EqualFold(o.text("spec", "to", "kind"), target.Kind().Kind) ||
			orElse(o.text("spec", "to", "namespace"), o.Namespace()) != target.Namespace()
	})
}

// secret is one with content that anybody can read, or that Flux cannot (Flux, Kustomization API, Decryption).
func (o *Object) secret() diag.List {
	data := map[string]string{}
	o.copyData(data)
	switch {
	case len(data) == 0:
		return nil
	case o.Content["sops"] == nil:
		return diag.List{o.problem("", "stands in the tree for everybody to read", "take it out, change what was secret, and let an operator or a person make it in the cluster")}
	case o.Build.Owner == nil || o.Build.Owner.value("spec", "decryption") == nil:
		return diag.List{o.problem("", "is encrypted, but the stage that applies it does not decrypt", "let an operator or a person make it in the cluster")}
	}
	return nil
}

// exported checks what a FieldExport reads and where it writes (ACK, FieldExport).
func (t *Tree) exported(o *Object) diag.List {
	const at = "spec.to.key"
	key, kind := o.text("spec", "to", "key"), map[string]string{"configmap": "ConfigMap", "secret": "Secret"}[strings.ToLower(o.text("spec", "to", "kind"))]
	problems := t.exportedField(o)
	for _, target := range t.find(o.Place(), apischema.GroupKind{Kind: kind}, orElse(o.text("spec", "to", "namespace"), o.Namespace()), o.text("spec", "to", "name")) {
		data := map[string]string{}
		target.copyData(data)
		if _, ok := data[key]; ok {
			problems = append(problems, o.problem(at, target.String()+" has the key "+key+" from Git, and Flux and ACK would both write it", "take the key out of "+target.String()))
		}
		for _, other := range t.writers(target) {
			if other.text("spec", "to", "key") == key && o.after(other) {
				problems = append(problems, o.problem(at, other.String()+" writes the same key", "give each a key of its own"))
			}
		}
	}
	return problems
}

// exportedField looks for the field that is read in the kind that has it.
func (t *Tree) exportedField(o *Object) diag.List {
	from := o.value("spec", "from", "resource")
	keys := strings.Split(strings.TrimPrefix(o.text("spec", "from", "path"), "."), ".")
	for _, gvk := range t.CRDs.Kinds() {
		if gvk.Group != field(from, "group") || gvk.Kind != field(from, "kind") {
			continue
		}
		props := t.CRDs.Schema(gvk)
		for _, key := range keys {
			if props == nil || len(props.Properties) == 0 || strings.ContainsAny(key, `["|(`) {
				break // a list, a free map, or more of jq than a path
			}
			inner, ok := props.Properties[key]
			if !ok {
				hint := "name a field of " + gvk.Kind
				if near := diag.Nearest(key, slices.Sorted(maps.Keys(props.Properties))); near != "" {
					hint = "did you mean " + near + "?"
				}
				return diag.List{o.problem("spec.from.path", gvk.Kind+" has no field "+key+" there", hint)}
			}
			props = &inner
		}
	}
	return nil
}
