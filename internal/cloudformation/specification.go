package cloudformation

import (
	_ "embed" // the specification
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

//go:embed specification.json
var specification []byte

// Specification is what AWS publishes of resource types, reduced to those of gen's templates (tools/cloudformation).
type Specification struct {
	// Source is the package and its version.
	Source    string
	Resources map[string]struct {
		Attributes []string
		Properties map[string]property
	}
	Types map[string]map[string]property
}

type property struct {
	Type     propertyType
	Required bool
}

type propertyType struct {
	Type      string
	Element   *propertyType
	Types     []propertyType
	Reference map[string]string
}

// Known reads the specification.
func Known() (*Specification, error) {
	var s Specification
	if err := json.Unmarshal(specification, &s); err != nil {
		return nil, fmt.Errorf("read the specification: %w", err)
	}
	return &s, nil
}

// HasAttribute reports whether Fn::GetAtt finds an attribute.
func (s *Specification) HasAttribute(kind, attribute string) bool {
	return slices.Contains(s.Resources[kind].Attributes, attribute)
}

// Check returns what CloudFormation would refuse of a resource: unknown or missing properties, and wrong types.
func (s *Specification) Check(name string, r Resource) []string {
	known, ok := s.Resources[r.Type]
	if !ok {
		return []string{fmt.Sprintf("%s: there is no type %q", name, r.Type)}
	}
	return s.object(name, known.Properties, r.Properties)
}

func (s *Specification) object(at string, known map[string]property, have map[string]any) []string {
	var faults []string
	for _, key := range slices.Sorted(maps.Keys(have)) {
		p, ok := known[key]
		if !ok {
			faults = append(faults, at+": there is no property "+key)
			continue
		}
		faults = append(faults, s.value(at+"."+key, p.Type, have[key])...)
	}
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if _, ok := have[key]; !ok && known[key].Required {
			faults = append(faults, at+": "+key+" is missing")
		}
	}
	return faults
}

// value checks a value against a type. CloudFormation turns text into numbers and switches, and the reverse.
func (s *Specification) value(at string, t propertyType, v any) []string {
	wrong := []string{fmt.Sprintf("%s: %v is not a %s", at, v, t.Type)}
	switch t.Type {
	case "array":
		return s.list(at, t, v, wrong)
	case "boolean":
		if _, err := strconv.ParseBool(fmt.Sprint(v)); err != nil {
			return wrong
		}
	case "integer", "number":
		if _, err := strconv.ParseFloat(fmt.Sprint(v), 64); err != nil {
			return wrong
		}
	case "json":
		if _, ok := v.(map[string]any); !ok {
			return wrong
		}
	case "ref":
		have, ok := v.(map[string]any)
		if !ok {
			return wrong
		}
		return s.object(at, s.Types[t.Reference["$ref"]], have)
	case "string":
		if !isText(v) {
			return wrong
		}
	case "tag":
		text := propertyType{Type: "string"}
		have, _ := v.(map[string]any)
		return s.object(at, map[string]property{"Key": {text, true}, "Value": {text, true}}, have)
	case "union":
		for _, one := range t.Types {
			if len(s.value(at, one, v)) == 0 {
				return nil
			}
		}
		return wrong
	default:
		return []string{at + ": nothing is known of the type " + t.Type}
	}
	return nil
}

func (s *Specification) list(at string, t propertyType, v any, wrong []string) []string {
	items, ok := v.([]any)
	if !ok {
		return wrong
	}
	var faults []string
	for i, item := range items {
		faults = append(faults, s.value(fmt.Sprintf("%s[%d]", at, i), *t.Element, item)...)
	}
	return faults
}
