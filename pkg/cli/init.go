package cli

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/ci"
	"eks-auto-gitops/pkg/output"
)

func initCICommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "ci",
		Usage:        "write a pipeline that checks every change and comments on what it does",
		OnUsageError: onUsageError,
		Description: `Writes the pipeline, and adds lines to .gitattributes and CODEOWNERS, for the fleet in clusters/clusters.yaml.
Existing files are not overwritten, and none of your lines is changed.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "provider", Usage: "where the repository is: github or gitlab"},
			&cli.StringFlag{Name: "gen-source", Usage: "the pipeline builds gen from the Git repository `URL`"},
			&cli.StringFlag{Name: "gen-revision", Value: streams.Build.builtFrom().Commit, Usage: "the pipeline builds gen from this `COMMIT`"},
			&cli.StringSliceFlag{Name: "owner", Usage: "`OWNER` approves changes of production: @user, @group/team or an address; may be repeated"},
			&cli.BoolFlag{Name: "dry-run", Usage: "write nothing; print what would change"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			opts, err := ciOptions(cmd)
			if err != nil {
				return err
			}
			return initCI(ctx, streams, opts, cmd.Bool("dry-run"))
		},
	}
}

func ciOptions(cmd *cli.Command) (ci.Options, error) {
	opts := ci.Options{
		Host: ci.Host(cmd.String("provider")), Owners: cmd.StringSlice("owner"),
		Source: cmd.String("gen-source"), Revision: cmd.String("gen-revision"),
	}
	if opts.Host != ci.GitHub && opts.Host != ci.GitLab {
		if opts.Host == "" {
			return opts, usage("gen init ci --provider github, or gitlab", "--provider is missing: where does the repository live?")
		}
		return opts, usage("write --provider github or --provider gitlab; elsewhere run gen clusters --check and gen verify in a job of your own", "--provider %q is not known", opts.Host)
	}
	owner := regexp.MustCompile(`^(@@?[\w.-]+(/[\w.-]+)*|[^\s@#]+@[^\s@#]+)$`)
	for _, name := range opts.Owners {
		if !owner.MatchString(name) {
			return opts, usageError{fmt.Errorf("--owner %q: want @user, @group/team or an address", name)}
		}
	}
	for flag, value := range map[string]string{"gen-source": opts.Source, "gen-revision": opts.Revision} {
		if strings.HasPrefix(value, "-") {
			return opts, usageError{fmt.Errorf("--%s %q: git would take it for a flag", flag, value)}
		}
	}
	return opts, nil
}

// initCI writes the files, or prints how they would change.
func initCI(ctx context.Context, streams Streams, opts ci.Options, dryRun bool) error {
	root, release, err := lockedRoot(ctx)
	if err != nil {
		return err
	}
	defer release()
	fleet, err := load(root.FS(), streams)
	if err != nil {
		return err
	}
	tree, refused, err := ci.Files(root.FS(), fleet, opts)
	if err != nil {
		return fmt.Errorf("make the files: %w", err)
	}
	plan, problems, err := output.NewEdit(root, tree)
	if err != nil {
		return fmt.Errorf("compare with what is on disk: %w", err)
	}
	if plan != nil && dryRun {
		if err := plan.Diff(streams.Out); err != nil {
			return fmt.Errorf("print differences: %w", err)
		}
	}
	if err := report(streams, append(problems, refused...)); err != nil || dryRun {
		return err
	}
	return writeCI(streams, root.FS(), plan, opts)
}

// writeCI writes the files and says what is left to do.
func writeCI(streams Streams, repository fs.FS, plan *output.Plan, opts ci.Options) error {
	if err := plan.Apply(nil); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	for _, c := range plan.Changes() {
		fmt.Fprintln(streams.Err, c.Kind, c.Path)
	}
	todo, err := ci.Todo(repository, opts)
	for _, sentence := range todo {
		fmt.Fprintln(streams.Err, "to do: "+sentence)
	}
	return err
}
