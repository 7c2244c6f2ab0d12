package change

import (
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

// ParseDocument reads a text that holds JSON or YAML with fields.
func ParseDocument(text string) (map[string]any, bool) {
	raw, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return nil, false
	}
	fields := map[string]any{}
	if err := utiljson.Unmarshal(raw, &fields); err != nil {
		return nil, false
	}
	return fields, true
}

// LongForm writes a list wherever IAM allows a single value in its place (IAM User Guide, Grammar of the IAM JSON
// policy language).
func LongForm(document map[string]any) map[string]any {
	if document == nil {
		return nil
	}
	statements := AsList(document["Statement"])
	for i, item := range statements {
		statement, ok := item.(map[string]any)
		if !ok {
			continue
		}
		for _, key := range []string{"Action", "NotAction", "Resource", "NotResource"} {
			if value, ok := statement[key]; ok {
				statement[key] = AsList(value)
			}
		}
		for _, key := range []string{"Principal", "NotPrincipal"} {
			listValues(statement[key])
		}
		if conditions, ok := statement["Condition"].(map[string]any); ok {
			for _, operator := range conditions {
				listValues(operator)
			}
		}
		statements[i] = statement
	}
	document["Statement"] = statements
	return document
}

// AsList is a list of one, unless the value is one.
func AsList(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	if value == nil {
		return nil
	}
	return []any{value}
}

func listValues(value any) {
	fields, ok := value.(map[string]any)
	if !ok {
		return
	}
	for key, inner := range fields {
		fields[key] = AsList(inner)
	}
}
