package aws

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// logTypes checks that each type of log is one of EKS's and is switched once (EKS API, LogSetup).
func logTypes(o *manifest.Object) diag.List {
	known := []string{"api", "audit", "authenticator", "controllerManager", "scheduler"}
	var problems diag.List
	var seen []string
	for i, setup := range o.List("spec", "logging", "clusterLogging") {
		fields, _ := setup.(map[string]any)
		types, _ := fields["types"].([]any)
		for j, item := range types {
			name, _ := item.(string)
			at := manifest.FieldOf([]any{"spec", "logging", "clusterLogging", i, "types", j})
			switch {
			case !slices.Contains(known, name):
				hint := "it is one of " + strings.Join(known, ", ")
				if near := diag.Nearest(name, known); near != "" {
					hint = "did you mean " + near + "?"
				}
				problems = append(problems, o.Problem(at, fmt.Sprintf("there is no log %q", name), hint))
			case slices.Contains(seen, name):
				problems = append(problems, o.Problem(at, name+" stands twice", "switch each log on or off, not both"))
			}
			seen = append(seen, name)
		}
	}
	return problems
}

// accessPolicies checks that an access entry has each policy once (Amazon EKS User Guide, Associate access policies
// with access entries).
func accessPolicies(o *manifest.Object) diag.List {
	var problems diag.List
	seen := map[string]bool{}
	for i, item := range o.List("spec", "accessPolicies") {
		arn := manifest.Field(item, "policyARN")
		if seen[arn] {
			problems = append(problems, o.Problem(manifest.FieldOf([]any{"spec", "accessPolicies", i, "policyARN"}), arn+" stands twice", "name all namespaces in one entry"))
		}
		seen[arn] = true
	}
	return problems
}

// certificate counts the names of a certificate (AWS Certificate Manager User Guide, Quotas).
func certificate(o *manifest.Object) diag.List {
	const at = "spec.subjectAlternativeNames"
	switch n := len(o.List("spec", "subjectAlternativeNames")) + 1; {
	case n > 100:
		return diag.List{o.Problem(at, fmt.Sprintf("with them the certificate has %d names, but may have 100", n), "make two certificates")}
	case n > 10:
		return diag.List{check.Warning(o.Problem(at, fmt.Sprintf("with them the certificate has %d names, but the quota of a new account is 10", n), "use *, make two certificates, or have the quota raised"))}
	}
	return nil
}

// nodePool warns of a pool that may grow without end (Karpenter, NodePools, spec.limits). One of a fixed size has its
// number of nodes.
func nodePool(o *manifest.Object) diag.List {
	if len(o.Strings("spec", "limits")) > 0 || o.Value("spec", "limits") != nil || o.Value("spec", "replicas") != nil {
		return nil
	}
	return diag.List{check.Warning(o.Problem("spec.limits", "is not set, so that nothing bounds the number of nodes and the bill", "set cpu, memory or nodes"))}
}
