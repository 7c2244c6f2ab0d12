package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/list"
)

func listCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "list",
		Usage:        "list the clusters of " + layout.ClustersFile + " with what they inherit",
		OnUsageError: onUsageError,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "table", Usage: "output format: `" + strings.Join(list.Formats(), "|") + "`"},
			&cli.StringSliceFlag{Name: "environment", Usage: "only the environment `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "cluster", Usage: "only the cluster `NAME`; may be repeated"},
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			format := cmd.String("output")
			if !slices.Contains(list.Formats(), format) {
				return usageError{fmt.Errorf("--output %q: there are %s", format, strings.Join(list.Formats(), ", "))}
			}
			return listClusters(streams, generate.Selection{Environments: cmd.StringSlice("environment"), Clusters: cmd.StringSlice("cluster")}, format)
		},
	}
}

// listClusters prints the clusters of the current folder's fleet.
func listClusters(streams Streams, selection generate.Selection, format string) error {
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), streams)
	if err != nil {
		return err
	}
	if unknown := selection.Check(fleet); len(unknown) > 0 {
		return usageError{errors.New(unknown[0].Message + "; " + unknown[0].Hint)}
	}
	return list.Print(streams.Out, list.Rows(fleet, selection.Has), format)
}
