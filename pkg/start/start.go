// Package start generates the first files of a repository: a clusters.yaml with comments, and the usual files beside it.
//
// In: a few answers. Out: files that users own from then on, and what to do next. It writes nothing.
package start

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/ci"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// Command is what people call to get these files; messages and comments name it.
const Command = "gen init"

// Answers are what gen init asks for.
type Answers struct {
	// Name of the fleet, a DNS label.
	Name string
	// Repository is the URL from which Flux reads the fleet.
	Repository string
	// Region is where the hub and the clusters are.
	Region string
	// HubAccount is the AWS account of the hub, 12 digits; OIDCIssuer its issuer, empty while there is no hub.
	HubAccount, OIDCIssuer string
	// DevAccount and ProdAccount are the AWS accounts of the environments; either may be empty, but not both.
	DevAccount, ProdAccount string
	// AdminRole is the name of the IAM role that administers the clusters, in each of the accounts; empty for none.
	AdminRole string
}

// Question is a question that gen init asks on a terminal.
type Question struct {
	// Flag gives the answer on the command line.
	Flag string
	// Text is the question, Help continues it.
	Text, Help string
	// Pattern is what an answer looks like; Example shows one.
	Pattern, Example string
	// Optional is true where the answer may be empty.
	Optional bool
	// Answer is where it goes.
	Answer func(*Answers) *string
}

// Questions are all of them, in order.
func Questions() []Question {
	const account = `^[0-9]{12}$`
	return []Question{
		{
			Flag: "name", Text: "Name of the fleet", Help: "such as the product; it becomes a tag of everything",
			Pattern: `^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$`, Example: "example", Answer: func(a *Answers) *string { return &a.Name },
		},
		{
			Flag: "repository", Text: "URL of this repository", Help: "from which Flux reads it",
			Pattern: `^(https|ssh)://[^\s]+$`, Example: "https://github.com/example/fleet.git", Answer: func(a *Answers) *string { return &a.Repository },
		},
		{
			Flag: "region", Text: "AWS region", Help: "of the hub and of the first clusters",
			Pattern: `^[a-z]{2}(-[a-z]+)+-[0-9]$`, Example: "eu-west-2", Answer: func(a *Answers) *string { return &a.Region },
		},
		{
			Flag: "hub-account", Text: "AWS account of the hub", Help: "the cluster that runs Flux and ACK",
			Pattern: account, Example: "777788889999", Answer: func(a *Answers) *string { return &a.HubAccount },
		},
		{
			Flag: "oidc-issuer", Text: "OIDC issuer of the hub", Help: "empty if there is no hub yet",
			Pattern: `^https://oidc\.eks\.[^\s]+$`, Example: "https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
			Optional: true, Answer: func(a *Answers) *string { return &a.OIDCIssuer },
		},
		{
			Flag: "dev-account", Text: "AWS account for development", Help: "which follows the branch dev; empty for none",
			Pattern: account, Example: "111122223333", Optional: true, Answer: func(a *Answers) *string { return &a.DevAccount },
		},
		{
			Flag: "prod-account", Text: "AWS account for production", Help: "which follows the branch main and is protected; empty for none",
			Pattern: account, Example: "444455556666", Optional: true, Answer: func(a *Answers) *string { return &a.ProdAccount },
		},
		{
			Flag: "admin-role", Text: "IAM role that administers the clusters", Help: "its name, the same in each account; empty for none",
			Pattern: `^[\w+=,.@/-]{1,128}$`, Example: "human-ops", Optional: true, Answer: func(a *Answers) *string { return &a.AdminRole },
		},
	}
}

// Fault says what is wrong with an answer, or nothing.
func (q Question) Fault(answer string) string {
	switch {
	case answer == "" && q.Optional:
		return ""
	case answer == "":
		return "an answer is needed, such as " + q.Example
	case !regexp.MustCompile(q.Pattern).MatchString(answer):
		return fmt.Sprintf("%q does not look right: write it as %s", answer, q.Example)
	}
	return ""
}

// Files generates the missing files. The list names those that exist, and what is wrong with the answers together.
func Files(repository fs.FS, a Answers) (*layout.Tree, diag.List, error) {
	schema, err := config.Schema()
	if err != nil {
		return nil, nil, fmt.Errorf("make the files: %w", err)
	}
	rules, err := renovate()
	if err != nil {
		return nil, nil, err
	}
	content := a.clusters()
	tree := layout.NewTree()
	var problems diag.List
	for _, file := range []struct{ name, content string }{
		{layout.ClustersFile, content},
		{layout.SchemaFile, string(schema)},
		{".gitattributes", ci.Attributes()},
		{"Taskfile.yml", taskfile()},
		{"renovate.json", rules},
	} {
		if _, err := fs.Stat(repository, file.name); err == nil {
			problems = append(problems, there(file.name))
			continue
		}
		if err := tree.Add(file.name, []byte(file.content)); err != nil {
			return nil, nil, fmt.Errorf("make the files: %w", err)
		}
	}
	_, faults := config.LoadForHub(layout.ClustersFile, []byte(content))
	return tree, append(problems, faults...), nil
}

// there reports a file that exists: without a new clusters.yaml the rest is of no use; any other may stay.
func there(file string) diag.Problem {
	if file == layout.ClustersFile {
		return diag.Problem{File: file, Message: "is there already, and " + Command + " overwrites nothing", Hint: "change it by hand, or run this in an empty folder"}
	}
	return diag.Problem{File: file, Severity: diag.Note, Message: "is there already and stays as it is", Hint: "delete it and run this in an empty folder to see gen's"}
}

// Todo says what to do next, in order.
func Todo(a Answers) []string {
	list := []string{"read " + layout.ClustersFile + ": versions, networks and admins are yours to choose"}
	if a.OIDCIssuer == "" {
		return append(list,
			"create the hub: gen init hub, then follow hub/README.md; it ends with hub.oidcIssuer",
			"then gen clusters && gen verify, commit, and push to "+strings.Join(a.branches(), " and "))
	}
	return append(list,
		"gen clusters && gen verify",
		"gen init hub, if the hub was not made with it; gen init ci, for a pipeline that checks every change",
		"commit, and push to "+strings.Join(a.branches(), " and "))
}

func (a Answers) branches() []string {
	var list []string
	for _, e := range a.environments() {
		list = append(list, e.branch)
	}
	return slices.Compact(list)
}
