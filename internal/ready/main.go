// Command ready works out how long a new cluster takes from its push until ACK has made all of it, stage by stage, and how much of
// that is AWS's own time.
//
// In: the objects and Kustomizations that gen makes of a fleet with one cluster, and a table of how long AWS takes. Out: timelines, of
// the chain as it is and as it was with one stage for the whole network. It is a simulation of events: it needs no cluster, waits for
// nothing, and gives the same every time. From the root of the repository: go run ./internal/ready
//
// References are read from the objects; order, health and variables from the Kustomizations. How ACK and Flux look again at what is not
// done is played as their source has it; ack.go and flux.go name it. Left out: limits of how much a controller does at once, throttling
// and failures of AWS, the time from the push until Flux has fetched it, what ACK itself writes into a spec (it then looks at
// once), and the stages in the cluster, whose time is that of nodes and images.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ready:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	for i, identity := range []string{"podIdentity", "irsa"} {
		now, err := chainOf(identity)
		if err != nil {
			return err
		}
		was, err := before(now)
		if err != nil {
			return err
		}
		for _, l := range []latencies{typical(), short(), long()} {
			first, second := play(was, l), play(now, l)
			if i == 0 && l.name == typical().name {
				printTimeline(out, "before: one stage for the whole network", first)
				printTimeline(out, "now", second)
				fmt.Fprintln(out, "             latency  network and foundation               all\n                        AWS        before          now     AWS        before          now")
			}
			printRatios(out, identity, l, first, second)
		}
	}
	return nil
}
