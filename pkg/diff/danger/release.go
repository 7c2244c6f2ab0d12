package danger

import (
	"regexp"
	"slices"
	"strconv"

	"eks-auto-gitops/pkg/diff/change"
)

// releaseNameRule finds releases that are uninstalled to be installed elsewhere.
func releaseNameRule() Rule {
	return Rule{
		Name: "release-moved",
		Doc:  "the name or a namespace of a Helm release changes",
		Why:  "Helm identifies a release by its name and namespaces: the old one is uninstalled, with volumes and load balancers, before the new one is installed.",
		find: func(c *change.Scoped) []change.Danger {
			names := []string{"spec.releaseName", "spec.targetNamespace", "spec.storageNamespace", "spec.chart.spec.chart"}
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Kind != "HelmRelease" || !slices.Contains(names, f.Name) {
					return ""
				}
				return "Helm uninstalls and reinstalls the release: " + change.Transition(f)
			})
		},
	}
}

// chartRule finds charts whose major version changes, or that go back.
func chartRule() Rule {
	return Rule{
		Name: "chart-version",
		Doc:  "the major version of a chart changes, or a chart is downgraded",
		Why:  "A new major version may need other values or manual steps; Helm does not undo what an upgrade has migrated.",
		find: func(c *change.Scoped) []change.Danger {
			return fieldDangers(c, func(f change.Field) string {
				if c.Change.Kind != "HelmRelease" && c.Change.Kind != "OCIRepository" || !slices.Contains([]string{"spec.chart.spec.version", "spec.chartRef.name", "spec.ref.tag"}, f.Name) {
					return ""
				}
				before, after := versionIn(f.Before), versionIn(f.After)
				switch {
				case before == nil || after == nil:
					return ""
				case slices.Compare(after, before) < 0:
					return "the chart goes back: " + change.Transition(f)
				case after[0] != before[0]:
					return "the chart gets another major version: " + change.Transition(f)
				default:
					return ""
				}
			})
		},
	}
}

// versionIn is the version in a text such as 1.2.3 or podinfo-6.14.1, or nil.
func versionIn(value any) []int {
	text, _ := value.(string)
	match := regexp.MustCompile(`(?:^|-)v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+_].*)?$`).FindStringSubmatch(text)
	if match == nil {
		return nil
	}
	var parts []int
	for _, part := range match[1:] {
		n, err := strconv.Atoi(part)
		if err != nil {
			n = 0
		}
		parts = append(parts, n)
	}
	return parts
}
