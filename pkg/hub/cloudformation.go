package hub

import (
	"encoding/json"
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/iam"
)

// object is a part of a CloudFormation template, a Taskfile or Helm values. The functions of CloudFormation are written in
// their long form, which is plain YAML (AWS CloudFormation Template Reference: Intrinsic functions).
type object = map[string]any

// list is a list in one of them.
type list = []any

func ref(name string) object { return object{"Ref": name} }

func getAtt(resource, attribute string) object {
	return object{"Fn::GetAtt": list{resource, attribute}}
}

// sub replaces ${…} in text: parameters, resources and pseudo parameters.
func sub(text string) object { return object{"Fn::Sub": text} }

// either is yes where the condition holds, else no.
func either(condition string, yes, no any) object {
	return object{"Fn::If": list{condition, yes, no}}
}

// ifSet leaves a property or an item of a list out where the condition does not hold.
func ifSet(condition string, value any) object { return either(condition, value, ref("AWS::NoValue")) }

func equals(a, b any) object { return object{"Fn::Equals": list{a, b}} }

func not(condition object) object { return object{"Fn::Not": list{condition}} }

// given is the condition that a parameter is not empty.
func given(parameter string) object { return not(equals(ref(parameter), "")) }

// givenList is given for a parameter that is a list.
func givenList(parameter string) object {
	return not(equals(object{"Fn::Join": list{"", ref(parameter)}}, ""))
}

// parameter is one that has a default.
func parameter(description, value string) object {
	return object{"Type": "String", "Description": description, "Default": value}
}

// oneOf limits a parameter to some values.
func oneOf(p object, values ...string) object {
	p["AllowedValues"] = texts(values)
	return p
}

// yesOrNo is a parameter that is a switch.
func yesOrNo(description, value string) object {
	return oneOf(parameter(description, value), "true", "false")
}

// matching limits a parameter to a pattern; otherwise says what it must be.
func matching(p object, pattern, otherwise string) object {
	p["AllowedPattern"], p["ConstraintDescription"] = pattern, otherwise
	return p
}

// commaList makes a parameter a list, written with commas.
func commaList(p object) object {
	p["Type"] = "CommaDelimitedList"
	return p
}

func output(description string, value any) object {
	return object{"Description": description, "Value": value}
}

func resourceOf(kind string, properties object) object {
	return object{"Type": kind, "Properties": properties}
}

// when makes a resource conditional.
func when(condition string, resource object) object {
	resource["Condition"] = condition
	return resource
}

// kept makes CloudFormation leave the resource when the stack is deleted, or when it is replaced; not when the stack could
// not be made, or the next try would find it in the way (AWS CloudFormation: DeletionPolicy attribute).
func kept(resource object) object {
	resource["DeletionPolicy"], resource["UpdateReplacePolicy"] = "RetainExceptOnCreate", "Retain"
	return resource
}

func texts(values []string) list {
	all := make(list, 0, len(values))
	for _, v := range values {
		all = append(all, v)
	}
	return all
}

// document makes an IAM policy document. Every text in it that has a placeholder goes through fill.
func document(fill func(text string) any, statements ...iam.Statement) (object, error) {
	raw, err := json.Marshal(iam.Document{Version: "2012-10-17", Statement: statements})
	if err != nil {
		return nil, fmt.Errorf("encode an IAM policy: %w", err)
	}
	var tree object
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, fmt.Errorf("encode an IAM policy: %w", err)
	}
	filled, _ := filledIn(tree, fill).(object)
	return filled, nil
}

// filledIn is a copy of tree with every text that has a placeholder filled in.
func filledIn(tree any, fill func(text string) any) any {
	switch v := tree.(type) {
	case object:
		for key, value := range v {
			v[key] = filledIn(value, fill)
		}
	case list:
		for i, value := range v {
			v[i] = filledIn(value, fill)
		}
	case string:
		if strings.Contains(v, "${") {
			return fill(v)
		}
	}
	return tree
}
