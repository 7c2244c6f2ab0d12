package manifest

import (
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/schema"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// ValueAt is the value at a path of an object, or nil.
func ValueAt(object map[string]any, path ...string) any {
	var value any = object
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

// TextAt is a text at a path of an object, or empty.
func TextAt(object map[string]any, path ...string) string {
	text, _ := ValueAt(object, path...).(string)
	return text
}

// ListAt is a list at a path of an object, or nil.
func ListAt(object map[string]any, path ...string) []any {
	list, _ := ValueAt(object, path...).([]any)
	return list
}

// IsACK reports whether objects of a kind represent an AWS resource, by the group of their service.
func IsACK(kind apischema.GroupKind) bool { return strings.HasSuffix(kind.Group, "."+ACKGroup) }

// IsExternalDNS reports whether an object is a HelmRelease of ExternalDNS: by the name of its chart, or by that of the
// OCIRepository that it takes the chart from.
func IsExternalDNS(object map[string]any) bool {
	if schema.KindOf(object).GroupKind() != (apischema.GroupKind{Group: HelmGroup, Kind: "HelmRelease"}) {
		return false
	}
	chart := config.ComponentNamed("external-dns").Chart.Name
	return TextAt(object, "spec", "chart", "spec", "chart") == chart || strings.HasPrefix(TextAt(object, "spec", "chartRef", "name"), chart)
}
