package verify

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
	"eks-auto-gitops/pkg/verify/check/tree"
)

// An allowance is a comment in clusters.yaml that silences one check for one cluster: # gen:allow CHECK reason.
type allowance struct {
	check, reason, cluster string
	line, column           int
}

// problem is a fault of the comment itself.
func (a allowance) problem(message, hint string) diag.Problem {
	return diag.Problem{File: layout.ClustersFile, Line: a.line, Column: a.column, Message: message, Hint: hint, Cluster: a.cluster}
}

// allowances are the comments in clusters.yaml that silence something, and what is wrong with the others. The file
// need not be there.
func allowances(t *manifest.Tree) ([]allowance, diag.List) {
	var allowed []allowance
	var problems diag.List
	file := readFleetFile(t.Files.Content[layout.ClustersFile])
	for _, c := range file.comments() {
		a := allowance{line: c.line, column: c.column, cluster: file.clusterAt(c)}
		a.check, a.reason, _ = strings.Cut(strings.TrimSpace(c.rest), " ")
		a.reason = strings.TrimSpace(a.reason)
		faults := a.faults(c.verb)
		if file.root == nil {
			faults = diag.List{a.problem("the file is not valid YAML, so that this comment counts for nothing", "gen clusters says what is wrong with the file")}
		}
		if problems = append(problems, faults...); len(faults) == 0 {
			allowed = append(allowed, a)
		}
	}
	return allowed, problems
}

// faults is what is wrong with the words of a comment and with its place.
func (a allowance) faults(verb string) diag.List {
	const form = "write # gen:allow CHECK reason"
	const where = "; CHECK is what stands in brackets at the end of a finding"
	if verb != "allow" {
		return diag.List{a.problem("there is no comment gen:"+verb, form)}
	}
	var names []string
	var check check.Check
	for _, c := range Checks() {
		if c.Name == a.check {
			check = c
		}
		if !c.Mandatory {
			names = append(names, c.Name)
		}
	}
	var faults diag.List
	switch {
	case a.check == "":
		faults = append(faults, a.problem("gen:allow names no check", form+where))
	case check.Mandatory:
		faults = append(faults, a.problem("the check "+a.check+" cannot be silenced", "correct what it finds; gen verify --explain "+a.check+" says why"))
	case check.Name == "":
		hint := form + where
		if near := diag.Nearest(a.check, names); near != "" {
			hint = "did you mean " + near + "?"
		}
		faults = append(faults, a.problem(fmt.Sprintf("gen:allow names a check %q, which is not there", a.check), hint))
	case a.reason == "":
		faults = append(faults, a.problem("gen:allow gives no reason", "write why behind the check, for whoever reads it next"))
	}
	if a.cluster == "" {
		faults = append(faults, a.problem("gen:allow stands outside of a cluster", "move it into the cluster that it is for, or right above it; it counts for one cluster"))
	}
	return faults
}

// silence marks the findings that clusters.yaml allows, and adds one for each comment that silences nothing.
// Findings about no cluster stay as they are.
func silence(t *manifest.Tree, findings []Finding, checks []check.Check) []Finding {
	allowed, _ := allowances(t)
	used := make([]bool, len(allowed))
	for i, f := range findings {
		at := slices.IndexFunc(allowed, func(a allowance) bool { return a.check == f.Check && a.cluster == f.Cluster })
		if at >= 0 {
			findings[i].Allowed, used[at] = allowed[at].reason, true
		}
	}
	for i, a := range allowed {
		ran := slices.ContainsFunc(checks, func(c check.Check) bool { return c.Name == a.check })
		if used[i] || !ran || unbuilt(findings, a.cluster) {
			continue
		}
		findings = append(findings, Finding{Check: allowCheck().Name, Problem: check.Warning(a.problem(
			"gen:allow "+a.check+" silences nothing", "remove it; the check finds nothing in "+a.cluster+" that is not allowed already"))})
	}
	return findings
}

// unbuilt reports whether something of a cluster, or of all, could not be built: then the checks have not seen it.
func unbuilt(findings []Finding, cluster string) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool {
		return f.Check == tree.BuildCheck().Name && (f.Cluster == "" || f.Cluster == cluster)
	})
}
