package policy

import (
	"fmt"
	"slices"
	"strings"
)

const lettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// A statement is one statement and its elements.
type statement struct {
	at        string
	offset    int
	elements  map[string]*node
	actions   []*node
	resources []*node
}

func (r *review) statements(nodes []*node) {
	var list []statement
	sids := map[string]bool{}
	for i, n := range nodes {
		at := fmt.Sprintf("Statement[%d]", i)
		if n.kind != object {
			r.fail(n.offset, at, "must be an object", refused)
			continue
		}
		s := statement{at: at, offset: n.offset}
		s.elements = r.elements(n, at, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition")
		s.actions = slices.Concat(r.texts(s.elements["Action"], at+".Action"), r.texts(s.elements["NotAction"], at+".NotAction"))
		s.resources = slices.Concat(r.texts(s.elements["Resource"], at+".Resource"), r.texts(s.elements["NotResource"], at+".NotResource"))
		r.sid(s, sids)
		r.statement(s)
		list = append(list, s)
	}
	if r.Type == Trust {
		r.trust(list)
	}
}

// sid checks the name of a statement: it is unique, and of letters and digits where IAM keeps the policy.
func (r *review) sid(s statement, seen map[string]bool) {
	n := s.elements["Sid"]
	if n == nil || n.value == "" {
		return
	}
	if seen[n.value] {
		r.fail(n.offset, s.at+".Sid", n.value+" stands twice", refused)
	}
	seen[n.value] = true
	if strings.Trim(n.value, lettersAndDigits) != "" && r.Type != Resource {
		r.fail(n.offset, s.at+".Sid", fmt.Sprintf("%q has other characters than letters and digits", n.value), refused)
	}
}

// statement checks one statement.
func (r *review) statement(s statement) {
	r.required(s)
	for _, action := range s.actions {
		r.action(action, s.at+".Action")
	}
	for _, resource := range s.resources {
		r.resource(resource, s.at+".Resource")
	}
	for _, name := range []string{"Principal", "NotPrincipal"} {
		if n := s.elements[name]; n != nil && r.Type != Identity {
			r.principal(n, s.at+"."+name)
		}
	}
	if n := s.elements["Condition"]; n != nil {
		r.condition(n, s.at+".Condition")
	}
	if s.allows() {
		r.wide(s)
	}
}

func (s statement) allows() bool {
	return s.elements["Effect"] != nil && s.elements["Effect"].value == "Allow"
}

// required checks which elements there are.
func (r *review) required(s statement) {
	has := func(names ...string) int {
		n := 0
		for _, name := range names {
			if s.elements[name] != nil {
				n++
			}
		}
		return n
	}
	if n := s.elements["Effect"]; n == nil {
		r.fail(s.offset, s.at+".Effect", "is missing", refused)
	} else if n.value != "Allow" && n.value != "Deny" {
		r.fail(n.offset, s.at+".Effect", fmt.Sprintf("is %q, but must be Allow or Deny", n.value), refused)
	}
	if has("Action", "NotAction") != 1 {
		r.fail(s.offset, s.at, "must have one of Action and NotAction", refused)
	}
	pair := func(name, where string, wanted bool) {
		switch n := has(name, "Not"+name); {
		case n == 2:
			r.fail(s.offset, s.at, "has both "+name+" and Not"+name, refused)
		case n == 1 && !wanted:
			r.fail(s.offset, s.at+"."+name, "is not allowed in "+where, refused)
		case n == 0 && wanted:
			r.fail(s.offset, s.at+"."+name, "is missing", refused)
		}
	}
	pair("Principal", "a policy of a role", r.Type != Identity)
	pair("Resource", "a trust policy", r.Type != Trust)
}
