package status_test

import (
	"bytes"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/status"
)

// TestAgent: of a cluster with a Flux of its own the hub says what it knows, and that it does not know the rest.
func TestAgent(t *testing.T) {
	h, _ := hub(t, "testdata/agent.yaml")
	report, err := h.Read(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := status.Print(&out, report, "table", now()); err != nil {
		t.Fatal(err)
	}
	const want = `dev           dev-1     operator   True      dev@sha1:4b825dc6   60m   -
dev           dev-1     agent      True      dev@sha1:4b825dc6   60m   so it was at the hub's last look; what Flux in the cluster does is seen there
`
	if !strings.HasSuffix(out.String(), want) {
		t.Errorf("it says\n%s\nand not\n%s", &out, want)
	}
	if got := report.Environments[0].Clusters[0].Delivery; got != "agent" {
		t.Errorf("the delivery is %q", got)
	}
}
