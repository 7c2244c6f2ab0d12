package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// usageError is a wrong command line.
type usageError struct{ error }

// Unwrap finds the hint.
func (e usageError) Unwrap() error { return e.error }

// hinted is an error that says what to write instead.
type hinted struct {
	error
	hint string
}

// usage is a wrong command line and what to write instead.
func usage(hint, format string, args ...any) error {
	return usageError{hinted{fmt.Errorf(format, args...), hint}}
}

// usageHint is what to do about a wrong command line; words are those behind gen.
func usageHint(err error, root *cli.Command, words []string) string {
	var h hinted
	if errors.As(err, &h) && h.hint != "" {
		return h.hint
	}
	path := []string{"gen"}
	for cmd := root; len(words) > 0; words = words[1:] {
		if cmd = cmd.Command(words[0]); cmd == nil {
			break
		}
		path = append(path, cmd.Name)
	}
	if len(path) == 1 {
		return "gen --help lists the commands, gen <command> --help their flags"
	}
	return strings.Join(path, " ") + " --help lists its flags"
}

// unknownCommand answers a command that is not there with the one that is probably meant.
func unknownCommand(name string, commands []*cli.Command) error {
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
	}
	if near := diag.Nearest(name, names); near != "" {
		return usageError{fmt.Errorf("unknown command %q; did you mean %s?", name, near)}
	}
	return usage(meantCommand(name), "unknown command %q", name)
}

// meantCommand is what those do who have used Terraform, Helm, kubectl or kustomize and write its word.
func meantCommand(name string) string {
	for hint, words := range map[string][]string{
		"gen applies nothing: commit and push, and Flux on the hub applies it":          {"apply", "deploy", "sync", "install", "up"},
		"gen diff says what a change does in AWS and in the clusters":                   {"plan", "preview", "compare"},
		"gen clusters generates everything from " + layout.ClustersFile:                 {"generate", "gen", "build", "render", "template", "make", "run", "update"},
		"gen verify checks what Flux would apply":                                       {"validate", "lint", "check", "test", "vet"},
		"gen retire CLUSTER, then gen remove CLUSTER, are the two steps of a removal":   {"destroy", "delete", "rm", "down", "uninstall"},
		"gen add cluster NAME adds a cluster, gen init writes the first files":          {"create", "new"},
		"gen list has the clusters, gen explain what a field of " + fileName + " is":    {"get", "ls", "show", "describe", "status", "cluster-list"},
		"gen explain components lists the components, gen list which cluster has which": {"component", "components"},
		"gen --version prints the version":                                              {"version"},
		"gen cost estimates what the clusters cost in a month":                          {"price", "prices", "pricing", "estimate", "budget"},
		"gen graph draws the stages of clusters and their AWS resources":                {"draw", "diagram", "tree", "dot", "mermaid"},
		"gen upgrade --list has what is newer and known to work":                        {"outdated", "versions", "upgrades"},
	} {
		if slices.Contains(words, strings.ToLower(name)) {
			return hint
		}
	}
	return ""
}

// onUsageError puts what the library says about flags into our words.
func onUsageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	if name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -"); ok {
		return unknownFlag(strings.TrimLeft(name, "-"), cmd)
	}
	if m := regexp.MustCompile(`^Required flags? "(.*)" not set$`).FindStringSubmatch(err.Error()); m != nil {
		return usageError{fmt.Errorf("--%s is missing", strings.ReplaceAll(m[1], ", ", ", --"))}
	}
	return usageError{err}
}

// unknownFlag answers a flag that is not there with those that are probably meant.
func unknownFlag(name string, cmd *cli.Command) error {
	dashes := "--"
	if len(name) == 1 {
		dashes = "-"
	}
	message := "unknown flag " + dashes + name
	if near := nearFlags(name, cmd); len(near) > 0 {
		return usageError{fmt.Errorf("%s; did you mean --%s?", message, strings.Join(near, " or --"))}
	}
	return usage(meantFlag(name), "%s", message)
}

// nearFlags are the flags of a command that differ from name in dashes or case only, else those that begin with it, else
// the one that is spelled nearly so.
func nearFlags(name string, cmd *cli.Command) []string {
	plain := func(s string) string { return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(s)) }
	var names, longer []string
	for _, f := range cmd.VisibleFlags() {
		for _, n := range f.Names() {
			if plain(n) == plain(name) || n == otherCommands(name) {
				return []string{n}
			}
			if len(n) > 1 && n != "help" {
				names = append(names, n)
			}
			if len(n) > 1 && strings.HasPrefix(plain(n), plain(name)) && n != "help" {
				longer = append(longer, n)
			}
		}
	}
	slices.Sort(longer)
	if near := diag.Nearest(name, names); len(longer) == 0 && near != "" {
		return []string{near}
	}
	return longer
}

// otherCommands is the flag for how to print, by the name that other commands have for it.
func otherCommands(name string) string {
	return map[string]string{"o": "format", "output": "format", "format": "output"}[name]
}

// meantFlag is what to do instead of a flag that other tools have.
func meantFlag(name string) string {
	for hint, words := range map[string][]string{
		"gen reads " + layout.ClustersFile + " of the current folder; run it in the root of the repository":             {"f", "file", "filename", "config", "input", "path"},
		"gen overwrites its own files only, and asks nothing; gen clusters --allow-destroy NAME lets a removal through": {"force", "yes", "y", "auto-approve"},
		"gen clusters --quiet prints problems only; no other command has it":                                            {"q", "quiet", "silent"},
		"gen prints all it has to say; gen --version prints the version":                                                {"v", "verbose", "debug"},
		"gen clusters --dry-run writes nothing":                                                                         {"n", "plan", "preview"},
		"gen talks to neither AWS nor a cluster; accounts and regions are in " + layout.ClustersFile:                    {"profile", "region", "account", "kubeconfig", "context", "namespace"},
	} {
		if slices.Contains(words, strings.ToLower(name)) {
			return hint
		}
	}
	return ""
}

// noArguments refuses what stands behind the flags.
func noArguments(cmd *cli.Command) error {
	if !cmd.Args().Present() {
		return nil
	}
	arg, hint := cmd.Args().First(), ""
	var flags []string
	for _, f := range cmd.VisibleFlags() {
		flags = append(flags, f.Names()...)
	}
	switch {
	case strings.ContainsAny(arg, `/\`) || strings.HasSuffix(arg, ".yaml"):
		hint = "gen reads " + layout.ClustersFile + " of the current folder; run it in the root of the repository"
	case slices.Contains(flags, "cluster"):
		hint = fmt.Sprintf("gen %s does all clusters; write --cluster %s for one, --environment %s for those of an environment", cmd.Name, arg, arg)
	}
	return usage(cmp.Or(hint, meantCommand(arg)), "unexpected argument %q", arg)
}
