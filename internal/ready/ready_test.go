package main

import (
	"strings"
	"testing"
	"time"

	"eks-auto-gitops/pkg/component"
)

func played(t *testing.T, identity string, l latencies) (was, now *timeline) {
	t.Helper()
	c, err := chainOf(identity)
	if err != nil {
		t.Fatal(err)
	}
	b, err := before(c)
	if err != nil {
		t.Fatal(err)
	}
	return play(b, l), play(c, l)
}

// TestTimeToReady holds the chain to what can be had. Of the time beyond AWS's own, ACK takes most: it asks for a NAT gateway of 115
// seconds after 82 and after 164, and gives access entries their policies after 30.
func TestTimeToReady(t *testing.T) {
	for _, c := range []struct {
		identity       string
		latencies      latencies
		total, network float64
	}{
		{"podIdentity", typical(), 1.19, 1.60},
		{"podIdentity", short(), 1.26, 1.90},
		{"podIdentity", long(), 1.17, 1.40},
		{"irsa", typical(), 1.21, 1.60},
		{"irsa", long(), 1.18, 1.40},
	} {
		was, now := played(t, c.identity, c.latencies)
		if got := now.ratio(); got > c.total || got < 1 {
			t.Errorf("%s, %s: all takes %.2f times as long as AWS, more than %.2f", c.identity, c.latencies.name, got, c.total)
		}
		if got := now.ratio(component.Network, component.Foundation); got > c.network || got < 1 {
			t.Errorf("%s, %s: network and foundation take %.2f times as long as AWS, more than %.2f", c.identity, c.latencies.name, got, c.network)
		}
		if len(now.ready) != len(now.chain) || len(was.ready) != len(was.chain) {
			t.Errorf("%s, %s: not all stages became ready: %v, %v", c.identity, c.latencies.name, was.ready, now.ready)
		}
		if saved := was.readyAt() - now.readyAt(); saved < 5*time.Minute {
			t.Errorf("%s, %s: the stage network saves only %s", c.identity, c.latencies.name, saved)
		}
	}
}

// TestBackoff: 5 ms, doubled, up to 1,000 s, and from the start again after a wait of a fixed length.
func TestBackoff(t *testing.T) {
	o := &object{}
	var sum time.Duration
	for range 15 {
		sum += o.backoff()
	}
	if want := 5 * time.Millisecond * (1<<15 - 1); sum != want {
		t.Errorf("15 looks take %s, want %s", sum, want)
	}
	for range 10 {
		sum = o.backoff()
	}
	if sum != 1000*time.Second {
		t.Errorf("ACK waits %s at most", sum)
	}
	if o.after(time.Second); o.backoff() != 5*time.Millisecond {
		t.Error("a wait of a fixed length does not end the doubling")
	}
}

// TestReferences: a field that nothing is known of ends the simulation, or it would be too short.
func TestReferences(t *testing.T) {
	if _, err := references(map[string]any{"otherRefs": []any{}}); err == nil || !strings.Contains(err.Error(), "otherRef") {
		t.Errorf("got %v", err)
	}
}

// TestOutput: the table has a line for each identity and latency.
func TestOutput(t *testing.T) {
	var out strings.Builder
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	for _, identity := range []string{"podIdentity", "irsa"} {
		for _, l := range []latencies{typical(), short(), long()} {
			if !strings.Contains(out.String(), "\n"+identity+strings.Repeat(" ", 13-len(identity))+l.name) {
				t.Errorf("no line for %s and %s in\n%s", identity, l.name, out.String())
			}
		}
	}
}
