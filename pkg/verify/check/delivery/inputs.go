package delivery

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// InputsCheck looks at what releases and stages read from ConfigMaps and Secrets.
func InputsCheck() check.Check {
	return check.Check{
		Name: "inputs",
		Doc:  "ConfigMaps have the keys that are read from them, FieldExports read fields that exist, and no plaintext secret is in the tree.",
		Why: "A release whose values are not found is not installed. A key that both Flux and ACK write changes back and forth forever. " +
			"Whatever was once committed stays in the Git history, including secrets.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, o := range slices.Concat(t.OfKind(manifest.HelmGroup, "HelmRelease"), t.OfKind(manifest.KustomizeGroup, "Kustomization")) {
				problems = append(problems, readFrom(t, o)...)
			}
			for _, o := range t.OfKind("", "Secret") {
				problems = append(problems, secret(o)...)
			}
			for _, o := range t.OfKind(manifest.ACKGroup, "FieldExport") {
				problems = append(problems, exported(t, o)...)
			}
			return problems
		},
	}
}

// readFrom checks valuesFrom of a release (Flux, HelmRelease API, Values references), and the names of Secrets, which
// need not be in the tree.
func readFrom(t *manifest.Tree, o *manifest.Object) diag.List {
	var problems diag.List
	for _, path := range [][]string{{"spec", "valuesFrom"}, {"spec", "postBuild", "substituteFrom"}} {
		for i, item := range o.List(path...) {
			at, name := fmt.Sprintf("%s[%d]", strings.Join(path, "."), i), manifest.Field(item, "name")
			fields, _ := item.(map[string]any)
			if optional, _ := fields["optional"].(bool); optional {
				continue
			}
			sources := t.Find(o.Place(), apischema.GroupKind{Kind: manifest.Field(item, "kind")}, o.Namespace(), name)
			if manifest.Field(item, "kind") == "Secret" && len(sources) == 0 {
				problems = append(problems, misnamed(t, o, at+".name", name)...)
			}
			if len(sources) > 0 && path[1] == "valuesFrom" {
				problems = append(problems, key(t, o, at, manifest.OrElse(manifest.Field(item, "valuesKey"), "values.yaml"), sources[0])...)
			}
		}
	}
	return problems
}

// misnamed is a Secret that is not in the tree where one with nearly the same name is.
func misnamed(t *manifest.Tree, o *manifest.Object, at, name string) diag.List {
	var names []string
	for _, secret := range t.All(o.Place(), apischema.GroupKind{Kind: "Secret"}, o.Namespace()) {
		names = append(names, secret.Name())
	}
	near := diag.Nearest(name, names)
	if near == "" {
		return nil // somebody makes it in the cluster
	}
	return diag.List{o.Problem(at, manifest.Label("Secret", o.Namespace(), name)+" is not in the tree", "did you mean "+near+"?")}
}

// key is one that a source does not have and that no FieldExport writes.
func key(t *manifest.Tree, o *manifest.Object, at, key string, source *manifest.Object) diag.List {
	data := map[string]string{}
	source.CopyData(data)
	for _, export := range writers(t, source) {
		data[export.Text("spec", "to", "key")] = ""
	}
	if _, ok := data[key]; ok {
		return nil
	}
	hint := "add the key, or name another in valuesKey"
	if near := diag.Nearest(key, slices.Sorted(maps.Keys(data))); near != "" {
		hint = "did you mean " + near + "?"
	}
	return diag.List{o.Problem(at, source.String()+" has no key "+key, hint)}
}

// writers are the FieldExports that write into a ConfigMap or Secret.
func writers(t *manifest.Tree, target *manifest.Object) []*manifest.Object {
	return slices.DeleteFunc(slices.Clone(t.All(target.Place(), apischema.GroupKind{Group: manifest.ACKGroup, Kind: "FieldExport"}, target.Namespace())), func(o *manifest.Object) bool {
		return o.Text("spec", "to", "name") != target.Name() || !strings.EqualFold(o.Text("spec", "to", "kind"), target.Kind().Kind) ||
			manifest.OrElse(o.Text("spec", "to", "namespace"), o.Namespace()) != target.Namespace()
	})
}

// secret is one with content that anybody can read, or that Flux cannot (Flux, Kustomization API, Decryption).
func secret(o *manifest.Object) diag.List {
	data := map[string]string{}
	o.CopyData(data)
	switch {
	case len(data) == 0:
		return nil
	case o.Content["sops"] == nil:
		return diag.List{o.Problem("", "stands in the tree for everybody to read", "take it out, change what was secret, and let an operator or a person make it in the cluster")}
	case o.Build.Owner == nil || o.Build.Owner.Value("spec", "decryption") == nil:
		return diag.List{o.Problem("", "is encrypted, but the stage that applies it does not decrypt", "let an operator or a person make it in the cluster")}
	}
	return nil
}

// exported checks what a FieldExport reads and where it writes (ACK, FieldExport).
func exported(t *manifest.Tree, o *manifest.Object) diag.List {
	const at = "spec.to.key"
	key, kind := o.Text("spec", "to", "key"), map[string]string{"configmap": "ConfigMap", "secret": "Secret"}[strings.ToLower(o.Text("spec", "to", "kind"))]
	problems := exportedField(t, o)
	for _, target := range t.Find(o.Place(), apischema.GroupKind{Kind: kind}, manifest.OrElse(o.Text("spec", "to", "namespace"), o.Namespace()), o.Text("spec", "to", "name")) {
		data := map[string]string{}
		target.CopyData(data)
		if _, ok := data[key]; ok {
			problems = append(problems, o.Problem(at, target.String()+" has the key "+key+" from Git, and Flux and ACK would both write it", "take the key out of "+target.String()))
		}
		for _, other := range writers(t, target) {
			if other.Text("spec", "to", "key") == key && o.After(other) {
				problems = append(problems, o.Problem(at, other.String()+" writes the same key", "give each a key of its own"))
			}
		}
	}
	return problems
}

// exportedField looks for the field that is read in the kind that has it.
func exportedField(t *manifest.Tree, o *manifest.Object) diag.List {
	from := o.Value("spec", "from", "resource")
	keys := strings.Split(strings.TrimPrefix(o.Text("spec", "from", "path"), "."), ".")
	for _, gvk := range t.CRDs.Kinds() {
		if gvk.Group != manifest.Field(from, "group") || gvk.Kind != manifest.Field(from, "kind") {
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
				return diag.List{o.Problem("spec.from.path", gvk.Kind+" has no field "+key+" there", hint)}
			}
			props = &inner
		}
	}
	return nil
}
