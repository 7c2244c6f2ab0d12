package danger

import (
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// rbacRule finds roles of Kubernetes that grow.
func rbacRule() Rule {
	return Rule{
		Name: "rbac-widened",
		Doc:  "a Kubernetes role may do more, or more subjects may use it",
		Why: `The rights of an environment's service accounts on the hub are what separates it from the others. In a cluster, whoever may read Secrets,
create Pods or bind roles can soon do everything.`,
		find: func(c *change.Scoped) []change.Danger {
			switch {
			case c.Change.Group != manifest.RBACGroup || c.Change.After == nil || c.NewCluster && c.Cluster != "":
				return nil
			case strings.HasSuffix(c.Change.Kind, "RoleBinding"):
				return bindingDangers(&c.Change)
			}
			var found []change.Danger
			for _, message := range widened(rbacGrants(c.Change.Before), rbacGrants(c.Change.After), c.Change.Before == nil) {
				found = append(found, change.Danger{Message: message, Field: "rules"})
			}
			return found
		},
	}
}

// bindingDangers are those of a RoleBinding or a ClusterRoleBinding.
func bindingDangers(c *change.Change) []change.Danger {
	where := " in namespace " + c.Namespace
	if c.Kind == "ClusterRoleBinding" {
		where = " in the whole cluster"
	}
	message := "binds " + manifest.TextAt(c.After, "roleRef", "name") + where
	if c.Before == nil {
		return []change.Danger{{Message: message}}
	}
	var found []change.Danger
	for _, f := range c.Fields {
		if (f.Name == "subjects" || strings.HasPrefix(f.Name, "subjects.")) && f.After != nil {
			found = append(found, change.Danger{Message: message + ": " + change.Transition(f), Field: f.Path})
		}
	}
	return found
}

// rbacGrants are what a role allows: one verb on one resource of one group, for one name or all, or on one URL (Kubernetes, Using RBAC
// Authorization).
func rbacGrants(role map[string]any) []grant {
	var grants []grant
	for _, item := range manifest.ListAt(role, "rules") {
		rule, _ := item.(map[string]any)
		var on []string
		for _, group := range textsOf(rule["apiGroups"]) {
			for _, resource := range textsOf(rule["resources"]) {
				on = append(on, manifest.OrElse(group, "core")+"/"+resource)
			}
		}
		names := textsOf(rule["resourceNames"])
		if len(names) == 0 {
			names = []string{""}
		}
		for _, verb := range textsOf(rule["verbs"]) {
			for _, target := range append(on, textsOf(rule["nonResourceURLs"])...) {
				for _, name := range names {
					grants = append(grants, grant{allow: true, action: verb, resource: target, subject: name})
				}
			}
		}
	}
	return grants
}
