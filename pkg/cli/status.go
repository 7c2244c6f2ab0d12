package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/status"
)

// watchInterval is how often gen status looks again.
const watchInterval = 5 * time.Second

func statusCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "status",
		Usage:        "show the state of each cluster on the hub, and what blocks it",
		OnUsageError: onUsageError,
		Description: `The only command that talks to a cluster: the hub, through your kubeconfig, read-only.
gen status --cluster dev-1       the stages of a cluster, and the conditions of ACK and Helm that block it
gen status --watch               again whenever something changes, until Ctrl-C
Exits with 1 if anything is not ready.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "table", Usage: "output format: `" + strings.Join(status.Formats(), "|") + "`"},
			&cli.BoolFlag{Name: "watch", Aliases: []string{"w"}, Usage: "print it again whenever it changes"},
			&cli.StringFlag{Name: "kubeconfig", Usage: "the kubeconfig `FILE`; by default what kubectl uses"},
			&cli.StringFlag{Name: "context", Usage: "the context `NAME` in it; by default the current one"},
			&cli.StringSliceFlag{Name: "environment", Usage: "only the environment `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "cluster", Usage: "only the cluster `NAME`; may be repeated"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			format := cmd.String("output")
			if !slices.Contains(status.Formats(), format) {
				return usageError{fmt.Errorf("--output %q: there are %s", format, strings.Join(status.Formats(), ", "))}
			}
			hub, err := status.Connect(cmd.String("kubeconfig"), cmd.String("context"))
			if err != nil {
				return hinted{err, "--kubeconfig FILE and --context NAME say which cluster is the hub"}
			}
			return showStatus(ctx, streams, hub, statusFlags{format, cmd.Bool("watch"), cmd.StringSlice("environment"), cmd.StringSlice("cluster")})
		},
	}
}

type statusFlags struct {
	format                 string
	watch                  bool
	environments, clusters []string
}

// has reports whether a cluster is asked for; an environment without clusters is asked for unless clusters are named.
func (f statusFlags) has(environment, cluster string) bool {
	return (len(f.environments) == 0 || slices.Contains(f.environments, environment)) &&
		(len(f.clusters) == 0 || slices.Contains(f.clusters, cluster))
}

// showStatus prints what the hub says, and with watch again whenever that has changed.
func showStatus(ctx context.Context, streams Streams, hub status.Hub, flags statusFlags) error {
	if flags.watch {
		return watchStatus(ctx, streams, hub, flags)
	}
	report, err := hub.Read(ctx, flags.has)
	if err != nil {
		return notWhileEnding(ctx, err)
	}
	if err := status.Print(streams.Out, report, flags.format, now(streams)); err != nil {
		return err
	}
	switch {
	case len(report.Environments) == 0:
		return usage("gen list shows what is in clusters.yaml; flux/hub brings an environment to the hub", "the hub has none of these clusters")
	case !report.Ready():
		return errProblems
	}
	return nil
}

func watchStatus(ctx context.Context, streams Streams, hub status.Hub, flags statusFlags) error {
	ticker := time.NewTicker(watchInterval)
	defer ticker.Stop()
	first := true
	show := func(report status.Report) error {
		if !first && flags.format == "table" {
			fmt.Fprintln(streams.Out)
		}
		first = false
		return status.Print(streams.Out, report, flags.format, now(streams))
	}
	lost := func(err error) { fmt.Fprintf(streams.Err, "gen: %v; asking again every %s\n", err, watchInterval) }
	if err := hub.Watch(ctx, flags.has, ticker.C, show, lost); err != nil {
		return notWhileEnding(ctx, err)
	}
	return nil
}

// notWhileEnding is no error where somebody has ended the command.
func notWhileEnding(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return hinted{err, "gen status needs get and list of namespaces, and of what is in those of the clusters"}
}

func now(streams Streams) time.Time {
	if streams.Now == nil {
		return time.Time{}
	}
	return streams.Now()
}
