package policy

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // for the table of actions
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// packed is written by `task actions`: the operations of the AWS SDK, a line for each service.
//
//go:embed actions.txt.gz
var packed []byte

// permissions is kept by hand: where IAM's names are not those of operations.
//
//go:embed permissions.txt
var permissions string

// Actions are the IAM actions of the services that a fleet and its add-ons use.
type Actions struct {
	services map[string]*service
	// packages has the prefix in IAM by the name that the SDK has for the service.
	packages map[string]string
	// others are prefixes of services of which no actions are known.
	others map[string]bool
}

// service has the actions of one prefix by their name in lower case, as IAM does not tell apart.
type service struct {
	actions map[string]string
	// instead has the action that allows an operation that IAM has no action for.
	instead map[string]string
}

// KnownActions returns the table that is built in.
func KnownActions() (*Actions, error) {
	stream, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack the actions of IAM: %w", err)
	}
	table, err := io.ReadAll(stream)
	if err != nil {
		return nil, fmt.Errorf("unpack the actions of IAM: %w", err)
	}
	a := &Actions{services: map[string]*service{}, packages: map[string]string{}, others: map[string]bool{}}
	lines := bufio.NewScanner(io.MultiReader(bytes.NewReader(table), strings.NewReader(permissions)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		a.add(lines.Text())
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the actions of IAM: %w", err)
	}
	return a, nil
}

// add reads one line: prefix, names of packages, a colon, actions. permissions.txt says what else a line can have.
func (a *Actions) add(line string) {
	line, _, _ = strings.Cut(line, "--")
	head, list, ok := strings.Cut(line, ":")
	names := strings.Fields(head)
	if !ok || len(names) == 0 || strings.HasPrefix(line, "#") {
		return
	}
	if names[0] == "others" {
		for prefix := range strings.FieldsSeq(list) {
			a.others[prefix] = true
		}
		return
	}
	s := a.services[names[0]]
	if s == nil {
		s = &service{actions: map[string]string{}, instead: map[string]string{}}
		a.services[names[0]] = s
	}
	for _, name := range names[1:] {
		a.packages[name] = names[0]
	}
	for action := range strings.FieldsSeq(list) {
		operation, instead, replaced := strings.Cut(action, ">")
		if key := strings.ToLower(operation); replaced {
			delete(s.actions, key)
			s.instead[key] = instead
		} else {
			s.actions[key] = action
		}
	}
}

// Unknown says why an action is none that AWS is known to have, and what was probably meant; nothing if it is one,
// or if nothing is known of its service. An action with wildcards is known if it fits at least one.
func (a *Actions) Unknown(action string) (message, hint string) {
	prefix, name, _ := strings.Cut(strings.ToLower(action), ":")
	s := a.services[prefix]
	if s == nil {
		return a.UnknownService(prefix)
	}
	if strings.ContainsAny(name, "*?") {
		return s.unknownPattern(prefix, name, action)
	}
	if s.actions[name] != "" {
		return "", ""
	}
	message = action + " is no action that gen knows"
	if instead := s.instead[name]; instead != "" {
		return message + "; it is an operation of the API", "write " + prefix + ":" + instead + ", which allows it"
	}
	if near := diag.Nearest(name, slices.Collect(maps.Keys(s.actions))); near != "" {
		return message, "did you mean " + prefix + ":" + s.actions[near] + "?"
	}
	return message, "look it up in the Service Authorization Reference; AWS may have added it since"
}

func (s *service) unknownPattern(prefix, pattern, action string) (message, hint string) {
	verbs := map[string]string{}
	for key, name := range s.actions {
		if fits, err := path.Match(pattern, key); fits && err == nil {
			return "", ""
		}
		verbs[strings.ToLower(verb(name))] = verb(name)
	}
	message = action + " fits no action that gen knows"
	if near := diag.Nearest(pattern[:strings.IndexAny(pattern, "*?")], slices.Collect(maps.Keys(verbs))); near != "" {
		return message, "did you mean " + prefix + ":" + verbs[near] + "*?"
	}
	return message, "look it up in the Service Authorization Reference; AWS may have added it since"
}

// verb is the first word of an action's name.
func verb(name string) string {
	if i := strings.IndexFunc(name[1:], func(c rune) bool { return c >= 'A' && c <= 'Z' }); i >= 0 {
		return name[:i+1]
	}
	return name
}

// Service reports whether a prefix is known to be that of a service.
func (a *Actions) Service(prefix string) bool { return a.services[prefix] != nil || a.others[prefix] }

// UnknownService says that a prefix is none of AWS's but looks like one; nothing where it is known, and where it
// looks like nothing that is.
func (a *Actions) UnknownService(prefix string) (message, hint string) {
	if a.Service(prefix) || strings.ContainsAny(prefix, "*?") {
		return "", ""
	}
	near := a.packages[prefix]
	if near == "" {
		near = diag.Nearest(prefix, slices.Collect(maps.Keys(a.services)))
	}
	if near == "" {
		return "", ""
	}
	return "gen knows no service " + prefix + " in IAM", "did you mean " + near + "?"
}
