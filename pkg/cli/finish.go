package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/output"
)

// finish does with the plan what the flags say, and tells what came of it.
func finish(streams Streams, fleet *config.Fleet, plan *output.Plan, flags clustersFlags) error {
	different := slices.ContainsFunc(plan.Changes(), func(c output.Change) bool { return c.Kind != output.Unchanged })
	switch {
	case flags.check:
		if err := plan.Diff(streams.Out); err != nil {
			return fmt.Errorf("print differences: %w", err)
		}
		if different {
			fmt.Fprintln(streams.Err, "the files are not what "+fileName+" says\n  hint: run gen clusters and commit the result")
			return errProblems
		}
		return nil
	case flags.dryRun:
		for _, c := range plan.Changes() {
			if c.Kind != output.Unchanged {
				fmt.Fprintln(streams.Out, c.Kind, c.Path)
			}
		}
	default:
		if err := plan.Apply(progress(streams, flags.start, flags.quiet)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	if !flags.quiet {
		summarize(streams, fleet, plan.Changes())
	}
	return nil
}

// counts are the files of a cluster by what happened to them.
type counts map[output.Kind]int

// summarize prints one line for each cluster, and one for what clusters share.
func summarize(streams Streams, fleet *config.Fleet, changes []output.Change) {
	byOwner := map[string]counts{}
	for i := range fleet.Clusters {
		byOwner[fleet.Clusters[i].Environment+"/"+fleet.Clusters[i].Name] = counts{}
	}
	for _, c := range changes {
		owner := ownerOf(c.Path)
		if byOwner[owner] == nil {
			byOwner[owner] = counts{}
		}
		byOwner[owner][c.Kind]++
	}
	owners := slices.Collect(maps.Keys(byOwner))
	slices.SortFunc(owners, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, "/"), strings.Count(a, "/")), cmp.Compare(a, b))
	})
	for _, owner := range owners {
		n := byOwner[owner]
		if len(n) == 0 {
			continue
		}
		fmt.Fprintf(streams.Err, "%s: %d added, %d changed, %d removed, %d unchanged\n",
			owner, n[output.Added], n[output.Changed], n[output.Removed], n[output.Unchanged])
	}
	for _, line := range retirements(fleet) {
		fmt.Fprintln(streams.Err, line)
	}
	if environments, changed := onHub(changes); changed {
		fmt.Fprintln(streams.Err, layout.HubNotice(environments, fleet.Hub.Branch))
	}
}

// onHub are the environments of which the hub gets other files, and whether it gets any.
func onHub(changes []output.Change) (environments []string, changed bool) {
	for _, c := range changes {
		rest, ok := strings.CutPrefix(c.Path, layout.HubDir("")+"/")
		if !ok || c.Kind == output.Unchanged {
			continue
		}
		changed = true
		if environment, _, ok := strings.Cut(rest, "/"); ok {
			environments = append(environments, environment)
		}
	}
	slices.Sort(environments)
	return slices.Compact(environments), changed
}

// ownerOf is environment/cluster for a file of a cluster, else shared.
func ownerOf(path string) string {
	environment, cluster, ok := layout.ClusterOf(path)
	if !ok {
		return "shared"
	}
	return environment + "/" + cluster
}
