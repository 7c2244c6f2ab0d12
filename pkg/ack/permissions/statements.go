package permissions

import (
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/iam"
)

// statements merges the rows of one service: what has the same scope is one statement.
func (in Input) statements(service string, rows []Row) []iam.Statement {
	merged := map[string]iam.Statement{}
	for _, row := range rows {
		s := in.statement(row)
		if len(s.Resource) == 0 {
			continue // only what gen did not name, and the account has none of it
		}
		scope := strings.Join(s.Resource, " ")
		if s.Condition != nil {
			scope += " " + row.Key
		}
		if other, ok := merged[scope]; ok {
			s = union(other, s)
		}
		merged[scope] = s
	}
	var all []iam.Statement
	for _, scope := range slices.Sorted(maps.Keys(merged)) {
		all = append(all, merged[scope])
	}
	if own := in.protected(service); len(own) > 0 {
		all = append(all, iam.Statement{Effect: iam.Deny, Action: iam.Values{service + ":*"}, Resource: sorted(own)})
	}
	return all
}

// protected are the ARNs of a service that must stay out of ACK's reach.
func (in Input) protected(service string) []string {
	var own []string
	for _, arn := range in.Protected {
		if strings.Contains(arn, ":"+service+":") { // the partition may be a variable with colons of its own
			own = append(own, arn)
		}
	}
	return own
}

func (in Input) statement(row Row) iam.Statement {
	s := iam.Statement{Effect: iam.Allow, Action: sorted(row.Actions), Resource: in.resources(row.Resources)}
	values := row.Values
	if row.Key == Boundary {
		values = in.Boundaries
	}
	if len(values) > 0 {
		s.Condition = iam.Condition{"StringEquals": {row.Key: sorted(values)}}
	}
	return s
}

// union joins two statements with the same resources and condition key. Rows with a key have the same actions, or the
// same values, so nothing is allowed that was not in one of the two.
func union(a, b iam.Statement) iam.Statement {
	a.Action = sorted(append(slices.Clone(a.Action), b.Action...))
	for key, values := range b.Condition["StringEquals"] {
		a.Condition["StringEquals"][key] = sorted(append(slices.Clone(a.Condition["StringEquals"][key]), values...))
	}
	return a
}

// resources fills in templates, for each cluster.
func (in Input) resources(templates []string) iam.Values {
	var all []string
	for _, template := range templates {
		switch template {
		case HandedOver:
			all = append(all, in.Roles...)
		case ForeignKeys:
			all = append(all, in.Keys...)
		default:
			for _, c := range in.Clusters {
				all = append(all, strings.NewReplacer(
					"${partition}", in.Partition, "${account}", in.Account, "${region}", c.Region, "${cluster}", c.Name,
				).Replace(template))
			}
		}
	}
	return sorted(all)
}

// sorted returns the values in order, each once.
func sorted(values []string) iam.Values {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}
