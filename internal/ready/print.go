package main

import (
	"fmt"
	"io"
	"time"

	"eks-auto-gitops/pkg/component"
)

func printTimeline(out io.Writer, title string, t *timeline) {
	fmt.Fprintf(out, "%s\n  %-12s %7s %7s %7s  %s\n", title, "stage", "starts", "ready", "AWS", "last")
	for _, s := range t.chain {
		last := s.objects[0]
		for _, o := range s.objects {
			if o.syncedAt > last.syncedAt && o.kind != "VPCEndpoint" {
				last = o
			}
		}
		fmt.Fprintf(out, "  %-12s %7s %7s %7s  %s at %s\n", s.name, clock(t.starts[s.name]), clock(t.ready[s.name]), clock(t.ownOf(component.Stage(s.name))), last.id(), clock(last.syncedAt))
	}
	fmt.Fprintln(out)
}

func printRatios(out io.Writer, identity string, l latencies, was, now *timeline) {
	stages := []component.Stage{component.Network, component.Foundation}
	fmt.Fprintf(out, "%-12s %-8s %5s  %6s %5.2f %6s %5.2f  %6s  %6s %5.2f %6s %5.2f\n", identity, l.name,
		clock(now.ownOf(stages...)), clock(was.readyAt(stages...)), was.ratio(stages...), clock(now.readyAt(stages...)), now.ratio(stages...),
		clock(now.ownOf()), clock(was.readyAt()), was.ratio(), clock(now.readyAt()), now.ratio())
}

// clock writes minutes and seconds.
func clock(d time.Duration) string {
	d = d.Round(time.Second)
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
