package diff

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// A sharedChange is one change of several clusters, or of one.
type sharedChange struct {
	change change.Change
	scopes []change.Scope
	// first is the first of them; whole is its sum with the objects, once there is another.
	first *change.Scoped
	whole sum
}

// A sum stands for what a change says, with the cluster's own name left out.
type sum [sha256.Size]byte

// sharedChanges makes one of changes that say the same.
func sharedChanges(changes []change.Scoped) []*sharedChange {
	entries := map[sum]*sharedChange{}
	var order []*sharedChange
	for i := range changes {
		c := &changes[i]
		key := sumChange(c, len(c.Change.Fields) == 0)
		e := entries[key]
		if e == nil {
			e = &sharedChange{change: c.Change, scopes: []change.Scope{c.Scope}, first: c}
			entries[key] = e
			order = append(order, e)
			continue
		}
		if len(e.scopes) == 1 {
			e.whole = sumWhole(e.first)
		}
		e.share(c.Scope)
		e.change.Varies = e.change.Varies || len(c.Change.Fields) > 0 && e.whole != sumWhole(c)
	}
	return order
}

// share says that the change is the same in other scopes.
func (e *sharedChange) share(others ...change.Scope) {
	if len(e.scopes) == 1 {
		e.change = change.Neutral(e.change, e.scopes[0].Cluster)
	}
	here := e.scopes[0].Environment
	parts := strings.Split(e.change.Folder, "/")
	if len(parts) > 1 && parts[1] == here && slices.ContainsFunc(others, func(s change.Scope) bool { return s.Environment != here }) {
		parts[1] = change.EnvironmentPlaceholder
		e.change.Folder = strings.Join(parts, "/")
	}
	e.scopes = append(e.scopes, others...)
}

// mergeAlike makes one of those that add or remove an object in many clusters which is the same in all of them but
// for what it holds.
func mergeAlike(entries []*sharedChange) []*sharedChange {
	alike := map[sum][]*sharedChange{}
	for _, e := range entries {
		if e.isWhole() {
			key := sumChange(e.first, false)
			alike[key] = append(alike[key], e)
		}
	}
	gone := map[*sharedChange]bool{}
	for _, list := range alike {
		n := 0
		for _, e := range list {
			n += len(e.scopes)
		}
		if n <= change.Few {
			continue
		}
		for _, other := range list[1:] {
			list[0].merge(other)
			gone[other] = true
		}
	}
	return slices.DeleteFunc(entries, func(e *sharedChange) bool { return gone[e] })
}

// isWhole reports whether it adds or removes an object of a cluster.
func (e *sharedChange) isWhole() bool { return len(e.change.Fields) == 0 && e.first.Cluster != "" }

// merge takes in one that holds something else.
func (e *sharedChange) merge(other *sharedChange) {
	e.share(other.scopes...)
	if len(other.scopes) == 1 {
		other.change = change.Neutral(other.change, other.scopes[0].Cluster)
	}
	e.change.Before = commonObject(e.change.Before, other.change.Before)
	e.change.After = commonObject(e.change.After, other.change.After)
	e.change.Varies = true
}

func commonObject(a, b map[string]any) map[string]any {
	if a == nil || b == nil {
		return nil
	}
	object, _ := common(a, b).(map[string]any)
	return object
}

// common is a value with [change.Varying] in the place of what another one does not have, or has otherwise.
func common(a, b any) any {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			return commonFields(a, b)
		}
	case []any:
		if b, ok := b.([]any); ok && len(a) == len(b) {
			list := make([]any, len(a))
			for i := range a {
				list[i] = common(a[i], b[i])
			}
			return list
		}
	default:
		if a == b {
			return a
		}
	}
	return change.Varying
}

func commonFields(a, b map[string]any) map[string]any {
	fields := make(map[string]any, len(a))
	for name := range b {
		fields[name] = change.Varying
	}
	for name, value := range a {
		fields[name] = change.Varying
		if other, ok := b[name]; ok {
			fields[name] = common(value, other)
		}
	}
	return fields
}

// sumChange is the same for changes that say the same. Whole objects count where fields do not say it all. What clusters share
// is told once by itself.
func sumChange(s *change.Scoped, objects bool) sum {
	told := s.Change
	prefix := fmt.Sprint(told.Before != nil, told.After != nil)
	if s.Cluster == "" {
		prefix += s.Environment + "/"
	}
	if !objects {
		told.Before, told.After = nil, nil
	}
	told.Folder = ""
	told.Dangers = slices.Clone(told.Dangers)
	for i := range told.Dangers {
		told.Dangers[i].Scopes = nil // which is what may differ
	}
	return sumOf(s, prefix, told)
}

// sumWhole stands for the objects of a change.
func sumWhole(s *change.Scoped) sum {
	return sumOf(s, "", []map[string]any{s.Change.Before, s.Change.After})
}

func sumOf(s *change.Scoped, prefix string, value any) sum {
	text, err := json.Marshal(value)
	if err != nil {
		text = []byte(err.Error() + s.String() + s.Change.String()) // nothing else is the same
	}
	return sha256.Sum256([]byte(prefix + change.Unnamed(string(text), s.Cluster)))
}
