package status_test

import (
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	clienttesting "k8s.io/client-go/testing"
)

// TestGenerator: a generator that cannot make artifacts is what is wrong with the source, as the stages stay as they were; one that
// cannot be read is passed over.
func TestGenerator(t *testing.T) {
	const message = "ArtifactGenerator fleet: dev-1 build failed"
	for name, c := range map[string]struct {
		ready, message string
		forbidden      bool
	}{
		"ready": {"True", "stored artifact", false}, "failed": {"False", message, false}, "forbidden": {"False", "stored artifact", true},
	} {
		t.Run(name, func(t *testing.T) {
			h, client := hub(t, "testdata/states/hub.yaml")
			generators := apischema.GroupVersionResource{Group: "source.extensions.fluxcd.io", Version: "v1beta1", Resource: "artifactgenerators"}
			generator := &unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "source.extensions.fluxcd.io/v1beta1", "kind": "ArtifactGenerator",
				"metadata": map[string]any{"name": "fleet", "namespace": "fleet-dev"},
				"status":   map[string]any{"conditions": []any{map[string]any{"type": "Ready", "status": c.ready, "message": "dev-1 build failed"}}},
			}}
			if err := client.Tracker().Create(generators, generator, "fleet-dev"); err != nil {
				t.Fatal(err)
			}
			if c.forbidden {
				client.PrependReactor("get", "artifactgenerators", func(clienttesting.Action) (bool, runtime.Object, error) {
					return true, nil, apierrors.NewForbidden(generators.GroupResource(), "", nil)
				})
			}
			report, err := h.Read(t.Context(), all)
			if err != nil {
				t.Fatal(err)
			}
			if got := report.Environments[0].Source.Message; got != c.message {
				t.Errorf("the source says %q", got)
			}
			if got := report.Environments[0].Source.Revision; got != "dev@sha1:0123456789abcdef0123456789abcdef01234567" {
				t.Errorf("the revision is %q", got)
			}
		})
	}
}
