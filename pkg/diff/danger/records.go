package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// recordsRule finds changes of which DNS records ExternalDNS takes for its own.
func recordsRule() Rule {
	return Rule{
		Name: "dns-ownership",
		Doc:  "the set of DNS records that ExternalDNS considers its own changes",
		Why: `With another txtOwnerId it no longer recognizes its records: they stay, and nothing updates them. Without a domain filter it manages
every zone that its role may change, and with policy sync it deletes there. With policy sync it also deletes the records of what it no
longer watches.`,
		find: func(c *change.Scoped) []change.Danger {
			if manifest.IsExternalDNS(c.Change.Before) && c.Change.Outcome == change.Delete {
				return []change.Danger{{Message: "ExternalDNS goes: the records that it has made stay, and nothing updates them"}}
			}
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Kind != "HelmRelease" || !strings.HasPrefix(f.Name, "spec.values.") {
					return ""
				}
				name := strings.TrimPrefix(f.Name, "spec.values.")
				if text := overlooked(name, f); text != "" && manifest.TextAt(c.Change.After, "spec", "values", "policy") == "sync" {
					return text
				}
				return ownership(name, f)
			})
		},
	}
}

// overlooked says which records ExternalDNS with policy sync deletes because it no longer looks at what asks for them, or
// nothing (ExternalDNS, flags --source, --label-filter, --annotation-filter, --namespace and --exclude-domains).
func overlooked(name string, f change.Field) string {
	head, _, _ := strings.Cut(name, "[")
	switch {
	case head == "sources" && f.Before != nil && f.After == nil:
		return "ExternalDNS no longer looks at " + change.Value(f.Before) + ", and deletes the records that it has asked for"
	case head == "labelFilter", head == "annotationFilter", head == "namespaced", head == "excludeDomains", head == "managedRecordTypes":
		return "ExternalDNS looks at other objects, and deletes the records of those that it no longer sees: " + change.Transition(f)
	}
	return ""
}

// ownership says what a value of a chart does to the records that ExternalDNS takes for its own, or nothing. The chart has
// values for what its arguments say, too.
func ownership(name string, f change.Field) string {
	argument := ""
	if name == "extraArgs" {
		argument = change.Value(f.Before) + " " + change.Value(f.After)
	} else if key, ok := strings.CutPrefix(name, "extraArgs."); ok {
		argument, name = "--"+key, key // the chart takes its arguments as a mapping, too
	}
	switch {
	case name == "txtOwnerId", name == "txtPrefix", name == "txtSuffix", strings.Contains(argument, "--txt-"):
		return "ExternalDNS no longer knows its records: " + change.Transition(f)
	case name == "domainFilters", strings.Contains(argument, "--domain-filter"), strings.Contains(argument, "-zone-"):
		return "ExternalDNS writes other domains: " + change.Transition(f)
	case name == "policy" && f.After == "sync", f.After == "--policy=sync" && argument != "":
		return "ExternalDNS deletes records that nothing asks for"
	default:
		return ""
	}
}
