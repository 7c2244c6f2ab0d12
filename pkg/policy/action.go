package policy

import (
	"fmt"
	"slices"
	"strings"
)

// action checks one action. One that is not in the table is a warning, never an error: AWS adds actions every week,
// and takes a document with one that it does not know, which then gives nobody anything.
func (r *review) action(n *node, path string) {
	if n.value == "*" {
		return
	}
	if !isAction(n.value) {
		r.fail(n.offset, path, fmt.Sprintf("%q is not service:Action", n.value), refused)
		return
	}
	prefix, _, _ := strings.Cut(strings.ToLower(n.value), ":")
	if message, hint := r.actions.Unknown(n.value); message != "" {
		r.warn(n.offset, path, message, hint)
	} else if r.actions.services[prefix] == nil && !r.unchecked[prefix] {
		r.unchecked[prefix] = true // once for a document
		r.note(n.offset, path, "gen does not know the actions of "+prefix+", so these are not checked", "look them up in the Service Authorization Reference")
	}
}

// isAction reports whether a text has the form of an action. The service has no wildcards.
func isAction(value string) bool {
	service, name, ok := strings.Cut(value, ":")
	only := func(s, more string) bool { return s != "" && strings.Trim(s, lettersAndDigits+more) == "" }
	return ok && only(service, "-") && only(name, "*?")
}

// wide warns of statements that allow more than they list.
func (r *review) wide(s statement) {
	if n := s.elements["NotAction"]; n != nil {
		r.warn(n.offset, s.at+".NotAction", "with Allow it allows every action but these, new ones too", "list the actions that are needed under Action")
	}
	if n := s.elements["NotResource"]; n != nil {
		r.warn(n.offset, s.at+".NotResource", "with Allow it allows the actions on everything but this", "list the resources under Resource")
	}
	everywhere := slices.ContainsFunc(s.resources, func(n *node) bool { return n.value == "*" }) && s.elements["Resource"] != nil
	if r.Type != Identity || !everywhere || s.elements["Condition"] != nil || s.elements["Action"] == nil {
		return
	}
	for _, action := range s.actions {
		service, name, _ := strings.Cut(strings.ToLower(action.value), ":")
		switch {
		case action.value == "*":
			r.warn(action.offset, s.at, "allows everything on everything", "list the actions and resources that are needed")
		case strings.EqualFold(action.value, "iam:PassRole") && r.Type == Identity:
			// IAM User Guide, Access Analyzer policy check reference: PassRole with star in resource.
			r.warn(action.offset, s.at, "allows to hand every role of the account to a service, also those that may do everything", "name the roles under Resource, or add the condition iam:PassedToService")
		case name == "*" && !slices.Contains(withoutResources(), service):
			r.warn(action.offset, s.at, "allows everything of "+service+" on everything", "list the actions and resources that are needed")
		}
	}
}

// withoutResources are services whose actions know no resources, so that * is all that can be said (Service
// Authorization Reference).
func withoutResources() []string { return []string{"ec2messages", "pricing", "ssmmessages", "tag"} }
