package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/hub"
	"eks-auto-gitops/pkg/output"
)

func initHubCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "hub",
		Usage:        "write everything that creates the hub: CloudFormation templates, and what Flux applies there",
		OnUsageError: onUsageError,
		Description: `Writes hub/ for the fleet in clusters/clusters.yaml, which may lack hub.oidcIssuer until the hub exists.
hub/README.md has the steps in order. Run it again when the fleet has changed: a file that you have changed is not overwritten.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "ack", Usage: "where ACK comes from: charts, or managed for the EKS capability (default: as in hub/, else charts)"},
			&cli.StringFlag{Name: "provider", Value: "cloudformation", Usage: "what creates the hub in AWS: cloudformation"},
			&cli.BoolFlag{Name: "check", Usage: "write nothing; print what is out of date and exit with 1 if anything is"},
			&cli.BoolFlag{Name: "dry-run", Usage: "write nothing; print what would change"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			flags := hubFlags{ack: cmd.String("ack"), check: cmd.Bool("check"), dryRun: cmd.Bool("dry-run")}
			if err := flags.validate(cmd.String("provider")); err != nil {
				return err
			}
			return initHub(ctx, streams, flags)
		},
	}
}

type hubFlags struct {
	ack           string
	check, dryRun bool
}

func (f hubFlags) validate(provider string) error {
	switch {
	case provider == "terraform":
		return usageError{errors.New("--provider terraform: not offered; the CloudFormation templates need no state of their own, and Terraform can deploy them as aws_cloudformation_stack")}
	case provider != "cloudformation":
		return usageError{fmt.Errorf("--provider %q: there is cloudformation", provider)}
	case !slices.Contains([]string{"", hub.Charts, hub.Managed}, f.ack):
		return usageError{fmt.Errorf("--ack %q: there are %s and %s", f.ack, hub.Charts, hub.Managed)}
	case f.check && f.dryRun:
		return usageError{errors.New("--check and --dry-run: choose one")}
	}
	return nil
}

// initHub writes the files, or prints how they would change.
func initHub(ctx context.Context, streams Streams, flags hubFlags) error {
	root, release, err := lockedRoot(ctx)
	if err != nil {
		return err
	}
	defer release()
	fleet, err := loadBy(config.LoadForHub, root.FS(), streams)
	if err != nil {
		return err
	}
	delivered, unread, err := generate.FindDelivered(root.FS())
	if err != nil {
		return fmt.Errorf("look for clusters on disk: %w", err)
	}
	if err := report(streams, append(unread, generate.CheckAccounts(fleet, delivered)...)); err != nil {
		return err
	}
	result, problems, err := hub.Files(root.FS(), fleet, hub.Options{ACK: flags.ack})
	if err != nil {
		return fmt.Errorf("make the files: %w", err)
	}
	if err := report(streams, problems); err != nil {
		return err
	}
	plan, problems, err := output.NewEdit(root, result.Tree)
	if err != nil {
		return fmt.Errorf("compare with what is on disk: %w", err)
	}
	if err := report(streams, problems); err != nil {
		return err
	}
	if flags.check || flags.dryRun {
		return showHub(streams, root, plan, result, flags.check)
	}
	return writeHub(streams, fleet, plan, result)
}

// showHub prints how the files would change, and those of people as gen would write them.
func showHub(streams Streams, root *os.Root, plan *output.Plan, result *hub.Result, check bool) error {
	if err := plan.Diff(streams.Out); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	theirs, err := result.Theirs()
	if err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	other, _, err := output.NewEdit(root, theirs)
	if err != nil {
		return fmt.Errorf("compare with what is on disk: %w", err)
	}
	if err := other.Diff(streams.Out); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	if err := report(streams, result.Notes()); err != nil {
		return err
	}
	different := slices.ContainsFunc(plan.Changes(), func(c output.Change) bool { return c.Kind != output.Unchanged })
	if check && (different || len(result.Changed)+len(result.Stale) > 0) {
		fmt.Fprintln(streams.Err, "hub/ is not what "+fileName+" says\n  hint: run "+hub.Command+" and deploy what changes; hub/README.md says how")
		return errProblems
	}
	return nil
}

// writeHub writes the files and says what to do next.
func writeHub(streams Streams, fleet *config.Fleet, plan *output.Plan, result *hub.Result) error {
	if err := plan.Apply(nil); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	changed := map[string]bool{}
	for _, c := range plan.Changes() {
		fmt.Fprintln(streams.Err, c.Kind, c.Path)
		changed[c.Path] = c.Kind != output.Unchanged
	}
	if err := report(streams, result.Notes()); err != nil {
		return err
	}
	for _, sentence := range hub.Todo(fleet, changed) {
		fmt.Fprintln(streams.Err, "to do: "+sentence)
	}
	return nil
}
