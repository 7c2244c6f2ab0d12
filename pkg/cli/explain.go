package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/explain"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
)

func explainCommand(streams Streams) *cli.Command {
	return &cli.Command{
		Name:         "explain",
		Usage:        "say what a field of " + layout.ClustersFile + " is, and where the value of a cluster comes from",
		ArgsUsage:    "[FIELD]",
		OnUsageError: onUsageError,
		Description: `gen explain nodes.pools                    what the field is, and those below it
gen explain --cluster dev-1 nodes          the values of a cluster, each with its line
gen explain --object Role/dev-1-node       which component generates an object, and from which lines`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "cluster", Usage: "the values of the cluster `NAME`"},
			&cli.StringFlag{Name: "object", Usage: "where the object `KIND/NAME` is generated"},
		},
		Action: func(_ context.Context, cmd *cli.Command) error {
			if cmd.Args().Len() > 1 {
				return usageError{fmt.Errorf("unexpected argument %q", cmd.Args().Get(1))}
			}
			field, cluster, object := cmd.Args().First(), cmd.String("cluster"), cmd.String("object")
			switch {
			case object != "" && (cluster != "" || field != ""):
				return usageError{errors.New("--object: takes no field and no --cluster")}
			case object != "":
				return known(explainObject(streams, object))
			case cluster != "":
				return known(explainCluster(streams, cluster, field))
			}
			return known(explainField(streams, field))
		},
	}
}

// known makes wrong use of what names something that there is not.
func known(err error) error {
	if errors.Is(err, explain.ErrUnknown) || errors.Is(err, explain.ErrNoCluster) || errors.Is(err, explain.ErrNoObject) {
		return usageError{err}
	}
	return err
}

func explainField(streams Streams, field string) error {
	fields, err := explain.Load()
	if err != nil {
		return err
	}
	return fields.Field(streams.Out, field)
}

func explainCluster(streams Streams, cluster, field string) error {
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), streams)
	if err != nil {
		return err
	}
	if unknown := (generate.Selection{Clusters: []string{cluster}}).Check(fleet); len(unknown) > 0 {
		return usageError{errors.New(unknown[0].Message + "; " + unknown[0].Hint)}
	}
	source, err := readfile.Read(os.DirFS("."), layout.ClustersFile)
	if err != nil {
		return fmt.Errorf("read the fleet: %w", err)
	}
	fields, err := explain.Load()
	if err != nil {
		return err
	}
	return fields.Cluster(streams.Out, source, cluster, field)
}

func explainObject(streams Streams, object string) error {
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), streams)
	if err != nil {
		return err
	}
	source, err := readfile.Read(os.DirFS("."), layout.ClustersFile)
	if err != nil {
		return fmt.Errorf("read the fleet: %w", err)
	}
	tree, err := generate.Tree(fleet, generate.Options{})
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return explain.Object(streams.Out, tree, source, object)
}
