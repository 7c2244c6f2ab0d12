package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/output"
	"eks-auto-gitops/pkg/readfile"
)

func clustersCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "clusters",
		Usage:        "generate clusters/ and flux/ from " + layout.ClustersFile,
		OnUsageError: onUsageError,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "check", Usage: "write nothing; print what differs and exit with 1 if anything does"},
			&cli.BoolFlag{Name: "dry-run", Usage: "write nothing; list the files that would change"},
			&cli.StringSliceFlag{Name: "environment", Usage: "only the environment `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "cluster", Usage: "only the cluster `NAME`; may be repeated"},
			&cli.StringSliceFlag{Name: "allow-destroy", Usage: "allow the deletion of cluster `NAME` in AWS, or of CLUSTER/NAME in the wrong order"},
			&cli.BoolFlag{Name: "quiet", Usage: "print problems only"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if err := noArguments(cmd); err != nil {
				return err
			}
			return clusters(ctx, streams, clustersFlags{
				start: time.Now(),
				check: cmd.Bool("check"), dryRun: cmd.Bool("dry-run"), quiet: cmd.Bool("quiet"),
				selection:    generate.Selection{Environments: cmd.StringSlice("environment"), Clusters: cmd.StringSlice("cluster")},
				allowDestroy: cmd.StringSlice("allow-destroy"),
			})
		},
	}
}

type clustersFlags struct {
	start                time.Time
	check, dryRun, quiet bool
	selection            generate.Selection
	allowDestroy         []string
}

// clusters runs the pipeline in the current folder.
func clusters(ctx context.Context, streams Streams, flags clustersFlags) error {
	root, release, err := lockedRoot(ctx)
	if err != nil {
		return err
	}
	defer release()
	fleet, err := load(root.FS(), streams)
	if err != nil {
		return err
	}
	made, err := makeTree(root.FS(), fleet, flags)
	if err != nil {
		return err
	}
	plan, inWay, unread := output.NewPlan(root, made.tree, output.Options{Scope: flags.selection.Scope(fleet, made.tree)})
	parts, err := generate.CheckParts(root.FS(), fleet, made.tree, made.delivered, touched(plan, flags.selection), flags.allowDestroy)
	if err != nil {
		return fmt.Errorf("look for what goes: %w", err)
	}
	if err := report(streams, append(made.problems, quoted(root.FS(), parts)...)); err != nil {
		return err
	}
	if unread != nil {
		return fmt.Errorf("compare with what is on disk: %w", unread)
	}
	if err := report(streams, inWay); err != nil {
		return err
	}
	return finish(streams, fleet, plan, flags)
}

// touched says for which clusters on disk a plan changes or removes a file, or one of a base, which several share. Of a run about a
// part of the fleet, and without a plan, nobody knows: then it is every cluster.
func touched(plan *output.Plan, selection generate.Selection) func(generate.Delivered) bool {
	if plan == nil || !selection.All() {
		return func(generate.Delivered) bool { return true }
	}
	clusters, bases := map[string]bool{}, false
	for _, c := range plan.Changes() {
		if c.Kind == output.Changed || c.Kind == output.Removed {
			clusters[ownerOf(c.Path)] = true
			bases = bases || strings.HasPrefix(c.Path, "flux/base/")
		}
	}
	return func(d generate.Delivered) bool { return bases || clusters[d.Environment+"/"+d.Name] }
}

// load reads clusters.yaml and prints what is wrong with it.
func load(repository fs.FS, streams Streams) (*config.Fleet, error) {
	return loadBy(config.Load, repository, streams)
}

// loadBy is load by one of the functions of package config.
func loadBy(read func(file string, source []byte) (*config.Fleet, diag.List), repository fs.FS, streams Streams) (*config.Fleet, error) {
	source, err := readfile.Read(repository, layout.ClustersFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, report(streams, diag.List{{
			File: layout.ClustersFile, Message: "there is no such file here",
			Hint: missingHint(repository),
		}})
	}
	if problem, ok := readfile.Problem(err); ok {
		return nil, report(streams, diag.List{problem})
	}
	if err != nil {
		return nil, fmt.Errorf("read the fleet: %w", err)
	}
	fleet, problems := read(layout.ClustersFile, source)
	return fleet, report(streams, problems.Quote(layout.ClustersFile, source))
}

// missingHint says what to do where there is no clusters.yaml: the file may be there under a name that is nearly right.
func missingHint(repository fs.FS) string {
	if above := folderAbove(); above != "" {
		return "run gen in the root of the repository: cd " + above
	}
	for _, name := range []string{"clusters/clusters.yml", "clusters/clusters.json", "clusters.yaml", "clusters.yml", "clusters.json"} {
		if _, err := fs.Stat(repository, name); err == nil {
			return "there is " + name + ": git mv " + name + " " + layout.ClustersFile + map[bool]string{true: " (JSON is YAML, so it may stay as it is)"}[strings.HasSuffix(name, ".json")]
		}
	}
	return "run gen in the root of the repository; gen init writes a first one"
}

// folderAbove is the nearest folder above the current one that has a clusters.yaml; empty if there is none.
func folderAbove() string {
	whole, err := filepath.Abs(".")
	if err != nil {
		return ""
	}
	for up := ".."; whole != filepath.Dir(whole); up = path.Join(up, "..") {
		whole = filepath.Dir(whole)
		if _, err := os.Stat(filepath.Join(whole, layout.ClustersFile)); err == nil {
			return up
		}
	}
	return ""
}

// made is the tree of a fleet, and what the fleet means for the clusters on disk.
type made struct {
	tree      *layout.Tree
	delivered []generate.Delivered
	problems  diag.List
}

// makeTree checks what the fleet means for what is on disk, and makes the tree.
func makeTree(repository fs.FS, fleet *config.Fleet, flags clustersFlags) (made, error) {
	if unknown := flags.selection.Check(fleet); len(unknown) > 0 {
		return made{}, usageError{errors.New(unknown[0].Message + "; " + unknown[0].Hint)}
	}
	patches, problems, err := generate.FindPatches(repository, fleet)
	if err != nil {
		return made{}, fmt.Errorf("look for patches: %w", err)
	}
	delivered, unread, err := generate.FindDelivered(repository)
	if err != nil {
		return made{}, fmt.Errorf("look for clusters on disk: %w", err)
	}
	problems = append(problems, unread...)
	problems = append(problems, flags.selection.CheckRemoved(fleet, delivered)...)
	chosen := inSelection(flags.selection, delivered)
	problems = append(problems, generate.CheckDelivery(fleet, chosen, flags.allowDestroy)...)
	problems = append(problems, generate.CheckRemovals(fleet, chosen, flags.allowDestroy)...)
	tree, err := generate.Tree(fleet, generate.Options{Patches: patches, Listed: flags.selection.Listed(delivered)})
	if err != nil {
		return made{}, fmt.Errorf("generate: %w", err)
	}
	return made{tree, chosen, problems}, nil
}

// quoted adds the lines of clusters.yaml that problems are about.
func quoted(repository fs.FS, problems diag.List) diag.List {
	source, err := readfile.Read(repository, layout.ClustersFile)
	if err != nil {
		return problems // it was read a moment ago; without the lines the problems say as much
	}
	return problems.Quote(layout.ClustersFile, source)
}

func inSelection(selection generate.Selection, delivered []generate.Delivered) []generate.Delivered {
	var list []generate.Delivered
	for _, d := range delivered {
		if selection.Has(d.Environment, d.Name) {
			list = append(list, d)
		}
	}
	return list
}

// report prints problems; the error reports whether any of them ends the command.
func report(streams Streams, problems diag.List) error {
	sorted := problems.Sort()
	if err := sorted.Print(streams.Err); err != nil {
		return err
	}
	if sorted.HasErrors() {
		return errProblems
	}
	return nil
}
