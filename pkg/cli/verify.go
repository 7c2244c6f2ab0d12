package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

func verifyCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "verify",
		Usage:        "check what Flux would apply, patches included; needs no cluster and no network",
		ArgsUsage:    "[DIR]",
		OnUsageError: onUsageError,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "crds", Usage: "CRDs in the folder `DIR` add to those built in, or replace them"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "text, json, github or sarif"},
			&cli.StringFlag{Name: "explain", Usage: "say what the check `NAME` looks for and why"},
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if name := cmd.String("explain"); name != "" {
				return explain(streams.Out, name)
			}
			print, ok := formats()[cmd.String("format")]
			switch {
			case !ok:
				return usageError{fmt.Errorf("unknown format %q; there are text, json, github and sarif", cmd.String("format"))}
			case cmd.Args().Len() > 1:
				return usageError{fmt.Errorf("unexpected argument %q", cmd.Args().Get(1))}
			}
			dir := cmd.Args().First()
			if dir == "" {
				dir = "."
			}
			return verifyTree(streams, dir, cmd.String("crds"), print)
		},
	}
}

// formats are the ways to print findings.
func formats() map[string]func(io.Writer, []verify.Finding) error {
	return map[string]func(io.Writer, []verify.Finding) error{"text": verify.Text, "json": verify.JSON, "github": verify.GitHub, "sarif": verify.SARIF}
}

// verifyTree checks the tree in a folder and prints what is wrong: findings are the data of this command.
func verifyTree(streams Streams, dir, crds string, print func(io.Writer, []verify.Finding) error) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	defer root.Close() //nolint:errcheck // it was only read through
	known, err := kinds(crds)
	if err != nil {
		return err
	}
	tree, err := verify.Load(root.FS(), known)
	if err != nil {
		return err
	}
	findings := verify.Run(tree, verify.Checks())
	if err := print(streams.Out, findings); err != nil {
		return err
	}
	fmt.Fprintln(streams.Err, verify.Summary(tree, findings))
	if verify.HasErrors(findings) {
		return errProblems
	}
	return nil
}

// kinds are those that are built in, and those of a folder if one is named.
func kinds(dir string) (*schema.Set, error) {
	known, err := schema.Embedded()
	if err != nil || dir == "" {
		return known, err
	}
	more, err := schema.Load(dir)
	if err != nil {
		return nil, err
	}
	return known.Merge(more), nil
}

// explain prints what a check is for.
func explain(w io.Writer, name string) error {
	var names []string
	for _, check := range verify.Checks() {
		if check.Name == name {
			fmt.Fprintf(w, "%s: %s\n\n%s\n", check.Name, check.Doc, check.Why)
			return nil
		}
		names = append(names, check.Name)
	}
	hint := fmt.Sprintf("; the checks are %v", names)
	if near := diag.Nearest(name, names); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return usageError{errors.New("there is no check " + name + hint)}
}
