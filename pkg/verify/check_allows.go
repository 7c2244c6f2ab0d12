package verify

import (
	"bytes"
	"encoding/json"
	"slices"
)

// allows are the statements of a policy document with Effect Allow, as far as checks of a subject read them; the check
// iam says what is wrong with a document.
func allows(document string) []allowed {
	parsed := struct{ Statement json.RawMessage }{}
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return nil
	}
	if bytes.HasPrefix(parsed.Statement, []byte("{")) {
		parsed.Statement = slices.Concat([]byte("["), parsed.Statement, []byte("]"))
	}
	var all, found []allowed
	if err := json.Unmarshal(parsed.Statement, &all); err != nil {
		return nil
	}
	for _, s := range all {
		if s.Effect == "Allow" {
			found = append(found, s)
		}
	}
	return found
}

// allowed is the part of a statement that checks of a subject look at.
type allowed struct {
	Effect           string
	Principal        any
	Action, Resource []string
	Condition        map[string]map[string]any
	// Inverse is set where it names what it does not allow, by NotAction or NotResource.
	Inverse bool
}

// UnmarshalJSON takes one text for a list of one.
func (a *allowed) UnmarshalJSON(raw []byte) error {
	loose := struct {
		Effect           string
		Principal        any
		Action, Resource any
		NotAction        any
		NotResource      any
		Condition        map[string]map[string]any
	}{}
	if err := json.Unmarshal(raw, &loose); err != nil {
		return err //nolint:wrapcheck // nobody sees it: the check iam reads the document again
	}
	*a = allowed{loose.Effect, loose.Principal, oneOrMany(loose.Action), oneOrMany(loose.Resource), loose.Condition, loose.NotAction != nil || loose.NotResource != nil}
	return nil
}
