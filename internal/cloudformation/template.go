// Package cloudformation works out what a template makes in an account, as far as gen's own templates need it: parameters,
// conditions, mappings and functions. Tests alone use it.
//
// In: a template and where it is deployed. Out: the properties of each resource, with the values of functions in place.
package cloudformation

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// A Template is a template as it was read.
type Template struct {
	Parameters                            map[string]Parameter      `json:"Parameters"`
	Mappings                              map[string]map[string]any `json:"Mappings"`
	Conditions                            map[string]any            `json:"Conditions"`
	Resources                             map[string]Resource       `json:"Resources"`
	Outputs                               map[string]Output         `json:"Outputs"`
	Description, AWSTemplateFormatVersion string
}

// A Parameter is one of the template's.
type Parameter struct {
	Type, Description, AllowedPattern, ConstraintDescription string
	Default                                                  *string
	AllowedValues                                            []string
}

// An Output is one of the template's.
type Output struct {
	Description, Condition string
	Value                  any
}

// A Resource is one of the template's.
type Resource struct {
	Type, Condition, DependsOn          string
	DeletionPolicy, UpdateReplacePolicy string
	Properties                          map[string]any
}

// A Stack is where and with what a template is deployed.
type Stack struct {
	Account, Region, Partition string
	// Parameters are those that the person gives.
	Parameters map[string]string
	// Attributes answers Fn::GetAtt; nil answers with the name of resource and attribute.
	Attributes func(resource, attribute string) string
}

// Parse reads a template. A field that it does not know is an error.
func Parse(content []byte) (*Template, error) {
	var t Template
	return &t, yaml.UnmarshalStrict(content, &t)
}

// A Result is what a stack makes.
type Result struct {
	// Resources are those whose condition holds, with their properties worked out.
	Resources map[string]Resource
	// Outputs are those whose condition holds.
	Outputs map[string]any
}

// Evaluate works out what the template makes. The faults are all that CloudFormation would refuse of functions and
// parameters, and what refers to a resource that is not made.
func (t *Template) Evaluate(stack Stack) (*Result, []string) {
	e := &evaluation{Template: t, Stack: stack, parameters: map[string]any{}, holds: map[string]bool{}}
	e.checkParameters()
	for _, name := range slices.Sorted(maps.Keys(t.Conditions)) {
		e.condition(name)
	}
	result := &Result{Resources: map[string]Resource{}, Outputs: map[string]any{}}
	for _, name := range slices.Sorted(maps.Keys(t.Resources)) {
		if !e.made(name) {
			continue
		}
		r := t.Resources[name]
		e.at = name
		if r.DependsOn != "" && !e.made(r.DependsOn) {
			e.fault("depends on %s, which is not made", r.DependsOn)
		}
		r.Properties, _ = e.value(r.Properties).(map[string]any)
		result.Resources[name] = r
	}
	for _, name := range slices.Sorted(maps.Keys(t.Outputs)) {
		e.at = "output " + name
		if condition := t.Outputs[name].Condition; condition != "" && !e.condition(condition) {
			continue
		}
		result.Outputs[name] = e.value(t.Outputs[name].Value)
	}
	return result, e.faults
}

// evaluation works out one stack.
type evaluation struct {
	*Template
	Stack
	parameters map[string]any
	holds      map[string]bool
	at         string
	faults     []string
}

func (e *evaluation) fault(format string, args ...any) {
	e.faults = append(e.faults, e.at+": "+fmt.Sprintf(format, args...))
}

// checkParameters takes the values of parameters: a list where the type says so.
func (e *evaluation) checkParameters() {
	e.at = "parameters"
	for name := range e.Stack.Parameters {
		if _, ok := e.Template.Parameters[name]; !ok {
			e.fault("there is no %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Template.Parameters)) {
		p := e.Template.Parameters[name]
		value, given := e.Stack.Parameters[name]
		if !given && p.Default == nil {
			e.fault("%s has no value", name)
			continue
		}
		if !given {
			value = *p.Default
		}
		if len(p.AllowedValues) > 0 && !slices.Contains(p.AllowedValues, value) {
			e.fault("%s may not be %q", name, value)
		}
		if pattern, err := regexp.Compile("^(?:" + p.AllowedPattern + ")$"); err != nil || p.AllowedPattern != "" && !pattern.MatchString(value) {
			e.fault("%s may not be %q: %s", name, value, p.ConstraintDescription)
		}
		e.parameters[name] = value
		if p.Type == "CommaDelimitedList" {
			list := []any{}
			for item := range strings.SplitSeq(value, ",") {
				list = append(list, item)
			}
			e.parameters[name] = list
		}
	}
}

// made reports whether a resource's condition holds.
func (e *evaluation) made(resource string) bool {
	r, ok := e.Resources[resource]
	return ok && (r.Condition == "" || e.condition(r.Condition))
}

// condition reports whether a condition holds.
func (e *evaluation) condition(name string) bool {
	if holds, done := e.holds[name]; done {
		return holds
	}
	expression, ok := e.Conditions[name]
	if !ok {
		e.fault("there is no condition %s", name)
		return false
	}
	e.holds[name] = false // for one that refers to itself
	holds, ok := e.value(expression).(bool)
	if !ok {
		e.fault("condition %s is neither true nor false", name)
	}
	e.holds[name] = holds
	return holds
}
