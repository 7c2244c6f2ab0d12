package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/output"
	"eks-auto-gitops/pkg/start"
)

func initCommand(streams Streams) *cli.Command {
	flags := []cli.Flag{}
	for _, q := range start.Questions() {
		flags = append(flags, &cli.StringFlag{Name: q.Flag, Usage: strings.Replace(q.Text, "Name", "name", 1) + ", " + q.Help})
	}
	return &cli.Command{
		Name:         "init",
		Usage:        "write the first files of a repository: clusters.yaml, a Taskfile, rules for Renovate",
		ArgsUsage:    "[DIR]",
		OnUsageError: onUsageError,
		Description: `Asks a few questions on a terminal; each has a flag. Existing files are not overwritten.
The files are yours from then on, and so are those of the commands below.`,
		Flags:    flags,
		Commands: []*cli.Command{initCICommand(streams), initHubCommand(streams)},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			dir, err := initDir(cmd)
			if err != nil {
				return err
			}
			answers, err := answered(cmd, streams)
			if err != nil {
				return err
			}
			return initStart(ctx, streams, dir, answers)
		},
	}
}

// initDir is the argument, unless it is a command that is not spelled right.
func initDir(cmd *cli.Command) (string, error) {
	name := cmd.Args().First()
	if near := diag.Nearest(name, []string{"ci", "hub"}); name != "" && near != "" {
		return "", usageError{fmt.Errorf("unknown command %q; did you mean %s?", name, near)}
	}
	if cmd.Args().Len() > 1 {
		return "", usageError{fmt.Errorf("unexpected argument %q", cmd.Args().Get(1))}
	}
	if name == "" {
		return ".", nil
	}
	return name, nil
}

// answered collects the answers from flags, and what they lack from the terminal, if there is one.
func answered(cmd *cli.Command, streams Streams) (start.Answers, error) {
	var answers start.Answers
	var faults []error
	file, ok := streams.In.(*os.File)
	asking := ok && term.IsTerminal(int(file.Fd()))
	lines := bufio.NewScanner(streams.In)
	for _, q := range start.Questions() {
		if asking && !cmd.IsSet(q.Flag) {
			if err := ask(streams, lines, q, q.Answer(&answers)); err != nil {
				return answers, err
			}
			continue
		}
		*q.Answer(&answers) = cmd.String(q.Flag)
		if fault := q.Fault(cmd.String(q.Flag)); fault != "" {
			faults = append(faults, fmt.Errorf("--%s: %s", q.Flag, fault))
		}
	}
	if len(faults) == 0 && answers.DevAccount == "" && answers.ProdAccount == "" {
		faults = append(faults, errors.New("--dev-account or --prod-account is needed: an environment is an AWS account and a branch"))
	}
	if len(faults) > 0 {
		return answers, unanswered(faults)
	}
	return answers, nil
}

// unanswered is what flags lack where there is no terminal to ask on.
func unanswered(faults []error) error {
	lines := []string{"gen init asks on a terminal, and here is none:"}
	for _, fault := range faults {
		lines = append(lines, "  "+fault.Error())
	}
	return usage("give each as a flag, such as --region eu-west-2; gen init --help lists them", "%s", strings.Join(lines, "\n"))
}

// ask puts a question until the answer is one.
func ask(streams Streams, lines *bufio.Scanner, q start.Question, answer *string) error {
	for {
		fmt.Fprintf(streams.Err, "%s (%s): ", q.Text, q.Help)
		if !lines.Scan() {
			return usageError{fmt.Errorf("--%s: no answer", q.Flag)}
		}
		*answer = strings.TrimSpace(lines.Text())
		fault := q.Fault(*answer)
		if fault == "" {
			return nil
		}
		fmt.Fprintln(streams.Err, "  "+fault)
	}
}

// initStart writes the files and says what to do next.
func initStart(ctx context.Context, streams Streams, dir string, answers start.Answers) error {
	if err := output.Folder(dir); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	root, release, err := lockedDir(ctx, dir)
	if err != nil {
		return err
	}
	defer release()
	tree, problems, err := start.Files(root.FS(), answers)
	if err != nil {
		return fmt.Errorf("make the files: %w", err)
	}
	if err := report(streams, problems); err != nil {
		return err
	}
	plan, problems, err := output.NewEdit(root, tree)
	if err != nil {
		return fmt.Errorf("compare with what is on disk: %w", err)
	}
	if err := report(streams, problems); err != nil {
		return err
	}
	if err := plan.Apply(nil); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	for _, c := range plan.Changes() {
		fmt.Fprintln(streams.Err, c.Kind, c.Path)
	}
	for _, sentence := range start.Todo(answers) {
		fmt.Fprintln(streams.Err, "to do: "+sentence)
	}
	return nil
}
