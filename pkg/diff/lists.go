package diff

import (
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// lists knows how the lists of a kind are compared.
type lists struct {
	group, kind string
	// schema is that of the kind, nil if it has none.
	schema *apiextensionsv1.JSONSchemaProps
	// document is set inside of an IAM policy, where no order means anything.
	document bool
}

// inDocument is for what is below a text that holds JSON or YAML.
func (l lists) inDocument(name string) lists {
	return lists{group: "text", kind: l.kind, document: isPolicy(name)}
}

// isPolicy distinguishes an IAM policy from other documents.
func isPolicy(name string) bool { return name != "spec.configurationValues" }

// keys are the fields by which the elements of a list are told apart, or nil. Sources, in this order: the CRD
// (x-kubernetes-list-map-keys), the types of Kubernetes and the conventions of ACK, and a field name or key that is
// there in every element.
func (l lists) keys(name string, before, after []any) []string {
	candidates := [][]string{l.declared(name), l.known(name), {"name"}, {"key"}, {"Sid"}}
	for _, keys := range candidates {
		if len(keys) > 0 && tellApart(keys, before) && tellApart(keys, after) {
			return keys
		}
	}
	return nil
}

// declared are the keys that the CRD names.
func (l lists) declared(name string) []string {
	if list := l.property(name); list != nil && list.XListType != nil && *list.XListType == "map" {
		return list.XListMapKeys
	}
	return nil
}

// property is what the CRD says of a field, or nil.
func (l lists) property(name string) *apiextensionsv1.JSONSchemaProps {
	at := l.schema
	for key := range strings.SplitSeq(name, ".") {
		if at == nil {
			return nil
		}
		if at.Items != nil && at.Items.Schema != nil {
			at = at.Items.Schema
		}
		property, ok := at.Properties[key]
		if !ok {
			return nil
		}
		at = &property
	}
	return at
}

// known are the keys that no schema names. Kubernetes merges subjects as a whole, but two with the same names are
// one; of taints it says that key and effect are one (Kubernetes, Taints and Tolerations); EC2 has one route for each
// destination (EC2 API, Route); EKS one association for each policy and service account.
func (l lists) known(name string) []string {
	switch l.group + " " + name {
	case manifest.RBACGroup + " subjects":
		return []string{"kind", "namespace", "name"}
	case "karpenter.sh spec.template.spec.taints", "karpenter.sh spec.template.spec.startupTaints":
		return []string{"key", "effect"}
	case "ec2.services.k8s.aws spec.routes":
		return []string{"destinationCIDRBlock", "destinationIPv6CIDRBlock", "destinationPrefixListID"}
	case "kms.services.k8s.aws spec.tags":
		return []string{"tagKey"}
	case "eks.services.k8s.aws spec.accessPolicies":
		return []string{"policyARN"}
	case "eks.services.k8s.aws spec.podIdentityAssociations":
		return []string{"serviceAccount"}
	case "eks.services.k8s.aws spec.logging.clusterLogging":
		return []string{"enabled"}
	case "route53.services.k8s.aws spec.resourceRecords":
		return []string{"value"}
	case "kustomize.toolkit.fluxcd.io spec.healthCheckExprs":
		return []string{"apiVersion", "kind"}
	}
	return nil
}

// ordered reports whether the order of a list means something. The CRD may say that it does not. AWS and Karpenter take their
// lists for sets, and so does Kubernetes with rules and subjects; of all others nothing is known, so that their order counts.
// ACK compares clusterLogging in its order and never settles when it is another (eks-controller, hook.go).
func (l lists) ordered(name string) bool {
	if list := l.property(name); list != nil && list.XListType != nil && *list.XListType != "atomic" {
		return false
	}
	isSet := strings.HasSuffix(l.group, ".services.k8s.aws") || l.document ||
		slices.Contains([]string{manifest.KarpenterGroup, manifest.AutoGroup, manifest.RBACGroup, manifest.KustomizeGroup}, l.group)
	return !isSet || strings.HasPrefix(name, "spec.logging.clusterLogging") && !l.document
}

// documents are the fields of two texts that hold JSON or YAML. IAM policies are written in their long form.
func (l lists) documents(name string, before, after any) (b, a any, ok bool) {
	if !l.isDocument(name) {
		return nil, nil, false
	}
	read := func(value any) (any, bool) {
		text, isText := value.(string)
		fields, isDocument := change.ParseDocument(text)
		if isPolicy(name) {
			fields = change.LongForm(fields)
		}
		return fields, isText && isDocument
	}
	b, ok = read(before)
	a, also := read(after)
	return b, a, ok && also
}

// isDocument reports whether a field holds a document as text.
func (l lists) isDocument(name string) bool {
	switch l.group {
	case manifest.IAMGroup:
		return name == "spec.assumeRolePolicyDocument" || name == "spec.policyDocument" || strings.HasPrefix(name, "spec.inlinePolicies.")
	case manifest.KMSGroup:
		return name == "spec.policy"
	case manifest.EC2Group:
		return name == "spec.policyDocument"
	case manifest.EKSGroup:
		return name == "spec.configurationValues" || name == "spec.policy"
	default:
		return false
	}
}

// tellApart reports whether every element has the first key, and no two have the same of all.
func tellApart(keys []string, list []any) bool {
	seen := map[string]bool{}
	for _, item := range list {
		fields, ok := item.(map[string]any)
		if !ok {
			return false
		}
		if _, ok := fields[keys[0]]; !ok && len(keys) == 1 {
			return false
		}
		id := identity(item, keys)
		if seen[id] {
			return false
		}
		seen[id] = true
	}
	return true
}

// identity is what an element has in its keys.
func identity(item any, keys []string) string {
	fields, _ := item.(map[string]any)
	var parts []string
	for _, key := range keys {
		if value, ok := fields[key]; ok {
			parts = append(parts, change.Value(value))
		}
	}
	return strings.Join(parts, ",")
}

func identities(list []any, keys []string) []string {
	ids := make([]string, 0, len(list))
	for _, item := range list {
		ids = append(ids, identity(item, keys))
	}
	return ids
}
