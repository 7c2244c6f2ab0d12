package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"
	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diff/danger"
	"eks-auto-gitops/pkg/explain"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/readfile"
	"eks-auto-gitops/pkg/verify"
)

// completing gives a command and those below it the names that may stand where the cursor is. A shell leaves out those that do not
// begin as the word does.
func completing(cmd *cli.Command) *cli.Command {
	for _, below := range cmd.Commands {
		completing(below).ShellComplete = complete
	}
	return cmd
}

// complete prints what may come behind the words of a command: values of the flag that is last, flags where a word begins with a
// dash, else arguments.
func complete(ctx context.Context, cmd *cli.Command) {
	args := cmd.Args().Slice()
	last := ""
	if len(args) > 0 {
		last = args[len(args)-1]
	}
	var names []string
	switch flag := flagNamed(cmd, last); {
	case flag != nil:
		names = flagValues(cmd, flag)
	case strings.HasPrefix(last, "-"):
	default:
		names = argumentValues(cmd, len(args))
	}
	if strings.HasPrefix(last, "-") && len(names) == 0 || slices.ContainsFunc(cmd.Commands, func(c *cli.Command) bool { return c.Name != "help" }) {
		cli.DefaultCompleteWithFlags(ctx, cmd)
		return
	}
	for _, name := range names {
		fmt.Fprintln(cmd.Root().Writer, name)
	}
}

// flagNamed is the flag that a word is, if a value has to follow.
func flagNamed(cmd *cli.Command, word string) cli.DocGenerationFlag {
	for _, f := range cmd.Flags {
		doc, ok := f.(cli.DocGenerationFlag)
		if ok && doc.TakesValue() && slices.ContainsFunc(f.Names(), func(name string) bool {
			return word == "--"+name && len(name) > 1 || word == "-"+name && len(name) == 1
		}) {
			return doc
		}
	}
	return nil
}

// flagValues are what a flag may be.
func flagValues(cmd *cli.Command, flag cli.DocGenerationFlag) []string {
	names := readNames()
	switch name := flag.(cli.Flag).Names()[0]; name {
	case "cluster":
		return names.clusters(cmd)
	case "environment":
		return names.environments()
	case "allow-destroy":
		return append(names.clusters(cmd), names.parts()...)
	case "version", "to":
		if cmd.Name == "diff" {
			return names.branches()
		}
		return kubernetesVersions()
	case "explain":
		return rulesOf(cmd.Name)
	case "object":
		return objectNames()
	case "fail-on":
		return []string{"change", "none", "danger"}
	}
	return words(flag.GetUsage())
}

// words are those that the text of a flag lists: as `a|b|c`, or as a, b and c, at the end.
func words(usage string) []string {
	if _, list, ok := strings.Cut(usage, "`"); ok {
		list, _, _ = strings.Cut(list, "`")
		if regexp.MustCompile(`^[a-z]+(\|[a-z]+)+$`).MatchString(list) {
			return strings.Split(list, "|")
		}
		return nil
	}
	if m := regexp.MustCompile(`^(?:.*: )?([a-z]+(?:, [a-z]+)*) (?:or|and) ([a-z]+)$`).FindStringSubmatch(usage); m != nil {
		return append(strings.Split(m[1], ", "), m[2])
	}
	return nil
}

// argumentValues are what the argument behind n others may be.
func argumentValues(cmd *cli.Command, n int) []string {
	names := readNames()
	switch {
	case cmd.Name == "upgrade" && (n == 0 || cmd.Bool("list")), cmd.Name == "retire" && n == 0, cmd.Name == "remove" && n == 0:
		return names.clusters(cmd)
	case cmd.Name == "diff" && n == 0:
		return names.branches()
	case cmd.Name == "explain" && n == 0 && cmd.String("object") == "":
		return fieldNames(cmd, func(f *explain.Fields) []string { return f.Paths() })
	case cmd.Name == "set" && n == 0:
		return fieldNames(cmd, func(f *explain.Fields) []string {
			return f.Settable(cmd.String("cluster")+cmd.String("environment") == "")
		})
	}
	return nil
}

// fieldNames are the fields that a command knows; with --cluster also those that the cluster has, with their place in lists.
func fieldNames(cmd *cli.Command, of func(*explain.Fields) []string) []string {
	fields, err := explain.Load()
	if err != nil {
		return nil
	}
	list := of(fields)
	if cluster := cmd.String("cluster"); cluster != "" {
		source, _ := readfile.Read(os.DirFS("."), layout.ClustersFile) // without one there are no values
		values, _, _ := config.Effective(layout.ClustersFile, source, cluster)
		for _, v := range values {
			list = append(list, v.Path)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// objectNames are the objects that gen makes of clusters.yaml, if it is right.
func objectNames() []string {
	fleet, err := loadBy(config.LoadForHub, os.DirFS("."), Streams{Out: io.Discard, Err: io.Discard})
	if err != nil {
		return nil
	}
	tree, err := generate.Tree(fleet, generate.Options{})
	if err != nil {
		return nil
	}
	return explain.Objects(tree)
}

func kubernetesVersions() []string {
	var list []string
	for _, s := range config.Calendar() {
		list = append(list, fmt.Sprintf("1.%d", s.Minor))
	}
	return list
}

// rulesOf are what --explain of a command explains.
func rulesOf(command string) []string {
	var list []string
	if command == "verify" {
		for _, c := range verify.Checks() {
			list = append(list, c.Name)
		}
		return list
	}
	for _, r := range danger.Rules() {
		list = append(list, r.Name)
	}
	return list
}

// fleetNames are the names in clusters.yaml, as far as it can be read: a file that is being written is not right yet.
type fleetNames struct {
	Environments []struct{ Name, Branch string }
	Clusters     []struct {
		Name, State string
		Components  map[string]any
		Addons      []struct{ Name string }
		Releases    []struct{ Name string }
	}
}

func readNames() fleetNames {
	var names fleetNames
	if source, err := readfile.Read(os.DirFS("."), layout.ClustersFile); err == nil {
		_ = yaml.Unmarshal(source, &names) // what was read until then is there
	}
	return names
}

// clusters are those that a command can do something with: only one that is retiring can be removed.
func (n fleetNames) clusters(cmd *cli.Command) []string {
	var list []string
	for _, c := range n.Clusters {
		retiring := c.State == config.StateRetiring
		if cmd.Name == "remove" && !retiring || cmd.Name == "retire" && retiring {
			continue
		}
		list = append(list, c.Name)
	}
	return list
}

func (n fleetNames) environments() []string {
	var list []string
	for _, e := range n.Environments {
		list = append(list, e.Name)
	}
	return list
}

func (n fleetNames) branches() []string {
	var list []string
	for _, e := range n.Environments {
		list = append(list, e.Branch)
	}
	return list
}

// parts are what clusters have besides themselves: components, add-ons and releases, as --allow-destroy names them.
func (n fleetNames) parts() []string {
	var list []string
	for _, c := range n.Clusters {
		for name := range c.Components {
			list = append(list, c.Name+"/"+name)
		}
		for _, a := range c.Addons {
			list = append(list, c.Name+"/"+a.Name)
		}
		for _, r := range c.Releases {
			list = append(list, c.Name+"/"+r.Name)
		}
	}
	slices.Sort(list)
	return list
}
