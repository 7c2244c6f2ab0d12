package verify

import (
	"fmt"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// fluxReferences are those of Kustomizations and HelmReleases (Flux, Kustomization API and HelmRelease API).
func fluxReferences(o *Object) []reference {
	var found []reference
	add := func(field string, kind apischema.GroupKind, namespace, name string) {
		found = append(found, reference{field: field, kinds: []apischema.GroupKind{kind}, namespace: namespace, name: name, place: o.Place()})
	}
	for _, path := range [][]string{{"spec", "sourceRef"}, {"spec", "chartRef"}, {"spec", "chart", "spec", "sourceRef"}} {
		if ref := o.value(path...); ref != nil {
			add(strings.Join(path, ".")+".name", apischema.GroupKind{Group: sourceGroup, Kind: field(ref, "kind")},
				orElse(field(ref, "namespace"), o.Namespace()), field(ref, "name"))
		}
	}
	add("spec.kubeConfig.configMapRef.name", apischema.GroupKind{Kind: "ConfigMap"}, o.Namespace(), o.text("spec", "kubeConfig", "configMapRef", "name"))
	if o.destination() == "" || o.isFlux() {
		add("spec.serviceAccountName", apischema.GroupKind{Kind: "ServiceAccount"}, o.Namespace(), o.text("spec", "serviceAccountName"))
	}
	for i, item := range o.list("spec", "dependsOn") {
		add(fieldOf([]any{"spec", "dependsOn", i, "name"}), o.Kind(), orElse(field(item, "namespace"), o.Namespace()), field(item, "name"))
	}
	for _, path := range [][]string{{"spec", "postBuild", "substituteFrom"}, {"spec", "valuesFrom"}} {
		for i, item := range o.list(path...) {
			fields, _ := item.(map[string]any)
			if optional, _ := fields["optional"].(bool); optional || field(item, "kind") == "Secret" {
				continue // a secret has no business in Git
			}
			add(fmt.Sprintf("%s[%d].name", strings.Join(path, "."), i), apischema.GroupKind{Kind: field(item, "kind")}, o.Namespace(), field(item, "name"))
		}
	}
	if namespace := o.text("spec", "targetNamespace"); o.isRelease() && !createsNamespace(o) {
		found = append(found, namespaceOf(o.destination(), "spec.targetNamespace", namespace))
	}
	return found
}

// createsNamespace tells whether Helm makes the namespace of a release.
func createsNamespace(o *Object) bool {
	creates, _ := o.value("spec", "install", "createNamespace").(bool)
	return creates
}
