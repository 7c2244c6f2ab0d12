package diff

import "strings"

// accessRule finds principals that get or lose a cluster.
func accessRule() Rule {
	return Rule{
		Name: "access",
		Doc:  "a principal gets into a cluster, or loses it",
		Why: `Who loses the entry is locked out at once, the hub's own role too. A principal cannot be changed: one entry goes and
another comes.`,
		find: func(c *scoped) []Danger {
			switch {
			case c.change.Kind == "AccessEntry" && c.change.Group == eksGroup:
				return entryDangers(c)
			case c.change.Kind == "ClusterRoleBinding" && c.change.Before == nil:
				return []Danger{{Message: "binds " + textAt(c.change.After, "roleRef", "name") + " in the whole cluster"}}
			case c.change.Kind == "ClusterRoleBinding":
				return fieldDangers(c, func(f Field) string {
					if f.Name != "subjects" && !strings.HasPrefix(f.Name, "subjects.") || f.After == nil {
						return ""
					}
					return "binds " + textAt(c.change.After, "roleRef", "name") + " in the whole cluster: " + transitionText(f)
				})
			default:
				return nil
			}
		},
	}
}

// entryDangers are those of an access entry.
func entryDangers(c *scoped) []Danger {
	if c.newCluster && c.Cluster != "" || c.lostCluster {
		return nil // every entry of a cluster comes with it and goes with it
	}
	switch {
	case c.change.After == nil && c.change.Outcome != Delete:
		return nil
	case c.change.After == nil:
		return []Danger{{Message: textAt(c.change.Before, "spec", "principalARN") + " loses the cluster"}}
	case c.change.Before == nil:
		return []Danger{{Message: textAt(c.change.After, "spec", "principalARN") + " gets into the cluster" + policiesText(c.change.After)}}
	}
	return fieldDangers(c, func(f Field) string {
		if strings.HasPrefix(f.Name, "spec.accessPolicies") || f.Name == "spec.kubernetesGroups" || f.Name == "spec.username" {
			return "what " + textAt(c.change.After, "spec", "principalARN") + " may do changes: " + transitionText(f)
		}
		return ""
	})
}

// policiesText names the access policies of an entry.
func policiesText(entry map[string]any) string {
	var names []string
	for _, item := range listAt(entry, "spec", "accessPolicies") {
		policy, _ := item.(map[string]any)
		arn, _ := policy["policyARN"].(string)
		names = append(names, arn[strings.LastIndexByte(arn, '/')+1:])
	}
	if len(names) == 0 {
		return ""
	}
	return " with " + strings.Join(names, ", ")
}
