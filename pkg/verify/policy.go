package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
)

// policy and statement follow IAM User Guide, Grammar of the IAM JSON policy language.
type policy struct {
	Version   string
	ID        string `json:"Id"`
	Statement list[statement]
}

type statement struct {
	Sid                     string
	Effect                  string
	Principal, NotPrincipal any
	Action, NotAction       list[string]
	Resource, NotResource   list[string]
	Condition               map[string]map[string]list[any]
}

// list is a list, or its one element alone, as IAM takes both.
type list[T any] []T

// UnmarshalJSON reads either form.
func (l *list[T]) UnmarshalJSON(raw []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		return decode(raw, (*[]T)(l))
	}
	var one T
	if err := decode(raw, &one); err != nil {
		return err
	}
	*l = list[T]{one}
	return nil
}

func decode(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into) //nolint:wrapcheck // the caller says which document it is
}

// check returns what IAM would refuse in a document, and what gives everything to everyone.
func (d policyText) check(where account) diag.List {
	var problems diag.List
	fault := func(at, format string, args ...any) {
		problems = append(problems, d.object.problem(d.field, strings.TrimPrefix(at+": ", ": ")+fmt.Sprintf(format, args...), "correct the document; IAM would refuse it"))
	}
	p := policy{}
	if err := decode([]byte(d.text), &p); err != nil {
		fault("", "is no policy document: %v", strings.TrimPrefix(err.Error(), "json: "))
		return problems
	}
	if p.Version != "2012-10-17" && p.Version != "2008-10-17" {
		fault("Version", "is %q, but must be 2012-10-17", p.Version)
	}
	if len(p.Statement) == 0 {
		fault("Statement", "is missing")
	}
	if n := len(strings.Join(strings.Fields(d.text), "")); n > d.limit {
		fault("", "has %d characters, but may have %d", n, d.limit)
	}
	var sids []string
	for i, s := range p.Statement {
		at := fmt.Sprintf("Statement[%d]", i)
		if s.Sid != "" && slices.Contains(sids, s.Sid) {
			fault(at+".Sid", "%s stands twice", s.Sid)
		}
		sids = append(sids, s.Sid)
		s.check(d.use, func(field, format string, args ...any) { fault(at+field, format, args...) })
		for _, arn := range slices.Concat(s.Resource, s.NotResource) {
			problems = append(problems, where.partitionOf(d.object, d.field, arn)...)
		}
		if s.Effect == "Allow" && d.use == identity && slices.Contains(s.Action, "*") && slices.Contains(s.Resource, "*") && len(s.Condition) == 0 {
			problems = append(problems, warning(d.object.problem(d.field, at+": allows everything on everything", "list the actions and resources that are needed")))
		}
	}
	return problems
}

// check holds one statement to the grammar.
func (s statement) check(use string, fault func(field, format string, args ...any)) {
	if s.Effect != "Allow" && s.Effect != "Deny" {
		fault(".Effect", "is %q, but must be Allow or Deny", s.Effect)
	}
	if regexp.MustCompile(`[^0-9A-Za-z]`).MatchString(s.Sid) && use != resourceBased {
		fault(".Sid", "%q has other characters than letters and digits", s.Sid)
	}
	if (len(s.Action) == 0) == (len(s.NotAction) == 0) {
		fault("", "must have one of Action and NotAction")
	}
	if hasPrincipal := s.Principal != nil || s.NotPrincipal != nil; hasPrincipal == (use == identity) {
		fault(".Principal", "%s", map[bool]string{true: "is not allowed in a policy of a role", false: "is missing"}[hasPrincipal])
	}
	if hasResource := len(s.Resource)+len(s.NotResource) > 0; hasResource == (use == trust) {
		fault(".Resource", "%s", map[bool]string{true: "is not allowed in a trust policy", false: "is missing"}[hasResource])
	}
	for _, action := range slices.Concat(s.Action, s.NotAction) {
		if !regexp.MustCompile(`^(\*|[a-z0-9-]+:[0-9A-Za-z*?]+)$`).MatchString(action) {
			fault(".Action", "%q is not service:Action", action)
		}
	}
	for _, arn := range slices.Concat(s.Resource, s.NotResource) {
		if arn != "*" && !regexp.MustCompile(`^arn:[^:]+:[^:]*:[^:]*:[^:]*:.+`).MatchString(arn) && !strings.Contains(arn, "${") {
			fault(".Resource", "%q is not an ARN", arn)
		}
	}
	for operator := range s.Condition {
		if !operatorPattern().MatchString(operator) {
			fault(".Condition", "there is no operator %q", operator)
		}
	}
}

// operatorPattern fits the condition operators (IAM User Guide, IAM JSON policy elements: Condition operators).
func operatorPattern() *regexp.Regexp {
	return regexp.MustCompile(`^((ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)|` +
		`Date((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)$`)
}
