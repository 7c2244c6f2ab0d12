package delivery

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// fluxReferences are those of Kustomizations and HelmReleases (Flux, Kustomization API and HelmRelease API).
func fluxReferences(o *manifest.Object) []reference {
	var found []reference
	add := func(field string, kind apischema.GroupKind, namespace, name string) {
		found = append(found, reference{field: field, kinds: []apischema.GroupKind{kind}, namespace: namespace, name: name, place: o.Place()})
	}
	for _, path := range [][]string{{"spec", "sourceRef"}, {"spec", "chartRef"}, {"spec", "chart", "spec", "sourceRef"}} {
		if ref := o.Value(path...); ref != nil && manifest.Field(ref, "kind") != manifest.ArtifactKind().Kind {
			add(strings.Join(path, ".")+".name", apischema.GroupKind{Group: manifest.SourceGroup, Kind: manifest.Field(ref, "kind")},
				manifest.OrElse(manifest.Field(ref, "namespace"), o.Namespace()), manifest.Field(ref, "name"))
		}
	}
	add("spec.kubeConfig.configMapRef.name", apischema.GroupKind{Kind: "ConfigMap"}, o.Namespace(), o.Text("spec", "kubeConfig", "configMapRef", "name"))
	if o.Local() || o.IsFlux() {
		add("spec.serviceAccountName", apischema.GroupKind{Kind: "ServiceAccount"}, o.Namespace(), o.Text("spec", "serviceAccountName"))
	}
	for i, item := range o.List("spec", "dependsOn") {
		add(manifest.FieldOf([]any{"spec", "dependsOn", i, "name"}), o.Kind(), manifest.OrElse(manifest.Field(item, "namespace"), o.Namespace()), manifest.Field(item, "name"))
	}
	for _, path := range [][]string{{"spec", "postBuild", "substituteFrom"}, {"spec", "valuesFrom"}} {
		for i, item := range o.List(path...) {
			fields, _ := item.(map[string]any)
			if optional, _ := fields["optional"].(bool); optional || manifest.Field(item, "kind") == "Secret" {
				continue // a secret has no business in Git
			}
			add(fmt.Sprintf("%s[%d].name", strings.Join(path, "."), i), apischema.GroupKind{Kind: manifest.Field(item, "kind")}, o.Namespace(), manifest.Field(item, "name"))
		}
	}
	if !o.IsRelease() || astray(o) {
		return found // where it would be installed is not where it belongs, which the check flux says
	}
	if namespace := o.Text("spec", "targetNamespace"); !createsNamespace(o) {
		found = append(found, namespaceOf(o.Destination(), "spec.targetNamespace", namespace))
	}
	if namespace := o.Text("spec", "storageNamespace"); namespace != o.Text("spec", "targetNamespace") {
		found = append(found, namespaceOf(o.Destination(), "spec.storageNamespace", namespace))
	}
	return found
}

// alertReference is the Provider that an Alert sends with (Flux, Alert API: Provider reference).
func alertReference(o *manifest.Object) reference {
	kinds := []apischema.GroupKind{{Group: manifest.NotificationGroup, Kind: "Provider"}}
	return reference{field: "spec.providerRef.name", kinds: kinds, namespace: o.Namespace(), name: o.Text("spec", "providerRef", "name"), place: o.Place()}
}

// astray reports whether a release of a cluster is installed elsewhere, because it has no kubeconfig or another one than gen makes.
func astray(o *manifest.Object) bool {
	return o.Place() == "" && o.Cluster() != "" && o.Text("spec", "kubeConfig", "configMapRef", "name") == ""
}

// createsNamespace reports whether Helm makes the namespace of a release.
func createsNamespace(o *manifest.Object) bool {
	creates, _ := o.Value("spec", "install", "createNamespace").(bool)
	return creates
}
