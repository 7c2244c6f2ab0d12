package status

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
)

// Formats are the ways to print a report.
func Formats() []string { return []string{"table", "json"} }

// Print writes a report in a format, which is one of Formats.
func Print(out io.Writer, report Report, format string, now time.Time) error {
	if format == "json" {
		content, err := json.MarshalIndent(report, "", "  ")
		if err != nil {
			return fmt.Errorf("encode the status: %w", err)
		}
		if _, err := fmt.Fprintln(out, string(content)); err != nil {
			return fmt.Errorf("print the status: %w", err)
		}
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 8, 3, ' ', 0)
	line := func(cells ...string) {
		for i := range cells {
			// A message may have lines, and tabs are the columns.
			cells[i] = cmp.Or(strings.Join(strings.Fields(cells[i]), " "), "-")
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	line("ENVIRONMENT", "CLUSTER", "STAGE", "READY", "REVISION", "AGE", "WHY NOT")
	for _, e := range report.Environments {
		line(e.Name, "", "source", e.Source.Ready, short(e.Source.Revision), age(e.Source.Since, now), e.Source.why())
		line(e.Name, "", "root", e.Root.Ready, short(e.Root.Revision), age(e.Root.Since, now), e.Root.why())
		for _, c := range e.Clusters {
			for _, s := range c.Stages {
				line(e.Name, c.Name, s.Name, s.Ready, short(s.Revision), age(s.Since, now), cmp.Or(s.why(), c.beyond(s)))
				for _, o := range s.Waiting {
					line(e.Name, c.Name, s.Name, o.Kind+"/"+o.Name, "", age(o.Since, now), strings.TrimPrefix(o.Condition+": "+o.Message, ": "))
				}
			}
			if len(c.Stages) == 0 {
				line(e.Name, c.Name, "", "Unknown", "", "", "has no Kustomization yet")
			}
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the status: %w", err)
	}
	return nil
}

// beyond says what of a stage cannot be seen on the hub.
func (c Cluster) beyond(s Stage) string {
	if s.Name != string(component.Agent) || c.Delivery != config.DeliveryAgent {
		return ""
	}
	return "so it was at the hub's last look; what Flux in the cluster does is seen there"
}

// why is Flux's message where something is not ready.
func (s State) why() string {
	if s.Ready == "True" {
		return ""
	}
	return s.Message
}

// short is a revision as people know it: the branch and the beginning of the commit.
func short(revision string) string {
	branch, commit, found := strings.Cut(revision, "@")
	algorithm, digest, hashed := strings.Cut(commit, ":")
	if !found || !hashed || len(digest) < 8 {
		return revision
	}
	return branch + "@" + algorithm + ":" + digest[:8]
}

// age is how long ago something was, in the largest unit that fits, as kubectl writes it.
func age(since, now time.Time) string {
	d := now.Sub(since)
	switch {
	case since.IsZero() || now.IsZero():
		return ""
	case d < 2*time.Minute:
		return strconv.Itoa(max(0, int(d.Seconds()))) + "s"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d.Minutes())) + "m"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + "h"
	}
	return strconv.Itoa(int(d.Hours())/24) + "d"
}
