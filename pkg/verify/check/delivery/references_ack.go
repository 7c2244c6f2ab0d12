package delivery

import (
	"strings"

	"eks-auto-gitops/pkg/manifest"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// ackReferences are those of objects in AWS. A name of a cluster that is written out counts as well: EKS looks for
// it just as ACK does for a reference.
func ackReferences(o *manifest.Object) []reference {
	if o.Kind().Kind == "FieldExport" {
		return exportReferences(o)
	}
	var found []reference
	manifest.Walk(o.Value("spec"), []any{"spec"}, func(keys []any, value any) {
		fields, _ := value.(map[string]any)
		from, isRef := fields["from"].(map[string]any)
		kind, known := manifest.KindOfReference(manifest.LastName(keys))
		if isRef && known {
			found = append(found, reference{
				field: manifest.FieldOf(keys) + ".from.name", kinds: []apischema.GroupKind{kind},
				namespace: manifest.OrElse(manifest.Field(from, "namespace"), o.Namespace()), name: manifest.Field(from, "name"), place: o.Place(),
			})
		}
	})
	if o.Kind().Group == manifest.EKSGroup {
		found = append(found, clusterReference(o))
	}
	return found
}

// clusterReference is the cluster that an access entry, an association or an add-on names; gen gives the Cluster
// object the cluster's own name.
func clusterReference(o *manifest.Object) reference {
	return reference{
		field: "spec.clusterName", kinds: []apischema.GroupKind{{Group: manifest.EKSGroup, Kind: "Cluster"}},
		namespace: o.Namespace(), name: o.Text("spec", "clusterName"), place: o.Place(),
	}
}

// exportReferences are the object that a FieldExport reads and the one it writes (ACK, FieldExport).
func exportReferences(o *manifest.Object) []reference {
	kind := map[string]string{"configmap": "ConfigMap", "secret": "Secret"}[strings.ToLower(o.Text("spec", "to", "kind"))]
	from := apischema.GroupKind{Group: o.Text("spec", "from", "resource", "group"), Kind: o.Text("spec", "from", "resource", "kind")}
	return []reference{
		{field: "spec.from.resource.name", kinds: []apischema.GroupKind{from}, namespace: o.Namespace(), name: o.Text("spec", "from", "resource", "name"), place: o.Place()},
		{
			field: "spec.to.name", kinds: []apischema.GroupKind{{Kind: kind}}, namespace: manifest.OrElse(o.Text("spec", "to", "namespace"), o.Namespace()),
			name: o.Text("spec", "to", "name"), place: o.Place(), outside: kind != "ConfigMap",
		},
	}
}
