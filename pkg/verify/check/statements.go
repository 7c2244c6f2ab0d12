package check

import (
	"bytes"
	"encoding/json"
	"slices"

	"eks-auto-gitops/pkg/manifest"
)

// Allows are the statements of a policy document with Effect Allow, as far as checks of a subject read them; the check
// iam says what is wrong with a document.
func Allows(document string) []Statement {
	parsed := struct{ Statement json.RawMessage }{}
	if err := json.Unmarshal([]byte(document), &parsed); err != nil {
		return nil
	}
	if bytes.HasPrefix(parsed.Statement, []byte("{")) {
		parsed.Statement = slices.Concat([]byte("["), parsed.Statement, []byte("]"))
	}
	var all, found []Statement
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

// A Statement is the part of a statement that checks of a subject look at.
type Statement struct {
	Effect           string
	Principal        any
	Action, Resource []string
	Condition        map[string]map[string]any
	// Inverse is set where it names what it does not allow, by NotAction or NotResource.
	Inverse bool
}

// UnmarshalJSON takes one text for a list of one.
func (a *Statement) UnmarshalJSON(raw []byte) error {
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
	*a = Statement{loose.Effect, loose.Principal, manifest.TextsOf(loose.Action), manifest.TextsOf(loose.Resource), loose.Condition, loose.NotAction != nil || loose.NotResource != nil}
	return nil
}
