package aws

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// document is an IAM policy document (IAM User Guide: Grammar of the IAM JSON policy language), as far as the test
// evaluates it: a statement with anything else in it allows nothing.
type document struct {
	Statement list[statement]
}

type statement struct {
	Effect    string
	Principal principals
	Action    list[string]
	Resource  list[string]
	Condition map[string]map[string]list[string]
	// NotAction and so on are not evaluated.
	NotAction, NotResource, NotPrincipal json.RawMessage
}

// list is one value or a list of them.
type list[T any] []T

// UnmarshalJSON reads either form.
func (l *list[T]) UnmarshalJSON(content []byte) error {
	var many []T
	if json.Unmarshal(content, &many) == nil {
		*l = many
		return nil
	}
	var one T
	if err := json.Unmarshal(content, &one); err != nil {
		return fmt.Errorf("read a policy: %w", err)
	}
	*l = []T{one}
	return nil
}

// principals maps AWS, Federated and Service to names.
type principals map[string]list[string]

// UnmarshalJSON also reads "*", which is {"AWS": "*"}.
func (p *principals) UnmarshalJSON(content []byte) error {
	if string(content) == `"*"` {
		*p = principals{"AWS": {"*"}}
		return nil
	}
	var named map[string]list[string]
	if err := json.Unmarshal(content, &named); err != nil {
		return fmt.Errorf("read the principals of a policy: %w", err)
	}
	*p = named
	return nil
}

// request is what a policy is asked about.
type request struct {
	action, resource string
	// kind and principal are compared only with the principals of a trust policy.
	kind, principal string
	// keys are the condition keys of the request.
	keys map[string]string
}

// allows evaluates policies together: an explicit Deny wins, and without an Allow nothing is allowed
// (IAM User Guide: Policy evaluation logic).
func allows(policies []string, r request) bool {
	allowed := false
	for _, policy := range policies {
		var d document
		if json.Unmarshal([]byte(policy), &d) != nil {
			continue
		}
		for _, s := range d.Statement {
			if !s.matches(r) {
				continue
			}
			if s.Effect != "Allow" {
				return false
			}
			allowed = true
		}
	}
	return allowed
}

func (s statement) matches(r request) bool {
	if s.NotAction != nil || s.NotResource != nil || s.NotPrincipal != nil {
		return false
	}
	action := slices.ContainsFunc(s.Action, func(a string) bool { return like(strings.ToLower(a), strings.ToLower(r.action)) })
	// Where the test does not know the ARN of a resource, an Allow is for it and a Deny is not.
	unknown := r.resource == "" && (s.Effect == "Allow" || len(s.Resource) == 0)
	resource := unknown || slices.ContainsFunc(s.Resource, func(p string) bool { return like(p, r.resource) })
	return action && resource && s.names(r) && s.holds(r.keys)
}

// names reports whether the principal of a request is named. A role of an account is also named by its account
// (IAM User Guide: AWS JSON policy elements: Principal).
func (s statement) names(r request) bool {
	if r.principal == "" {
		return true
	}
	return slices.ContainsFunc(s.Principal[r.kind], func(p string) bool {
		root := "arn:aws:iam::" + accountOf(r.principal) + ":root"
		return p == r.principal || p == "*" || r.kind == "AWS" && (p == accountOf(r.principal) || p == root)
	})
}

// holds reports whether all conditions are true. A key that the request does not have makes a condition false.
func (s statement) holds(keys map[string]string) bool {
	for operator, conditions := range s.Condition {
		for key, wanted := range conditions {
			got, known := keys[key]
			is := func(want string) bool { return want == got }
			if operator == "StringLike" || operator == "ArnLike" {
				is = func(want string) bool { return like(want, got) }
			}
			if !known || !slices.Contains([]string{"StringEquals", "StringLike", "ArnEquals", "ArnLike"}, operator) || !slices.ContainsFunc(wanted, is) {
				return false
			}
		}
	}
	return true
}

// like compares with a pattern in which * is any text and ? any character.
func like(pattern, text string) bool {
	for i := range len(pattern) {
		switch {
		case pattern[i] == '*':
			for start := range len(text) + 1 {
				if start >= i && like(pattern[i+1:], text[start:]) {
					return true
				}
			}
			return false
		case i >= len(text) || pattern[i] != '?' && pattern[i] != text[i]:
			return false
		}
	}
	return len(pattern) == len(text)
}

// accountOf is the account in an ARN, or "".
func accountOf(arn string) string {
	if parts := strings.Split(arn, ":"); len(parts) > 5 {
		return parts[4]
	}
	return ""
}
