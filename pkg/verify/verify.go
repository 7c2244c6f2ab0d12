// Package verify finds what is wrong with a tree of manifests before anything is applied.
//
// In: a tree of pkg/manifest, the user's patches included. Out: findings, each with file, line and field, and what
// clusters.yaml silences. It needs no cluster, no network and no other program. The checks are in pkg/verify/check/<topic>.
package verify

import (
	"slices"
	"sync"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
	"eks-auto-gitops/pkg/verify/check/aws"
	"eks-auto-gitops/pkg/verify/check/cluster"
	"eks-auto-gitops/pkg/verify/check/delivery"
	"eks-auto-gitops/pkg/verify/check/hub"
	"eks-auto-gitops/pkg/verify/check/iam"
	"eks-auto-gitops/pkg/verify/check/patches"
	"eks-auto-gitops/pkg/verify/check/release"
	"eks-auto-gitops/pkg/verify/check/tree"
)

// A Finding is a problem and the check that found it.
type Finding struct {
	// Check is the name of the check.
	Check string
	// Allowed is the reason why clusters.yaml silences the finding; empty if nothing does.
	Allowed string
	diag.Problem
}

// Checks lists all checks in the order in which a user should look at their results.
func Checks() []check.Check {
	return []check.Check{
		tree.BuildCheck(), tree.RenderCheck(), tree.SchemaCheck(), tree.FleetCheck(), tree.GeneratedCheck(), tree.HubFilesCheck(), tree.FilesCheck(), tree.ArtifactCheck(), patches.PatchCheck(), patches.ImmutableCheck(), delivery.ReferencesCheck(),
		delivery.InputsCheck(), delivery.HealthCheck(), delivery.GuardCheck(), delivery.FluxCheck(), delivery.SuspendedCheck(), hub.RightsCheck(), hub.ReachCheck(), hub.AccountsCheck(), aws.ACKCheck(), aws.NetworkCheck(), cluster.AutoModeCheck(), cluster.AccessCheck(), iam.IdentityCheck(), release.ChartsCheck(),
		cluster.NodesCheck(), cluster.LaunchCheck(), release.SchedulingCheck(), cluster.StorageCheck(), cluster.VolumesCheck(), cluster.IngressCheck(), cluster.DNSCheck(), iam.PolicyCheck(), aws.LimitsCheck(), cluster.VersionsCheck(), allowCheck(),
	}
}

// Run runs checks over a tree, all at the same time, and returns all findings, sorted by place. What clusters.yaml
// silences is among them.
func Run(tree *manifest.Tree, checks []check.Check) []Finding {
	found := make([]diag.List, len(checks))
	var group sync.WaitGroup
	for i, check := range checks {
		group.Go(func() { found[i] = check.Run(tree) })
	}
	group.Wait()
	findings := yielded(silence(tree, gather(tree, checks, found), checks), checks)
	for i, f := range findings {
		findings[i].Problem = f.Quote(tree.Files.Content[f.File])
	}
	return sorted(findings)
}

// gather makes findings of what the checks have found. What two of them tell in the same words counts for the first.
func gather(t *manifest.Tree, checks []check.Check, found []diag.List) []Finding {
	told := map[diag.Problem]bool{}
	var findings []Finding
	for i, check := range checks {
		for _, problem := range found[i] {
			if problem.Cluster == "" {
				problem.Cluster = t.ClusterAt(problem.File)
			}
			if !told[problem] {
				told[problem] = true
				findings = append(findings, Finding{Check: check.Name, Problem: problem})
			}
		}
	}
	return findings
}

// yielded drops the findings of checks that yield where another check has found an error in the same field, which nobody allows.
func yielded(findings []Finding, checks []check.Check) []Finding {
	type field struct{ file, path string }
	yields, better := map[string]bool{}, map[field]bool{}
	for _, c := range checks {
		yields[c.Name] = c.Yields
	}
	for _, f := range findings {
		if !yields[f.Check] && f.Severity == diag.Error && f.Allowed == "" {
			better[field{f.File, f.Path}] = true
		}
	}
	return slices.DeleteFunc(findings, func(f Finding) bool { return yields[f.Check] && f.Allowed == "" && better[field{f.File, f.Path}] })
}

// sorted orders findings by place, and sets them in place of the list that it is given.
func sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int { return diag.Compare(a.Problem, b.Problem) })
	return findings
}

// HasErrors reports whether any finding that counts is an error.
func HasErrors(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Allowed == "" && f.Severity == diag.Error })
}
