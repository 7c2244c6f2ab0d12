package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/importer"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/output"
)

func importCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "import",
		Usage:        "write a clusters.yaml that takes over existing clusters",
		ArgsUsage:    "FILE…",
		OnUsageError: onUsageError,
		Description: `aws eks describe-cluster --name shop > shop.json
gen import shop.json --repository https://github.com/example/fleet.git --hub-account 777788889999

Reads what the AWS CLI prints (eks describe-cluster, describe-access-entry, list-associated-access-policies, describe-addon,
describe-pod-identity-association; ec2 describe-subnets; logs describe-log-groups), an eksctl ClusterConfig with Auto Mode, and
terraform show -json. ACK only observes the clusters until you write "mode: full". What does not map is listed.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Value: "fleet", Usage: "`NAME` of the fleet"},
			&cli.StringFlag{Name: "repository", Usage: "`URL` from which Flux reads the repository"},
			&cli.StringFlag{Name: "hub-account", Usage: "AWS account `ID` of the hub"},
			&cli.StringFlag{Name: "oidc-issuer", Usage: "OIDC issuer `URL` of the hub; empty if there is no hub yet"},
			&cli.StringFlag{Name: "environment", Value: "prod", Usage: "`NAME` of the environment"},
			&cli.StringFlag{Name: "branch", Value: "main", Usage: "`BRANCH` that delivers it"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to the new `FILE`, not to standard output"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			settings := importer.Settings{
				Name: cmd.String("name"), Repository: cmd.String("repository"), HubAccount: cmd.String("hub-account"),
				OIDCIssuer: cmd.String("oidc-issuer"), Environment: cmd.String("environment"), Branch: cmd.String("branch"),
			}
			switch {
			case cmd.Args().Len() == 0:
				return usageError{errors.New("import: want the files that describe the clusters")}
			case settings.Repository == "" || settings.HubAccount == "":
				return usage("no cluster says them; an example: --repository https://github.com/example/fleet.git --hub-account 777788889999",
					"import: --repository and --hub-account are needed")
			}
			return importFiles(ctx, streams, cmd.Args().Slice(), settings, cmd.String("output"))
		},
	}
}

func importFiles(ctx context.Context, streams Streams, names []string, settings importer.Settings, target string) error {
	files := make([]importer.File, 0, len(names))
	for _, name := range names {
		content, err := os.ReadFile(name) // whatever somebody names, a pipe of the shell too
		if err != nil {
			return fmt.Errorf("read what to import: %w", err)
		}
		files = append(files, importer.File{Name: name, Content: content})
	}
	content, problems := importer.Fleet(files, settings)
	found := report(streams, problems)
	if content == nil {
		return found
	}
	// What is wrong with clusters.yaml itself is for people to put right there.
	if target != "" {
		if err := writeNew(ctx, streams, target, content); err != nil {
			return err
		}
	} else if _, err := streams.Out.Write(content); err != nil {
		return fmt.Errorf("print clusters.yaml: %w", err)
	}
	return found
}

// writeNew writes a file that is not there yet.
func writeNew(ctx context.Context, streams Streams, file string, content []byte) error {
	dir, name := filepath.Split(file)
	dir = cmp.Or(dir, ".")
	if err := output.Folder(dir); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	root, release, err := lockedDir(ctx, dir)
	if err != nil {
		return err
	}
	defer release()
	if _, err := root.Lstat(name); err == nil {
		return report(streams, diag.List{{File: file, Message: "is there already", Hint: "give --output another name, and copy from there what you need"}})
	}
	tree := layout.NewTree()
	if err := tree.Add(name, content); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	plan, problems, err := output.NewEdit(root, tree)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err := report(streams, problems); err != nil {
		return err
	}
	if err := plan.Apply(nil); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	fmt.Fprintln(streams.Err, "added", file)
	return nil
}
