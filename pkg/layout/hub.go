package layout

import "strings"

// HubNotice says in a line that the hub has something to apply: what it has of some environments, or of all of them if
// none is named. branch may be empty, where it is not known.
func HubNotice(environments []string, branch string) string {
	of, from := "", "the branch that it follows"
	switch len(environments) {
	case 0:
	case 1:
		of = " (environment " + environments[0] + ")"
	default:
		of = " (environments " + strings.Join(environments, ", ") + ")"
	}
	if branch != "" {
		from = "branch " + branch
	}
	return HubDir("") + " changed" + of + ": the hub takes it over from " + from
}
