package effect

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
)

// declared is the message of a CRD's rule that a field, or one that it is in, must stay what it is. A field may be set
// that was not there, and taken away: such a rule is asked only where there are two values (Kubernetes, CRDs,
// Transition rules).
func (k Table) declared(gvk apischema.GroupVersionKind, f change.Field, c *change.Change) (string, bool) {
	at := k.crds.Schema(gvk)
	keys := strings.Split(f.Name, ".")
	for i, key := range keys {
		for at != nil && at.Items != nil && at.Items.Schema != nil {
			at = at.Items.Schema
		}
		if at == nil {
			return "", false
		}
		property, ok := at.Properties[key]
		if !ok {
			return "", false
		}
		at = &property
		whole := i == len(keys)-1
		if message, ok := transition(at, ""); ok && isThere(c.Before, keys[:i+1]) && isThere(c.After, keys[:i+1]) {
			return message, true
		}
		if whole {
			continue
		}
		if message, ok := transition(at, "."+keys[i+1]); ok {
			return message, true
		}
		if message, ok := presence(at, keys[i+1]); ok && isThere(c.Before, keys[:i+2]) != isThere(c.After, keys[:i+2]) {
			return message, true
		}
	}
	return "", false
}

// isThere reports whether an object has a field, or can have it: of what is below a list it is not said which element.
func isThere(object map[string]any, path []string) bool {
	var value any = object
	for _, key := range path {
		if _, isList := value.([]any); isList {
			return true
		}
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value != nil
}

// transition is the message of a rule that a value, or one of its fields, must stay what it is.
func transition(props *apiextensionsv1.JSONSchemaProps, field string) (string, bool) {
	for _, rule := range props.XValidations {
		compact := strings.ReplaceAll(rule.Rule, " ", "")
		if compact == "self"+field+"==oldSelf"+field || compact == "oldSelf"+field+"==self"+field {
			return rule.Message, true
		}
	}
	return "", false
}

// presence is the message of a rule that a field must not come or go.
func presence(props *apiextensionsv1.JSONSchemaProps, field string) (string, bool) {
	for _, rule := range props.XValidations {
		if strings.ReplaceAll(rule.Rule, " ", "") == "has(self."+field+")==has(oldSelf."+field+")" {
			return rule.Message, true
		}
	}
	return "", false
}
