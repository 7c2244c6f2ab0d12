package hub

import (
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// Theirs has what gen would write today where people have changed the file.
func (r *Result) Theirs() (*layout.Tree, error) {
	tree := layout.NewTree()
	for _, file := range r.Changed {
		content, _ := r.All.Get(file)
		if err := tree.Add(file, content); err != nil {
			return nil, err
		}
	}
	return tree, nil
}

// Notes say which files gen leaves to people.
func (r *Result) Notes() diag.List {
	var notes diag.List
	note := func(severity diag.Severity, file, message, hint string) {
		notes = append(notes, diag.Problem{File: file, Severity: severity, Message: message, Hint: hint})
	}
	for _, file := range r.Changed {
		content, _ := r.All.Get(file)
		line, _, _ := strings.Cut(string(content), "\n")
		note(diag.Warning, file, "you have changed this file, and gen would write another one today",
			Command+" --check shows what differs; take over what you need and make its first line "+line)
	}
	for _, file := range r.Kept {
		note(diag.Note, file, "you have changed this file, so it is yours and stays as it is", "delete it to get gen's")
	}
	for _, file := range r.Foreign {
		note(diag.Note, file, "this file is yours: its first line is not gen's, so nothing is compared", "delete it to get gen's")
	}
	for _, file := range r.Stale {
		note(diag.Warning, file, "gen would not write this file any more", "delete it: git rm "+file)
	}
	return notes
}

// Todo says what to do next, in order, after the files in changed were written.
func Todo(f *config.Fleet, changed map[string]bool) []string {
	if f.Hub.OIDCIssuer == "" {
		return []string{
			"follow " + Dir + "/README.md: create the hub, and write its OIDC issuer to hub.oidcIssuer",
			"protect the branch " + f.Hub.Branch + ": whoever may push to it controls the hub and all environments",
		}
	}
	var list []string
	if changed[hubTemplate] {
		list = append(list, "deploy "+hubTemplate+" in account "+f.Hub.AccountID+": task --dir hub hub:deploy")
	}
	if changed[accountTemplate] {
		list = append(list, "deploy "+accountTemplate+" in each account of the fleet: task --dir hub account:deploy")
	}
	for file, is := range changed {
		if is && strings.HasSuffix(file, ".yaml") && !strings.HasSuffix(file, ".cfn.yaml") {
			return append(list, "push to the branch "+f.Hub.Branch+": the hub delivers "+Dir+"/flux and "+Dir+"/ack itself")
		}
	}
	return list
}
