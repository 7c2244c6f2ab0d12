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
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/graph"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

func graphCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "graph",
		Usage:        "draw how Flux delivers the clusters, or their AWS resources",
		OnUsageError: onUsageError,
		Description: `gen graph                                     the stages of all clusters, for a page in markdown
gen graph --cluster dev-1 --aws               the AWS resources of one, with their references
gen graph --cluster dev-1 --aws -o svg        the same as a picture: write it to a file with >

It reads what gen clusters wrote, your patches included. An arrow points to what waits.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Value: "mermaid", Usage: "output format: `" + strings.Join(graph.Formats(), "|") + "`"},
			&cli.StringSliceFlag{Name: "environment", Usage: "only the environment `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "cluster", Usage: "only the cluster `NAME`; may be repeated"},
			&cli.BoolFlag{Name: "aws", Usage: "the AWS resources of each stage, not only the stages"},
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			format := cmd.String("output")
			if !slices.Contains(graph.Formats(), format) {
				return usageError{fmt.Errorf("--output %q: there are %s", format, strings.Join(graph.Formats(), ", "))}
			}
			selection := generate.Selection{Environments: cmd.StringSlice("environment"), Clusters: cmd.StringSlice("cluster")}
			return drawGraph(streams, selection, cmd.Bool("aws"), format)
		},
	}
}

// drawGraph prints the graph of the current folder's tree. What is not asked for is not built.
func drawGraph(streams Streams, selection generate.Selection, objects bool, format string) error {
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), streams)
	if err != nil {
		return err
	}
	if unknown := selection.Check(fleet); len(unknown) > 0 {
		return usageError{errors.New(unknown[0].Message + "; " + unknown[0].Hint)}
	}
	known, err := kinds("")
	if err != nil {
		return err
	}
	files, err := manifest.ReadFiles(os.DirFS("."))
	if err != nil {
		return fmt.Errorf("read the tree: %w", err)
	}
	tree, err := manifest.LoadPart(files, known, func(dir string) bool {
		environment, cluster, ok := layout.ClusterOf(dir)
		return !ok || selection.Has(environment, cluster)
	}, nil)
	if err != nil {
		return fmt.Errorf("build the tree: %w", err)
	}
	if err := report(streams, tree.Problems()); err != nil {
		return err
	}
	g := graph.Draw(tree, selection.Has, objects)
	if len(g.Frames) == 0 {
		return report(streams, diag.List{{File: "flux", Message: "there is nothing to draw here", Hint: "run gen clusters in the root of the repository first"}})
	}
	if n := len(g.Arrows); format == "mermaid" && n > graph.MermaidArrows {
		fmt.Fprintf(streams.Err, "the graph has %d arrows, and Mermaid draws at most %d\n  hint: choose clusters with --cluster or --environment, or write -o svg\n", n, graph.MermaidArrows)
	}
	return g.Write(streams.Out, format)
}
