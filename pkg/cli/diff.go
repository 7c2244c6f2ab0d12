package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/danger"

	diffreport "eks-auto-gitops/pkg/diff/report"
)

func diffCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "diff",
		Usage:        "say what a change does in AWS and in the clusters, before it is merged",
		ArgsUsage:    "[REV|DIR]",
		OnUsageError: onUsageError,
		Description: `Compares what Flux would apply from two trees: a revision of Git, or the root of another copy of the repository.
Without REV it is the last commit that the current branch has in common with the branch of an environment.

Any change exits with 1; with --fail-on danger only a danger does, with --fail-on none nothing does.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "to", Usage: "compare with the revision or folder `REV|DIR`, not with the current folder"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "text, markdown, json or html"},
			&cli.StringFlag{Name: "page", Usage: "what markdown links to: the `URL` of the page from --format html"},
			&cli.StringFlag{Name: "fail-on", Value: "change", Usage: "what exits with 1: change, none, danger, or danger=`RULE,…`"},
			&cli.StringFlag{Name: "crds", Usage: "CRDs in the folder `DIR` add to those built in, or replace them"},
			&cli.StringFlag{Name: "explain", Usage: "say what the rule `NAME` looks for and why"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if name := cmd.String("explain"); name != "" {
				return explainRule(streams.Out, name)
			}
			flags, err := diffFlagsOf(cmd, streams)
			if err != nil {
				return err
			}
			return compareTrees(ctx, streams, flags)
		},
	}
}

type diffFlags struct {
	// from and to are revisions or folders, empty for the default.
	from, to, crds string
	print          func(io.Writer, *change.Report) error
	fails          func(*change.Report) bool
}

func diffFlagsOf(cmd *cli.Command, streams Streams) (flags diffFlags, err error) {
	if cmd.Args().Len() > 1 {
		return flags, usageError{fmt.Errorf("unexpected argument %q", cmd.Args().Get(1))}
	}
	flags = diffFlags{from: cmd.Args().First(), to: cmd.String("to"), crds: cmd.String("crds")}
	format := cmd.String("format")
	print, ok := diffFormats(streams, cmd.String("page"))[format]
	switch {
	case !ok:
		return flags, usageError{fmt.Errorf("unknown format %q; there are text, markdown, json and html", format)}
	case format == "html" && isTerminal(streams.Out):
		return flags, usageError{errors.New("a page is for a browser: gen diff --format html > diff.html")}
	case format != "markdown" && cmd.String("page") != "":
		return flags, usageError{errors.New("--page is for --format markdown")}
	}
	flags.print = print
	flags.fails, err = failOn(cmd.String("fail-on"))
	return flags, err
}

// diffFormats are the ways to print a report.
func diffFormats(streams Streams, page string) map[string]func(io.Writer, *change.Report) error {
	return map[string]func(io.Writer, *change.Report) error{
		"text":     func(w io.Writer, r *change.Report) error { return diffreport.Text(w, r, colour(streams)) },
		"markdown": func(w io.Writer, r *change.Report) error { return diffreport.Markdown(w, r, page) },
		"json":     diffreport.JSON,
		"html":     diffreport.HTML,
	}
}

// colour reports whether stdout is a terminal that shows colours (no-color.org).
func colour(streams Streams) bool {
	return isTerminal(streams.Out) && streams.Getenv("NO_COLOR") == "" && streams.Getenv("TERM") != "dumb"
}

// failOn reads the flag --fail-on.
func failOn(value string) (func(*change.Report) bool, error) {
	what, list, some := strings.Cut(value, "=")
	switch {
	case value == "change":
		return func(r *change.Report) bool { return !r.Empty() }, nil
	case value == "none":
		return func(*change.Report) bool { return false }, nil
	case value == "danger":
		return func(r *change.Report) bool { return len(r.Dangers) > 0 || len(r.Problems) > 0 }, nil
	case what != "danger" || !some:
		return nil, usageError{fmt.Errorf("--fail-on %s: there are change, none, danger and danger=RULE,…", value)}
	}
	rules := strings.Split(list, ",")
	for _, name := range rules {
		if _, err := ruleNamed(name); err != nil {
			return nil, err
		}
	}
	return func(r *change.Report) bool {
		return len(r.Problems) > 0 || slices.ContainsFunc(r.Dangers, func(d change.Danger) bool { return slices.Contains(rules, d.Rule) })
	}, nil
}

// ruleNamed finds a rule.
func ruleNamed(name string) (danger.Rule, error) {
	var names []string
	for _, rule := range danger.Rules() {
		if rule.Name == name {
			return rule, nil
		}
		names = append(names, rule.Name)
	}
	hint := "; the rules are " + strings.Join(names, ", ")
	if near := diag.Nearest(name, names); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return danger.Rule{}, usageError{fmt.Errorf("there is no rule %s%s", name, hint)}
}

// explainRule prints what a rule is for.
func explainRule(w io.Writer, name string) error {
	rule, err := ruleNamed(name)
	if err == nil {
		fmt.Fprintf(w, "%s: %s\n\n%s\n", rule.Name, rule.Doc, rule.Why)
	}
	return err
}

// compareTrees prints what differs: the report is the data of this command.
func compareTrees(ctx context.Context, streams Streams, flags diffFlags) error {
	known, err := kinds(flags.crds)
	if err != nil {
		return err
	}
	from, to, err := sources(ctx, flags.from, flags.to)
	if err != nil {
		return err
	}
	// Costs need clusters.yaml of both sides with every value inherited, and nothing of the trees: they come beside them.
	cost := make(chan *change.Cost, 1)
	go func() { cost <- costChange(streams, from, to) }()
	report, err := diff.Compare(from, to, known)
	if err != nil {
		return err
	}
	report.Cost = <-cost
	if err := flags.print(streams.Out, report); err != nil {
		return err
	}
	if flags.fails(report) {
		return errProblems
	}
	return nil
}
