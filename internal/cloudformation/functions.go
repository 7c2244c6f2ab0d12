package cloudformation

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// nothing is AWS::NoValue.
type nothing struct{}

// value works out functions.
func (e *evaluation) value(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 1 {
			for name, argument := range v {
				if name == "Ref" || name == "Condition" && isText(argument) || strings.HasPrefix(name, "Fn::") {
					return e.call(name, argument)
				}
			}
		}
		out := map[string]any{}
		for key, inner := range v {
			if got := e.value(inner); got != (nothing{}) {
				out[key] = got
			}
		}
		return out
	case []any:
		out := []any{}
		for _, inner := range v {
			if got := e.value(inner); got != (nothing{}) {
				out = append(out, got)
			}
		}
		return out
	}
	return v
}

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}

// call works out one function.
func (e *evaluation) call(name string, argument any) any {
	switch name {
	case "Ref":
		return e.ref(fmt.Sprint(argument))
	case "Condition":
		return e.condition(fmt.Sprint(argument))
	case "Fn::GetAZs":
		return []any{e.Region + "a", e.Region + "b", e.Region + "c"}
	case "Fn::If":
		return e.either(argument)
	case "Fn::Sub":
		return e.sub(argument)
	}
	list, ok := e.value(argument).([]any)
	if !ok {
		e.fault("%s wants a list", name)
		return ""
	}
	switch name {
	case "Fn::And":
		return !slices.Contains(list, any(false))
	case "Fn::Cidr":
		return e.cidr(list)
	case "Fn::Equals":
		return len(list) == 2 && fmt.Sprint(list[0]) == fmt.Sprint(list[1])
	case "Fn::FindInMap":
		return e.find(list)
	case "Fn::GetAtt":
		return e.attribute(fmt.Sprint(list[0]), fmt.Sprint(list[1]))
	case "Fn::Join":
		return strings.Join(texts(list[1]), fmt.Sprint(list[0]))
	case "Fn::Not":
		return list[0] == false
	case "Fn::Select":
		return e.choose(list)
	case "Fn::Split":
		out := []any{}
		for part := range strings.SplitSeq(fmt.Sprint(list[1]), fmt.Sprint(list[0])) {
			out = append(out, part)
		}
		return out
	}
	e.fault("there is no function %s", name)
	return ""
}

func (e *evaluation) ref(name string) any {
	switch name {
	case "AWS::AccountId":
		return e.Account
	case "AWS::NoValue":
		return nothing{}
	case "AWS::Partition":
		return e.Partition
	case "AWS::Region":
		return e.Region
	}
	if value, ok := e.parameters[name]; ok {
		return value
	}
	return e.attribute(name, "")
}

// attribute is what a resource is called in AWS, or one of its attributes.
func (e *evaluation) attribute(resource, name string) string {
	if !e.made(resource) {
		e.fault("refers to %s, which is not made", resource)
	}
	if e.Attributes != nil {
		return e.Attributes(resource, name)
	}
	return strings.TrimSuffix(resource+"."+name, ".")
}

// either works out the branch that counts; the other may name what is not made.
func (e *evaluation) either(argument any) any {
	list, ok := argument.([]any)
	if !ok || len(list) != 3 {
		e.fault("Fn::If wants three values")
		return ""
	}
	if e.condition(fmt.Sprint(list[0])) {
		return e.value(list[1])
	}
	return e.value(list[2])
}

func (e *evaluation) sub(argument any) any {
	text, variables := fmt.Sprint(argument), map[string]any{}
	if list, ok := argument.([]any); ok && len(list) == 2 {
		text = fmt.Sprint(list[0])
		variables, _ = e.value(list[1]).(map[string]any)
	}
	return regexp.MustCompile(`\$\{([^}]*)\}`).ReplaceAllStringFunc(text, func(found string) string {
		name := found[2 : len(found)-1]
		if literal, ok := strings.CutPrefix(name, "!"); ok {
			return "${" + literal + "}"
		}
		if value, ok := variables[name]; ok {
			return fmt.Sprint(value)
		}
		if resource, attribute, ok := strings.Cut(name, "."); ok {
			return e.attribute(resource, attribute)
		}
		return fmt.Sprint(e.ref(name))
	})
}

func (e *evaluation) find(keys []any) any {
	of, ok := e.Mappings[fmt.Sprint(keys[0])]
	if !ok || len(keys) != 3 {
		e.fault("there is no mapping %v", keys)
		return ""
	}
	values, _ := of[fmt.Sprint(keys[1])].(map[string]any)
	value, ok := values[fmt.Sprint(keys[2])]
	if !ok {
		e.fault("mapping %v has no %v for %v", keys[0], keys[2], keys[1])
		return ""
	}
	return value
}

func (e *evaluation) choose(list []any) any {
	from, ok := list[1].([]any)
	at, err := strconv.Atoi(fmt.Sprint(list[0]))
	if !ok || err != nil || at >= len(from) {
		e.fault("Fn::Select finds no item %v of %v", list[0], list[1])
		return ""
	}
	return from[at]
}

// cidr divides a range into count parts with so many bits for addresses.
func (e *evaluation) cidr(list []any) any {
	count, _ := strconv.Atoi(fmt.Sprint(list[1]))
	bits, _ := strconv.Atoi(fmt.Sprint(list[2]))
	whole, err := netip.ParsePrefix(fmt.Sprint(list[0]))
	if err != nil || bits < 4 || whole.Bits()+bits > 32 || count > 1<<(32-bits-whole.Bits()) {
		e.fault("Fn::Cidr cannot divide %v into %v with %v bits each", list[0], list[1], list[2])
		return []any{}
	}
	out := []any{}
	b := whole.Addr().As4()
	start := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	for i := range count {
		n := start + uint32(i)<<bits //nolint:gosec // count is small
		out = append(out, fmt.Sprintf("%d.%d.%d.%d/%d", n>>24, n>>16&255, n>>8&255, n&255, 32-bits))
	}
	return out
}

func texts(v any) []string {
	list, _ := v.([]any)
	var all []string
	for _, item := range list {
		all = append(all, fmt.Sprint(item))
	}
	return all
}
