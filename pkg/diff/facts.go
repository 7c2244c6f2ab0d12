package diff

import (
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// valueAt is what stands at a path of an object, or nil.
func valueAt(object map[string]any, path ...string) any {
	var value any = object
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

// textAt is a text at a path of an object, or empty.
func textAt(object map[string]any, path ...string) string {
	text, _ := valueAt(object, path...).(string)
	return text
}

// isACK tells whether a group is one of ACK's.
func isACK(kind apischema.GroupKind) bool { return strings.HasSuffix(kind.Group, ".services.k8s.aws") }

// listAt is a list at a path of an object, or nil.
func listAt(object map[string]any, path ...string) []any {
	list, _ := valueAt(object, path...).([]any)
	return list
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
