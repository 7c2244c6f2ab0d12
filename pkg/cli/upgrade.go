package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/edit"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
	"eks-auto-gitops/pkg/upgrade"
)

func upgradeCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name: "upgrade", Usage: "set the Kubernetes version of a cluster, by default to the next", ArgsUsage: "CLUSTER", OnUsageError: onUsageError,
		Description: `gen upgrade dev-1         the next version
gen upgrade --list        what else is newer and known to work, with the commands that write it`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "list", Usage: "change nothing; list newer versions of Kubernetes, charts and add-ons that are known to work"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "table", Usage: "output format of the list: `" + strings.Join(upgrade.Formats(), "|") + "`"},
			&cli.StringFlag{Name: "to", Usage: "the `VERSION`, such as 1.36; EKS upgrades one minor version at a time"},
			dryRunFlag(),
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Bool("list") {
				return listUpgrades(streams, cmd)
			}
			if cmd.IsSet("output") {
				return usageError{errors.New("--output is for --list")}
			}
			cluster, err := onlyArgument(cmd, "the name of a cluster")
			if err != nil {
				return err
			}
			return amend(ctx, streams, cmd.Bool("dry-run"), "gen clusters && gen diff, then commit and push", func(fleet *config.Fleet, src []byte) ([]byte, error) {
				to := cmd.String("to")
				for _, c := range fleet.Clusters {
					if c.Name == cluster && to == "" {
						if to = config.NextVersion(c.Version); to == "" {
							return nil, usageError{fmt.Errorf("%s has %s, and gen knows no newer version; give one with --to", cluster, c.Version)}
						}
					}
				}
				if from := versionOf(fleet, cluster); minor(to) > 0 && minor(to) < minor(from) {
					return nil, hinted{
						fmt.Errorf("%s has %s, and %s is older: that is no upgrade", cluster, from, to),
						fmt.Sprintf("EKS rolls back one minor version, within 7 days, and ACK does not support it: README, Rolling Kubernetes back, has the order; gen set --cluster %s version '%q' writes it", cluster, to),
					}
				}
				return edit.Upgrade(src, cluster, to)
			})
		},
	}
}

// listUpgrades prints what is newer, of the clusters that are named or of all.
func listUpgrades(streams Streams, cmd *cli.Command) error {
	format := cmd.String("output")
	switch {
	case !slices.Contains(upgrade.Formats(), format):
		return usageError{fmt.Errorf("--output %q: there are %s", format, strings.Join(upgrade.Formats(), ", "))}
	case cmd.IsSet("to") || cmd.Bool("dry-run"):
		return usageError{errors.New("--list changes nothing: leave out --to and --dry-run")}
	}
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), streams)
	if err != nil {
		return err
	}
	selection := generate.Selection{Clusters: cmd.Args().Slice()}
	if unknown := selection.Check(fleet); len(unknown) > 0 {
		return usageError{errors.New(strings.TrimPrefix(unknown[0].Message, "--cluster ") + "; " + unknown[0].Hint)}
	}
	source, err := readfile.Read(os.DirFS("."), layout.ClustersFile)
	if err != nil {
		return fmt.Errorf("read the fleet: %w", err)
	}
	list, err := upgrade.List(fleet, source, selection.Has)
	if err != nil {
		return err
	}
	if len(list) == 0 && format == "table" {
		fmt.Fprintln(streams.Err, "there is nothing newer that this gen knows to work")
		return nil
	}
	return upgrade.Print(streams.Out, list, format)
}

func versionOf(fleet *config.Fleet, cluster string) string {
	for _, c := range fleet.Clusters {
		if c.Name == cluster {
			return c.Version
		}
	}
	return ""
}

// minor is the second number of a version of Kubernetes, the first of which is 1; else 0.
func minor(version string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(version, "1."))
	if err != nil {
		return 0
	}
	return n
}
