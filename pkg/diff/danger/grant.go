package danger

import (
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// A grant is one action on one resource, or one principal that may take a role, as a policy allows or denies it.
type grant struct {
	allow                     bool
	action, resource, subject string
	// condition is empty where there is none.
	condition string
}

func (g grant) String() string {
	text := g.action
	if g.resource != "" {
		text += " on " + g.resource
	}
	if g.subject != "" {
		text += " for " + g.subject
	}
	if g.condition != "" {
		text += " if " + g.condition
	}
	return text
}

// grantsOf takes a statement apart.
func grantsOf(statement map[string]any) []grant {
	conditions := ""
	if value, ok := statement["Condition"]; ok {
		conditions = change.Value(value)
	}
	var grants []grant
	for _, action := range valuesOf(statement, "Action", "NotAction") {
		for _, on := range valuesOf(statement, "Resource", "NotResource") {
			for _, subject := range valuesOf(statement, "Principal", "NotPrincipal") {
				grants = append(grants, grant{statement["Effect"] == "Allow", action, on, subject, conditions})
			}
		}
	}
	return grants
}

// everythingBut begins what stands for all values but those that follow.
const everythingBut = "everything but "

// valuesOf are the values of an element, and one for all that its negation names; one empty value if there is neither.
func valuesOf(statement map[string]any, name, negation string) []string {
	values := textsOf(statement[name])
	if but := textsOf(statement[negation]); len(but) > 0 {
		values = append(values, everythingBut+strings.Join(but, ", "))
	}
	if len(values) == 0 {
		return []string{""}
	}
	return values
}

// textsOf are the texts in the value of an element: one, a list, or lists by the type of a principal.
func textsOf(value any) []string {
	var texts []string
	if types, ok := value.(map[string]any); ok {
		for _, list := range types {
			texts = append(texts, textsOf(list)...)
		}
	} else {
		for _, item := range change.AsList(value) {
			texts = append(texts, change.Value(item))
		}
	}
	slices.Sort(texts)
	return texts
}

// isWide reports for a new role or key what would be reported for a changed one: it may do everything, or
// everybody may take it.
func (g grant) isWide() bool { return g.action == "*" || g.subject == "*" && g.condition == "" }

// covers reports whether a grant includes another one.
func (g grant) covers(other grant) bool {
	return g.allow == other.allow && (g.condition == "" || g.condition == other.condition) &&
		fits(strings.ToLower(g.action), strings.ToLower(other.action)) &&
		fits(g.resource, other.resource) && (g.subject == "" || fits(g.subject, other.subject))
}

// fits reports whether a text, or all that it stands for, is among what a pattern of IAM stands for (IAM User Guide, IAM JSON
// policy elements: NotAction).
func fits(pattern, text string) bool {
	but, isRest := strings.CutPrefix(pattern, everythingBut)
	otherBut, isOtherRest := strings.CutPrefix(text, everythingBut)
	switch {
	case isRest && isOtherRest: // what the pattern leaves out must be left out there, too
		return !slices.ContainsFunc(strings.Split(but, ", "), func(out string) bool { return !fitsOne(strings.Split(otherBut, ", "), out) })
	case isRest:
		return !strings.ContainsAny(text, "*?") && !fitsOne(strings.Split(but, ", "), text)
	case isOtherRest:
		return pattern == "*"
	default:
		return fitsOne([]string{pattern}, text)
	}
}

// fitsOne reports whether a text is one that one of the patterns stands for.
func fitsOne(patterns []string, text string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
		matched, err := regexp.MatchString("^"+expression+"$", text)
		return pattern == text || err == nil && matched
	})
}
