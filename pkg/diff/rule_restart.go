package diff

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/verify"
)

// restartRule finds permissions that pods which run already do not get.
func restartRule() Rule {
	return Rule{
		Name: "restart-needed",
		Doc:  "a service account gets an IAM role while its pods run",
		Why: `Credentials are injected when a pod is admitted (Amazon EKS User Guide: Learn how EKS Pod Identity grants pods access to AWS
services; IAM roles for service accounts): a pod that runs already has none until it is restarted. A changed policy of a role that
pods have needs no restart.`,
		find: func(c *scoped) []Danger {
			if len(c.runs) > 0 {
				account := textAt(c.change.After, "spec", "serviceAccount")
				return []Danger{{Message: restartMessage(account, strings.Join(c.runs, ", "))}}
			}
			if c.change.Kind != "HelmRelease" || c.change.Before == nil || c.change.After == nil {
				return nil
			}
			had := roleAnnotations(c.change.Before)
			var found []Danger
			for _, account := range roleAnnotations(c.change.After) {
				if !slices.Contains(had, account) {
					found = append(found, Danger{Message: restartMessage(account, c.change.Name), Field: "spec.postRenderers"})
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
	for _, renderer := range listAt(release, "spec", "postRenderers") {
		content, _ := renderer.(map[string]any)
		for _, item := range listAt(content, "kustomize", "patches") {
			patch, _ := item.(map[string]any)
			if strings.Contains(textAt(patch, "patch"), "eks.amazonaws.com/role-arn") && textAt(patch, "target", "kind") == "ServiceAccount" {
				accounts = append(accounts, textAt(patch, "target", "name"))
			}
		}
	}
	return accounts
}

// runningIn are the releases that are in both trees, in the namespace of an association that is in the second alone.
func (c comparison) runningIn(key id, after *verify.Object) []string {
	if key.kind != "PodIdentityAssociation" || c.sides[0].objects[key] != nil || after == nil {
		return nil
	}
	namespace := textAt(contentOf(after), "spec", "namespace")
	var names []string
	for _, other := range c.sides[1].order {
		if other.kind != "HelmRelease" || other.namespace != key.namespace {
			continue
		}
		runs := func(side int) bool {
			return textAt(contentOf(c.sides[side].objects[other]), "spec", "targetNamespace") == namespace
		}
		if runs(0) && runs(1) {
			names = append(names, other.name)
		}
	}
	return names
}
