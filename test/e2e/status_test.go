package e2e

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// reported is what gen status -o json says of the stages of a cluster, each as stage: ready, and of what holds one up, each as
// stage: kind/name: condition: message.
type reported struct {
	state   string
	stages  []string
	waiting []string
	code    int
}

// status asks the hub about a cluster as a person does, by a kubeconfig.
func (w *world) status(t *testing.T, cluster string) reported {
	t.Helper()
	command := exec.CommandContext(w.ctx, w.user.gen, "status", "--kubeconfig", w.hub.Kubeconfig, "--cluster", cluster, "-o", "json")
	out, err := command.Output()
	r := reported{code: command.ProcessState.ExitCode()}
	if r.code > 1 {
		return r
	}
	var report struct {
		Environments []struct {
			Clusters []struct {
				Name, State string
				Stages      []struct {
					Name, Ready string
					Waiting     []struct{ Kind, Name, Condition, Message string }
				}
			}
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("gen status prints %q: %v", out, err)
	}
	if len(report.Environments) != 1 || len(report.Environments[0].Clusters) != 1 || report.Environments[0].Clusters[0].Name != cluster {
		t.Fatalf("gen status prints %s, %v", out, err)
	}
	c := report.Environments[0].Clusters[0]
	r.state = c.State
	for _, stage := range c.Stages {
		r.stages = append(r.stages, stage.Name+": "+stage.Ready)
		for _, o := range stage.Waiting {
			r.waiting = append(r.waiting, strings.Join([]string{stage.Name, o.Kind + "/" + o.Name, o.Condition, o.Message}, ": "))
		}
	}
	return r
}

// statusHeldUp holds gen status to what stops a stage, in the words of ACK, and to the stage after it, which waits.
func (w *world) statusHeldUp(t *testing.T, cluster, stage, next, waiting string) {
	t.Helper()
	w.until(t, "gen status says what holds up "+stage, func() error {
		r := w.status(t, cluster)
		if r.code != 1 || !slices.Contains(r.stages, stage+": False") || slices.Contains(r.stages, next+": True") || !slices.Contains(r.waiting, stage+": "+waiting) {
			return fmt.Errorf("it says %+v, not %s", r, waiting)
		}
		return nil
	})
}

// statusReady holds gen status to a cluster whose stages are all ready.
func (w *world) statusReady(t *testing.T, state string, clusters ...string) {
	t.Helper()
	for _, cluster := range clusters {
		w.until(t, "gen status says that "+cluster+" is ready", func() error {
			r := w.status(t, cluster)
			late := slices.ContainsFunc(r.stages, func(stage string) bool { return !strings.HasSuffix(stage, ": True") })
			if r.code != 0 || r.state != state || len(r.stages) < 5 || late || len(r.waiting) > 0 {
				return fmt.Errorf("it says %+v, not %s", r, state)
			}
			return nil
		})
	}
}

// statusGone holds gen status to a cluster that the hub no longer has.
func (w *world) statusGone(t *testing.T, cluster string) {
	t.Helper()
	if r := w.status(t, cluster); r.code != 2 {
		t.Errorf("gen status says of %s %+v, which is gone", cluster, r)
	}
}
