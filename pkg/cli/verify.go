package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify"
)

func verifyCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "verify",
		Usage:        "check what Flux would apply, patches included; needs no cluster and no network",
		ArgsUsage:    "[DIR...]",
		OnUsageError: onUsageError,
		Description: `Each DIR is the root of a repository; without one it is the current folder.
A comment in clusters/clusters.yaml, in a cluster or right above it, silences one check for that cluster:

  # gen:allow CHECK reason

Errors exit with 1, warnings and notes do not.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "crds", Usage: "CRDs in the folder `DIR` add to those built in, or replace them"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "text, json, github, gitlab or sarif"},
			&cli.BoolFlag{Name: "strict", Usage: "treat every warning as an error"},
			&cli.StringFlag{Name: "explain", Usage: "say what the check `NAME` looks for and why"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if name := cmd.String("explain"); name != "" {
				return explainCheck(streams.Out, name)
			}
			dirs, err := repositories(cmd.Args().Slice())
			if err != nil {
				return err
			}
			print, ok := formats()[cmd.String("format")]
			if !ok {
				return usageError{fmt.Errorf("unknown format %q; there are text, json, github, gitlab and sarif", cmd.String("format"))}
			}
			return verifyAll(ctx, streams, verifyFlags{dirs: dirs, crds: cmd.String("crds"), strict: cmd.Bool("strict"), print: print})
		},
	}
}

type verifyFlags struct {
	dirs   []string
	crds   string
	strict bool
	print  func(io.Writer, []verify.Finding) error
}

// formats are the ways to print findings.
func formats() map[string]func(io.Writer, []verify.Finding) error {
	return map[string]func(io.Writer, []verify.Finding) error{
		"text": verify.Text, "json": verify.JSON, "github": verify.GitHub, "gitlab": verify.GitLab, "sarif": verify.SARIF,
	}
}

// verifyAll checks the trees in some folders and prints what is wrong: findings are the data of this command. A
// folder that cannot be read does not keep the others from being told about.
func verifyAll(ctx context.Context, streams Streams, flags verifyFlags) error {
	known, err := kinds(flags.crds)
	if err != nil {
		return err
	}
	var report verify.Report
	var unread []error
	for _, dir := range flags.dirs {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("verify %s: %w", dir, err)
		}
		if err := verifyTree(&report, streams, dir, known); err != nil {
			unread = append(unread, err)
		}
	}
	if len(unread) == len(flags.dirs) {
		return errors.Join(unread...)
	}
	if flags.strict {
		report.Strict()
	}
	if err := flags.print(streams.Out, report.Findings); err != nil {
		return err
	}
	fmt.Fprintln(streams.Err, report.Summary())
	if first := report.First(); first != "" {
		fmt.Fprintln(streams.Err, "  hint: "+first)
	}
	if len(unread) == 0 && verify.HasErrors(report.Findings) {
		return errProblems
	}
	return errors.Join(unread...)
}

// verifyTree adds to the report what is wrong with the tree in a folder.
func verifyTree(report *verify.Report, streams Streams, dir string, known *schema.Set) error {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %s: %w\n  hint: without a name gen verify checks the current folder; a name is that of another folder with clusters/ and flux/", dir, fs.ErrNotExist)
	}
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	defer root.Close() //nolint:errcheck // it was only read through
	tree, err := manifest.Load(root.FS(), known)
	if err != nil {
		return fmt.Errorf("verify %s: %w", dir, err)
	}
	if streams.Now != nil {
		tree.Today = streams.Now()
	}
	report.Add(filepath.ToSlash(dir), tree, verify.Run(tree, verify.Checks()))
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

// explain prints what a check is for, and whether it can be silenced.
func explainCheck(w io.Writer, name string) error {
	var names []string
	for _, check := range verify.Checks() {
		if check.Name == name {
			fmt.Fprintf(w, "%s: %s\n\n%s\n", check.Name, check.Doc, check.Why)
			if !check.Mandatory {
				fmt.Fprintf(w, "\nTo silence it for one cluster, write into clusters.yaml: # gen:allow %s reason\n", check.Name)
			}
			return nil
		}
		names = append(names, check.Name)
	}
	hint := "; the checks are " + strings.Join(names, ", ")
	if near := diag.Nearest(name, names); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return usageError{errors.New("there is no check " + name + hint)}
}
