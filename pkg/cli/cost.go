package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/cost"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/instance"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

func costCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "cost",
		Usage:        "estimate what the clusters of " + layout.ClustersFile + " cost per month",
		OnUsageError: onUsageError,
		Description: `gen cost                                        control planes, networks, keys, logs
gen cost --cluster dev-1 --nodes 3xm5a.xlarge   and these nodes, with the Auto Mode fee
gen cost --limits                               and the most that node pools can cost
gen cost --at 2027-04-01                        with the Kubernetes versions in extended support on that day

The prices are AWS's list prices of the date that it prints; docs/cost.md says where they come from.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "table", Usage: "output format: `" + strings.Join(cost.Formats(), "|") + "`"},
			&cli.StringSliceFlag{Name: "environment", Usage: "only the environment `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "cluster", Usage: "only the cluster `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "nodes", Usage: "`NODES` of each cluster, such as 3xm5a.xlarge, or of one, such as dev-1=3xm5a.xlarge; may be repeated"},
			&cli.BoolFlag{Name: "limits", Usage: "the most that node pools can cost within their limits"},
			&cli.Float64Flag{Name: "log-gb", Value: cost.DefaultLogGB, Usage: "the `GB` that each control plane with logging writes per month"},
			&cli.StringFlag{Name: "at", Usage: "the `DAY` that decides which versions are in extended support, such as 2027-04-01 (default: today)"},
			&cli.StringFlag{Name: "prices", Usage: "a `FILE` with prices that override the built-in ones: docs/cost.md"},
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			format := cmd.String("output")
			if !slices.Contains(cost.Formats(), format) {
				return usageError{fmt.Errorf("--output %q: there are %s", format, strings.Join(cost.Formats(), ", "))}
			}
			return printCost(streams, cmd, format)
		},
	}
}

func printCost(streams Streams, cmd *cli.Command, format string) error {
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), streams)
	if err != nil {
		return err
	}
	selection := generate.Selection{Environments: cmd.StringSlice("environment"), Clusters: cmd.StringSlice("cluster")}
	if unknown := selection.Check(fleet); len(unknown) > 0 {
		return usageError{errors.New(unknown[0].Message + "; " + unknown[0].Hint)}
	}
	opts, err := costOptions(streams, cmd)
	if err != nil {
		return err
	}
	for _, n := range opts.Nodes {
		if unknown := (generate.Selection{Clusters: []string{n.Cluster}}).Check(fleet); n.Cluster != "" && len(unknown) > 0 {
			return usageError{errors.New("--nodes: " + strings.TrimPrefix(unknown[0].Message, "--cluster ") + "; " + unknown[0].Hint)}
		}
	}
	return cost.Estimate(fleet, selection.Has, opts).Print(streams.Out, format)
}

// costOptions are what the flags say.
func costOptions(streams Streams, cmd *cli.Command) (cost.Options, error) {
	opts := cost.Options{Limits: cmd.Bool("limits"), LogGB: cmd.Float64("log-gb")}
	if streams.Now != nil {
		opts.At = streams.Now()
	}
	var err error
	if day := cmd.String("at"); day != "" {
		if opts.At, err = time.Parse(time.DateOnly, day); err != nil {
			return opts, usageError{fmt.Errorf("--at %q: write a day such as 2027-04-01", day)}
		}
	}
	switch {
	case opts.LogGB < 0:
		return opts, usageError{fmt.Errorf("--log-gb %v: write a number from 0", opts.LogGB)}
	case opts.Limits && cmd.IsSet("nodes"):
		return opts, usageError{errors.New("--nodes and --limits: choose one; the nodes that you expect are within the limits")}
	}
	if opts.Types, err = instance.Load(); err != nil {
		return opts, fmt.Errorf("read what is built in: %w", err)
	}
	if opts.Prices, err = costPrices(streams, cmd.String("prices")); err != nil {
		return opts, err
	}
	for _, text := range cmd.StringSlice("nodes") {
		n, err := cost.ParseNodes(text, opts.Types, opts.Prices)
		if err != nil {
			return opts, usageError{err}
		}
		opts.Nodes = append(opts.Nodes, n)
	}
	return opts, nil
}

// costPrices are those that are built in, with those of a file over them.
func costPrices(streams Streams, file string) (*cost.Prices, error) {
	prices, err := cost.Load()
	if err != nil || file == "" {
		return prices, err
	}
	source, err := readfile.Read(os.DirFS(filepath.Dir(file)), filepath.Base(file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{fmt.Errorf("--prices %s: there is no such file", file)}
	}
	if problem, ok := readfile.Problem(err); ok {
		problem.File = file
		return nil, report(streams, diag.List{problem})
	}
	if err != nil {
		return nil, fmt.Errorf("read the prices: %w", err)
	}
	return prices, report(streams, prices.Override(filepath.ToSlash(file), source))
}
