package danger

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// restartRule finds permissions that pods which run already do not get.
func restartRule() Rule {
	return Rule{
		Name: "restart-needed",
		Doc:  "a service account gets an IAM role while its pods run",
		Why: `Credentials are injected when a pod is admitted (Amazon EKS User Guide: Learn how EKS Pod Identity grants pods access to AWS
services; IAM roles for service accounts): a pod that is already running has none until it is restarted. A changed policy of a role that
pods already use needs no restart.`,
		find: func(c *change.Scoped) []change.Danger {
			if len(c.Runs) > 0 {
				account := manifest.TextAt(c.Change.After, "spec", "serviceAccount")
				return []change.Danger{{Message: restartMessage(account, strings.Join(c.Runs, ", "))}}
			}
			if c.Change.Kind != "HelmRelease" || c.Change.Before == nil || c.Change.After == nil {
				return nil
			}
			had := roleAnnotations(c.Change.Before)
			var found []change.Danger
			for _, account := range roleAnnotations(c.Change.After) {
				if !slices.Contains(had, account) {
					found = append(found, change.Danger{Message: restartMessage(account, c.Change.Name), Field: "spec.postRenderers"})
				}
			}
			return found
		},
	}
}

func restartMessage(account, releases string) string {
	return fmt.Sprintf("pods of service account %s that run already (%s) get the role only when they are restarted", account, releases)
}

// roleAnnotations are the service accounts that a release gives an IAM role.
func roleAnnotations(release map[string]any) []string {
	var accounts []string
	for _, renderer := range manifest.ListAt(release, "spec", "postRenderers") {
		content, _ := renderer.(map[string]any)
		for _, item := range manifest.ListAt(content, "kustomize", "patches") {
			patch, _ := item.(map[string]any)
			if strings.Contains(manifest.TextAt(patch, "patch"), "eks.amazonaws.com/role-arn") && manifest.TextAt(patch, "target", "kind") == "ServiceAccount" {
				accounts = append(accounts, manifest.TextAt(patch, "target", "name"))
			}
		}
	}
	return accounts
}
