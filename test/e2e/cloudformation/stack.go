// Package cloudformation plays AWS CloudFormation for the templates of gen init hub: it works out the properties of
// the resources that the test's AWS has a use for (AWS CloudFormation User Guide: Intrinsic function reference).
package cloudformation

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// Resource is a resource of a stack, with its properties worked out.
type Resource struct {
	Type, Condition string
	Properties      map[string]any
}

// Stack is what a template makes in an account.
type Stack struct {
	Account, Region string

	Parameters map[string]struct{ Default string }
	Mappings   map[string]map[string]map[string]string
	Conditions map[string]any
	Resources  map[string]Resource
}

// Deploy works out a template with its defaults. Only resources of the wanted types are left.
func Deploy(template []byte, account, region string, types ...string) (*Stack, error) {
	s := &Stack{Account: account, Region: region}
	if err := yaml.Unmarshal(template, s); err != nil {
		return nil, fmt.Errorf("read a template: %w", err)
	}
	maps.DeleteFunc(s.Resources, func(_ string, r Resource) bool {
		if !slices.Contains(types, r.Type) {
			return true
		}
		holds, err := s.condition(r.Condition)
		return err != nil || r.Condition != "" && !holds
	})
	for _, name := range slices.Sorted(maps.Keys(s.Resources)) {
		r := s.Resources[name]
		properties, err := s.value(r.Properties)
		if err != nil {
			return nil, fmt.Errorf("resource %s: %w", name, err)
		}
		r.Properties = properties.(map[string]any)
		s.Resources[name] = r
	}
	return s, nil
}

// nothing is AWS::NoValue.
type nothing struct{}

// value works out the functions in a value.
func (s *Stack) value(v any) (any, error) {
	switch v := v.(type) {
	case []any:
		list := []any{}
		for _, item := range v {
			item, err := s.value(item)
			if err != nil {
				return nil, err
			}
			if item != (nothing{}) {
				list = append(list, item)
			}
		}
		return list, nil
	case map[string]any:
		for name, argument := range v {
			if len(v) == 1 && (name == "Ref" || strings.HasPrefix(name, "Fn::")) {
				return s.call(name, argument)
			}
		}
		object := map[string]any{}
		for key, item := range v {
			item, err := s.value(item)
			if err != nil {
				return nil, err
			}
			if item != (nothing{}) {
				object[key] = item
			}
		}
		return object, nil
	default:
		return v, nil
	}
}

func (s *Stack) call(name string, argument any) (any, error) {
	switch name {
	case "Ref":
		return s.ref(argument.(string)), nil
	case "Fn::If":
		branches := argument.([]any)
		holds, err := s.condition(branches[0].(string))
		if err != nil {
			return nil, err
		}
		if holds {
			return s.value(branches[1])
		}
		return s.value(branches[2])
	}
	argument, err := s.value(argument)
	if err != nil {
		return nil, err
	}
	list, _ := argument.([]any)
	switch name {
	case "Fn::Sub":
		return s.substitute(argument), nil
	case "Fn::Split":
		var parts []any
		for part := range strings.SplitSeq(list[1].(string), list[0].(string)) {
			parts = append(parts, part)
		}
		return parts, nil
	case "Fn::Select":
		at, err := strconv.Atoi(fmt.Sprint(list[0]))
		if parts := list[1].([]any); err == nil && at < len(parts) {
			return parts[at], nil
		}
		return nil, fmt.Errorf("nothing to select in %v", list)
	case "Fn::GetAtt":
		return s.ref(list[0].(string)), nil
	case "Fn::FindInMap":
		return s.Mappings[list[0].(string)][list[1].(string)][list[2].(string)], nil
	case "Fn::Equals":
		return list[0] == list[1], nil
	case "Fn::Not":
		return list[0] != true, nil
	case "Fn::And":
		return !slices.Contains(list, any(false)), nil
	default:
		return nil, fmt.Errorf("the test does not play %s", name)
	}
}

// substitute is Fn::Sub of a text, or of a text and variables.
func (s *Stack) substitute(argument any) string {
	variables := map[string]any{}
	if list, ok := argument.([]any); ok {
		argument, variables = list[0], list[1].(map[string]any)
	}
	return regexp.MustCompile(`\$\{[^}]+\}`).ReplaceAllStringFunc(argument.(string), func(found string) string {
		name := found[2 : len(found)-1]
		if value, ok := variables[name]; ok {
			return fmt.Sprint(value)
		}
		return fmt.Sprint(s.ref(name))
	})
}

// ref is the value of a parameter, or the name that a resource has in the template: who reads the stack knows what
// that is in AWS.
func (s *Stack) ref(name string) any {
	switch name {
	case "AWS::AccountId":
		return s.Account
	case "AWS::Region":
		return s.Region
	case "AWS::Partition":
		return "aws"
	case "AWS::NoValue":
		return nothing{}
	}
	if p, ok := s.Parameters[name]; ok {
		return p.Default
	}
	return name
}

func (s *Stack) condition(name string) (bool, error) {
	expression, ok := s.Conditions[name]
	if name == "" || !ok {
		return false, nil
	}
	holds, err := s.value(expression)
	return holds == true, err
}
