package danger

import (
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/flux"
)

// changedAdmission says how a policy that keeps environments apart no longer does what it did, or nothing. Of expressions that gen
// writes it is known which way they go; what another one means nobody can say but a reader.
func changedAdmission(f change.Field, c *change.Scoped) string {
	before, _ := f.Before.(string)
	after, _ := f.After.(string)
	switch name, ok := strings.CutPrefix(f.Name, "spec."); {
	case !ok:
		return ""
	case name == "failurePolicy" || name == "validationActions":
		return "the admission policy no longer refuses as it did"
	case name == "validations" && f.After == nil:
		return "the admission policy refuses less than it did"
	case strings.HasPrefix(f.Path, "spec.variables["+flux.TakenVariable):
		return lost(names(before), names(after), c)
	case name == "validations" || slices.Contains([]string{"message", "messageExpression", "reason"}, name[strings.LastIndexByte(name, '.')+1:]):
		return "" // more is refused, or in other words
	case name == "validations.expression" && before != "" && after != "":
		return otherExpression(before, after)
	default:
		return "the admission policy refuses something else"
	}
}

// lost is about names of other environments' clusters that a policy knows no more. That is right where the cluster is gone, or has
// come into the environment of the policy.
func lost(before, after []string, c *change.Scoped) string {
	var open []string
	for _, name := range before {
		if home := c.Homes[name]; !slices.Contains(after, name) && home != "" && home != c.Environment {
			open = append(open, name)
		}
	}
	if len(open) == 0 {
		return ""
	}
	return "environment " + c.Environment + " is no longer kept out of " + strings.Join(open, ", ")
}

// otherExpression compares two versions of what must hold of an object.
func otherExpression(before, after string) string {
	switch {
	case relaxed(after) == before:
		return "" // one more condition, so more is refused
	case relaxed(before) == after:
		return "the admission policy refuses less than it did: a condition goes"
	}
	head, was, is, ok := otherList(before, after)
	if !ok {
		return "the admission policy refuses something else"
	}
	if open := opening(head); open > 0 && head[open-1] == '!' {
		was, is = is, was
	}
	gained := slices.DeleteFunc(is, func(name string) bool { return slices.Contains(was, name) })
	if len(gained) == 0 {
		return "" // fewer are let through
	}
	return "the admission policy lets through what it refused: " + strings.Join(gained, ", ")
}

// relaxed is an expression without the conditions (… && X != 'NAME') that gen adds for one more name.
func relaxed(expression string) string {
	condition := regexp.MustCompile(` && \S+ != '[^']*'\)`)
	for at := condition.FindStringIndex(expression); at != nil; at = condition.FindStringIndex(expression) {
		open := opening(expression[:at[0]])
		if open < 0 {
			return expression
		}
		expression = expression[:open] + expression[open+1:at[0]] + expression[at[1]:]
	}
	return expression
}

// opening is the place of the last bracket that a text opens and does not close; -1 if there is none.
func opening(text string) int {
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			depth++
		case '(':
			depth--
		}
		if depth < 0 {
			return i
		}
	}
	return -1
}

// otherList finds the one list of names in which two expressions differ, and what stands before it.
func otherList(before, after string) (head string, was, is []string, ok bool) {
	list := regexp.MustCompile(`in \[([^\[\]]*)\]`)
	left, right := list.FindAllStringSubmatchIndex(before, -1), list.FindAllStringSubmatchIndex(after, -1)
	for i := range min(len(left), len(right)) {
		a, b := left[i], right[i]
		if before[:a[2]] == after[:b[2]] && before[a[3]:] == after[b[3]:] {
			return strings.TrimSuffix(before[:a[0]], " "), names(before[a[2]:a[3]]), names(after[b[2]:b[3]]), true
		}
	}
	return "", nil, nil, false
}

// names are the texts in a list of CEL.
func names(list string) []string {
	var found []string
	for item := range strings.SplitSeq(strings.Trim(list, "[]"), ",") {
		if name := strings.Trim(strings.TrimSpace(item), "'"); name != "" {
			found = append(found, name)
		}
	}
	return found
}
