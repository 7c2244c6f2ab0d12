package aws

import (
	"encoding/json"
	"strings"

	"eks-auto-gitops/pkg/ack/compare"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// ACKCheck looks at what all objects of ACK have in common.
func ACKCheck() check.Check {
	return check.Check{
		Name: "ack",
		Doc:  "ACK objects reference what they use once, in their own namespace and as AWS returns it, and fully name what they adopt.",
		Why: "With a reference and an id for the same resource, ACK does nothing and reports it only in a condition. References " +
			"to other namespaces are deprecated. A reference in a value that ACK compares as a whole with what AWS returns blocks every " +
			"later change: a cluster with keyRef is never upgraded. An object that is to adopt a resource without naming it ends in a terminal condition.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			whole := compare.WholeFields()
			for _, o := range t.Objects() {
				problems = append(problems, deletion(o)...)
				if o.IsACK() {
					problems = append(problems, namedTwice(o)...)
					problems = append(problems, neverSettles(o, whole[o.Kind()])...)
					problems = append(problems, adoption(o)...)
				}
			}
			return problems
		},
	}
}

// literalOf are the fields that say the same as a reference, by its name (ACK, generator.yaml of each controller).
func literalOf(ref string) []string {
	switch ref {
	case "policyRefs":
		return []string{"policies"}
	case "routeTableRefs":
		return []string{"routeTables", "routeTableIDs"}
	case "clusterRef":
		return []string{"clusterName"}
	case "permissionsBoundaryRef":
		return []string{"permissionsBoundary"}
	}
	if name, many := strings.CutSuffix(ref, "Refs"); many {
		return []string{name + "IDs"}
	}
	name := strings.TrimSuffix(ref, "Ref")
	return []string{name + "ID", name + "ARN", name}
}

// namedTwice are references beside the id that they stand for, and references into another namespace (ACK,
// Resource references).
func namedTwice(o *manifest.Object) diag.List {
	var problems diag.List
	eachMap(o.Value("spec"), []any{"spec"}, func(keys []any, fields map[string]any) {
		for name, ref := range fields {
			if !strings.HasSuffix(name, "Ref") && !strings.HasSuffix(name, "Refs") || ref == nil {
				continue
			}
			for _, literal := range literalOf(name) {
				if fields[literal] != nil {
					problems = append(problems, o.Problem(manifest.FieldOf(keys)+"."+literal, "stands beside "+name+", and ACK takes only one of the two", "keep "+name+" for what is in the tree"))
				}
			}
		}
		from, _ := fields["from"].(map[string]any)
		if namespace := manifest.Field(from, "namespace"); namespace != "" && namespace != o.Namespace() && strings.Contains(manifest.LastName(keys), "Ref") {
			problems = append(problems, check.Warning(o.Problem(manifest.FieldOf(keys)+".from.namespace", "references another namespace, which ACK deprecates", "put both objects in one namespace")))
		}
	})
	return problems
}

// eachMap calls visit for every map below a value, with the keys that lead to it, which visit must not keep: other than
// walk it makes no copy of them, because this check looks at nearly every object.
func eachMap(value any, keys []any, visit func(keys []any, fields map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		visit(keys, v)
		for key, inner := range v {
			eachMap(inner, append(keys, key), visit)
		}
	case []any:
		for i, inner := range v {
			eachMap(inner, append(keys, i), visit)
		}
	}
}

// adoption checks the annotations by which ACK takes over what is there (ACK, Adopted resources).
func adoption(o *manifest.Object) diag.List {
	const prefix = "services.k8s.aws/adoption-"
	annotations := o.Value("metadata", "annotations")
	policy, fields := manifest.Field(annotations, prefix+"policy"), manifest.Field(annotations, prefix+"fields")
	at := manifest.FieldOf([]any{"metadata", "annotations", prefix + "policy"})
	switch {
	case policy == "" && fields == "":
		return nil
	case policy != "adopt" && policy != "adopt-or-create":
		return diag.List{o.Problem(at, "is not one of the policies that ACK has", "write adopt or adopt-or-create")}
	case policy == "adopt" && fields == "":
		return diag.List{o.Problem(at, "says that something is adopted, but not what", "add the annotation "+prefix+`fields, such as '{"name": "…"}'`)}
	}
	named := map[string]string{}
	if err := json.Unmarshal([]byte(fields), &named); fields != "" && (err != nil || len(named) == 0) {
		return diag.List{o.Problem(manifest.FieldOf([]any{"metadata", "annotations", prefix + "fields"}), "is no JSON object of texts", `write it such as '{"name": "…"}'`)}
	}
	return nil
}
