package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// refused is what to do about what AWS would not take.
const refused = "correct the document; AWS would refuse it"

// A review is the check of one document.
type review struct {
	*Checker
	Document
	faults []Fault
	// unchecked are the services of which a note was made that their actions are not known.
	unchecked map[string]bool
	// version is that of the language; it decides about variables.
	version string
	// old is set when a variable was found that the version does not have.
	old bool
}

func (r *review) fail(at int, path, message, hint string) {
	r.faults = append(r.faults, Fault{Offset: at, Path: path, Message: message, Hint: hint})
}

func (r *review) warn(at int, path, message, hint string) {
	r.faults = append(r.faults, Fault{Offset: at, Path: path, Message: message, Hint: hint, Severity: diag.Warning})
}

func (r *review) note(at int, path, message, hint string) {
	r.faults = append(r.faults, Fault{Offset: at, Path: path, Message: message, Hint: hint, Severity: diag.Note})
}

func (r *review) sorted() []Fault {
	slices.SortStableFunc(r.faults, func(a, b Fault) int { return cmp.Compare(a.Offset, b.Offset) })
	return r.faults
}

// run checks the document (IAM User Guide, Grammar of the IAM JSON policy language).
func (r *review) run() {
	root, at, err := parse(r.Text)
	if err != nil {
		r.fail(at, "", "is no policy document: "+err.Error(), refused)
		return
	}
	if root.kind != object {
		r.fail(root.offset, "", "is no policy document: it must be a JSON object", refused)
		return
	}
	elements := r.elements(root, "", "Version", "Id", "Statement")
	r.checkVersion(root, elements["Version"])
	statement := elements["Statement"]
	switch {
	case statement == nil || statement.kind == array && len(statement.items) == 0:
		r.fail(root.offset, "Statement", "is missing", refused)
	case statement.kind == object:
		r.statements([]*node{statement})
	case statement.kind == array:
		r.statements(statement.items)
	default:
		r.fail(statement.offset, "Statement", "must be a statement or a list of them", refused)
	}
}

func (r *review) checkVersion(root, version *node) {
	if version == nil {
		r.warn(root.offset, "Version", "is missing, so that IAM takes 2008-10-17, which has no variables", "write 2012-10-17")
		return
	}
	r.version = version.value
	if r.version != "2012-10-17" && r.version != "2008-10-17" {
		r.fail(version.offset, "Version", fmt.Sprintf("is %q, but must be 2012-10-17", r.version), refused)
		r.version = "2012-10-17" // told once is enough
	}
}

// elements returns the members of an object by name, and says which of them IAM does not have or has twice. One that
// is nearly right counts as what it was meant to be, so that it is not missed as well.
func (r *review) elements(n *node, path string, known ...string) map[string]*node {
	found := map[string]*node{}
	for _, m := range n.members {
		switch {
		case !slices.Contains(known, m.name):
			hint, near := "remove it; AWS would refuse the document", diag.Nearest(m.name, known)
			if near != "" {
				hint = "did you mean " + near + "?"
			}
			r.fail(m.offset, path, fmt.Sprintf("there is no element %q", m.name), hint)
			if near != "" && found[near] == nil {
				found[near] = m.value
			}
		case found[m.name] != nil:
			r.fail(m.offset, under(path, m.name), "stands twice", refused)
		default:
			found[m.name] = m.value
		}
	}
	return found
}

// texts returns the texts of an element, which is one of them or a list.
func (r *review) texts(n *node, path string) []*node {
	if n == nil {
		return nil
	}
	list := []*node{n}
	if n.kind == array {
		list = n.items
	}
	if i := slices.IndexFunc(list, func(item *node) bool { return item.kind != text }); i >= 0 {
		r.fail(list[i].offset, path, "must be a text or a list of texts", refused)
		return nil
	}
	return list
}

// variables looks at the ${ of a text (IAM User Guide, IAM policy elements: Variables and tags).
func (r *review) variables(n *node, path string) {
	rest := n.value
	for !r.Raw {
		_, after, found := strings.Cut(rest, "${")
		if !found {
			return
		}
		name, tail, closed := strings.Cut(after, "}")
		switch {
		case !closed:
			r.fail(n.offset, path, "${ is not closed", "close it with }, or write ${$}{ for the characters themselves")
			return
		case r.version != "2012-10-17" && !r.old:
			r.old = true
			r.fail(n.offset, path, "${"+name+"} is plain text in this version of the language", "write Version 2012-10-17")
		case !strings.Contains(name, ":") && name != "*" && name != "?" && name != "$":
			r.warn(n.offset, path, "IAM has no variable ${"+name+"}", "write a condition key such as ${aws:username}, or ${$} for a plain $")
		}
		rest = tail
	}
}

func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
