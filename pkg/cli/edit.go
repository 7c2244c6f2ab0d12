package cli

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/edit"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/output"
	"eks-auto-gitops/pkg/readfile"
)

// editCommands change clusters.yaml, each in one place, and leave every other line as it is.
func editCommands(streams Streams) []*cli.Command {
	return []*cli.Command{
		{
			Name: "add", Usage: "add to " + layout.ClustersFile, OnUsageError: onUsageError,
			Commands: []*cli.Command{addClusterCommand(streams)},
			Action: func(_ context.Context, cmd *cli.Command) error {
				if name := cmd.Args().First(); name != "" {
					return usage("gen add cluster "+name+" --environment NAME adds a cluster", "gen add does not know %q", name)
				}
				return usage("gen add cluster NAME --environment NAME adds a cluster", "gen add: add what?")
			},
		},
		oneCluster(streams, "retire", "prepare the removal of a cluster: its releases are uninstalled, then its nodes go", retire,
			"gen clusters, commit and push; when its nodes are gone: gen remove %s"),
		oneCluster(streams, "remove", "take a cluster that is retiring out of "+layout.ClustersFile, remove,
			"gen clusters, commit and push; then %s is deleted in AWS"),
		upgradeCommand(streams),
		setCommand(streams),
	}
}

// oneCluster is a command whose argument is the name of a cluster.
func oneCluster(streams Streams, name, usage string, change func(fleet *config.Fleet, src []byte, cluster string) ([]byte, error), next string) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "CLUSTER", OnUsageError: onUsageError,
		Flags: []cli.Flag{dryRunFlag()},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			cluster, err := onlyArgument(cmd, "the name of a cluster")
			if err != nil {
				return err
			}
			return amend(ctx, streams, cmd.Bool("dry-run"), fmt.Sprintf(next, cluster), func(fleet *config.Fleet, src []byte) ([]byte, error) {
				return change(fleet, src, cluster)
			})
		},
	}
}

func retire(_ *config.Fleet, src []byte, cluster string) ([]byte, error) {
	return edit.Retire(src, cluster)
}

// remove takes out what is retiring. What was never generated would be let go by gen clusters, too: set state first all
// the same, so that nobody has to know which of the two it is.
func remove(fleet *config.Fleet, src []byte, cluster string) ([]byte, error) {
	for _, c := range fleet.Clusters {
		if c.Name == cluster && c.State != config.StateRetiring {
			return nil, hinted{
				fmt.Errorf("%s is not retiring", cluster),
				fmt.Sprintf("gen retire %s comes first, and has to reach the cluster: when its nodes are gone, remove it", cluster),
			}
		}
	}
	return edit.RemoveCluster(src, cluster)
}

func dryRunFlag() cli.Flag {
	return &cli.BoolFlag{Name: "dry-run", Usage: "write nothing; print what would change"}
}

func onlyArgument(cmd *cli.Command, what string) (string, error) {
	if cmd.Args().Len() != 1 {
		return "", usageError{fmt.Errorf("%s: want one argument, %s", cmd.Name, what)}
	}
	return cmd.Args().First(), nil
}

func addClusterCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name: "cluster", Usage: "add a cluster, with the next free network of its environment's cidrPool", ArgsUsage: "NAME", OnUsageError: onUsageError,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "environment", Usage: "the `NAME` of its environment", Required: true},
			&cli.StringFlag{Name: "version", Value: config.NewestVersion(), Usage: "its Kubernetes `VERSION`"},
			&cli.StringFlag{Name: "cidr", Usage: "the `RANGE` of its VPC (default: the next free one of the environment's cidrPool)"},
			dryRunFlag(),
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			name, err := onlyArgument(cmd, "the name of the cluster")
			if err != nil {
				return err
			}
			c := edit.New{Name: name, Environment: cmd.String("environment"), Version: cmd.String("version")}
			if text := cmd.String("cidr"); text != "" {
				if c.CIDR, err = netip.ParsePrefix(text); err != nil {
					return usageError{fmt.Errorf("--cidr %q: write a range such as 10.10.0.0/16", text)}
				}
			}
			return amend(ctx, streams, cmd.Bool("dry-run"), "gen clusters && gen verify, commit and push", func(fleet *config.Fleet, src []byte) ([]byte, error) {
				return addCluster(fleet, src, c)
			})
		},
	}
}

func addCluster(fleet *config.Fleet, src []byte, c edit.New) ([]byte, error) {
	if _, err := edit.Cluster(src, c.Name); err == nil {
		return nil, fmt.Errorf("there is a cluster named %s", c.Name)
	}
	if !c.CIDR.IsValid() {
		free, ok := edit.FreeCIDR(fleet, c.Environment)
		if !ok {
			if _, err := edit.Environment(src, c.Environment); err != nil {
				return nil, usageError{err}
			}
			return nil, usageError{fmt.Errorf("--cidr is needed: the environment %s has no cidrPool, or no room in it", c.Environment)}
		}
		c.CIDR = free
	}
	return edit.AddCluster(src, c)
}

func setCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name: "set", Usage: "set a field of " + layout.ClustersFile, ArgsUsage: "FIELD VALUE", OnUsageError: onUsageError,
		Description: `gen set --cluster dev-1 nodes.pools[compute].limits.cpu 128
gen set --environment prod endpoint.publicCIDRs '[203.0.113.0/24]'
gen set defaults.zonalShift true`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "cluster", Usage: "the field of the cluster `NAME`"},
			&cli.StringFlag{Name: "environment", Usage: "the field of the environment `NAME`"},
			dryRunFlag(),
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Len() != 2 {
				return usage("such as gen set --cluster dev-1 version 1.36; put a value with spaces or brackets in quotes", "set: want two arguments, a field and its value as YAML")
			}
			if cmd.IsSet("cluster") && cmd.IsSet("environment") {
				return usageError{errors.New("--cluster and --environment: choose one")}
			}
			return amend(ctx, streams, cmd.Bool("dry-run"), "gen clusters && gen diff, then commit and push", func(_ *config.Fleet, src []byte) ([]byte, error) {
				return set(cmd, src)
			})
		},
	}
}

func set(cmd *cli.Command, src []byte) ([]byte, error) {
	var from edit.Path
	var err error
	switch {
	case cmd.IsSet("cluster"):
		from, err = edit.Cluster(src, cmd.String("cluster"))
	case cmd.IsSet("environment"):
		from, err = edit.Environment(src, cmd.String("environment"))
	}
	if err != nil {
		return nil, err
	}
	path, err := edit.ParsePath(src, from, cmd.Args().First())
	if err != nil {
		return nil, err
	}
	return setText(src, path, cmd.Args().Get(1))
}

// setText is edit.Set for a value from a command line. There a shell has taken the quotes off, so what clusters.yaml wants as text
// and YAML reads as a number, such as 1.36, gets them back.
func setText(src []byte, path edit.Path, value string) ([]byte, error) {
	changed, err := edit.Set(src, path, value)
	if err != nil {
		return nil, err
	}
	quoted := strconv.Quote(value)
	_, problems := config.LoadForHub(layout.ClustersFile, changed)
	if slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Hint == "write "+quoted }) {
		return edit.Set(src, path, quoted)
	}
	return changed, nil
}

// amend changes clusters.yaml and checks it at once: with errors nothing is written.
func amend(ctx context.Context, streams Streams, dryRun bool, next string, change func(fleet *config.Fleet, src []byte) ([]byte, error)) error {
	root, release, err := lockedRoot(ctx)
	if err != nil {
		return err
	}
	defer release()
	src, err := readfile.Read(root.FS(), layout.ClustersFile)
	if err != nil {
		_, err := load(root.FS(), streams) // says what is wrong
		return err
	}
	fleet, problems := config.LoadForHub(layout.ClustersFile, src)
	if fleet == nil {
		return report(streams, problems.Quote(layout.ClustersFile, src))
	}
	changed, err := change(fleet, src)
	if err != nil {
		return usageError{err}
	}
	return write(streams, root, changed, dryRun, next)
}

func write(streams Streams, root *os.Root, changed []byte, dryRun bool, next string) error {
	_, problems := config.LoadForHub(layout.ClustersFile, changed)
	if err := report(streams, problems.Quote(layout.ClustersFile, changed)); err != nil {
		fmt.Fprintln(streams.Err, "nothing was written")
		return err
	}
	tree := layout.NewTree()
	if err := tree.Add(layout.ClustersFile, changed); err != nil {
		return fmt.Errorf("change %s: %w", layout.ClustersFile, err)
	}
	plan, inWay, err := output.NewEdit(root, tree)
	if err != nil {
		return fmt.Errorf("compare with what is on disk: %w", err)
	}
	if err := report(streams, inWay); err != nil {
		return err
	}
	if err := plan.Diff(streams.Out); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	if dryRun {
		return nil
	}
	if err := plan.Apply(nil); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	fmt.Fprintln(streams.Err, "next: "+strings.TrimSpace(next))
	return nil
}
