package status_test

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic/fake"
	clienttesting "k8s.io/client-go/testing"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/status"
)

// hub is a hub that has the objects of testdata/states/hub.yaml.
func hub(t *testing.T, file string) (status.Hub, *fake.FakeDynamicClient) {
	t.Helper()
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lists := map[apischema.GroupVersionResource]string{}
	for _, kind := range []apischema.GroupVersionKind{
		{Group: "kustomize.toolkit.fluxcd.io", Version: "v1", Kind: "Kustomization"}, {Version: "v1", Kind: "Namespace"},
	} {
		lists[kind.GroupVersion().WithResource(crds.Resource(kind))] = kind.Kind + "List"
	}
	client := fake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), lists)
	for document := range bytes.SplitSeq(content, []byte("\n---\n")) {
		content, err := yaml.YAMLToJSON(document)
		if err != nil {
			t.Fatal(err)
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(content); err != nil { // numbers are what they are in an API server's answer
			t.Fatal(err)
		}
		kind := object.GroupVersionKind()
		if err := client.Tracker().Create(kind.GroupVersion().WithResource(crds.Resource(kind)), object, object.GetNamespace()); err != nil {
			t.Fatal(err)
		}
	}
	return status.Hub{Client: client, Resource: crds.Resource}, client
}

func now() time.Time { return time.Date(2026, time.November, 21, 15, 0, 0, 0, time.UTC) }

func all(string, string) bool { return true }

// TestStates prints a hub in every state, and only gets and lists.
func TestStates(t *testing.T) {
	h, client := hub(t, "testdata/states/hub.yaml")
	report, err := h.Read(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, format := range status.Formats() {
		var out bytes.Buffer
		if err := status.Print(&out, report, format, now()); err != nil {
			t.Fatal(err)
		}
		files[format+".txt"] = out.Bytes()
	}
	golden.Compare(t, "testdata/states/want", files)
	if report.Ready() {
		t.Error("all of it is ready")
	}
	for _, action := range client.Actions() {
		if !slices.Contains([]string{"get", "list"}, action.GetVerb()) {
			t.Errorf("%s %s", action.GetVerb(), action.GetResource())
		}
	}
}

// TestSelection reads what is asked for alone: a ready cluster, for which nothing but its stages is read.
func TestSelection(t *testing.T) {
	h, client := hub(t, "testdata/states/hub.yaml")
	report, err := h.Read(t.Context(), func(environment, cluster string) bool { return environment == "dev" && cluster == "ready" })
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Environments) != 1 || len(report.Environments[0].Clusters) != 1 || !report.Ready() {
		t.Errorf("got %+v", report)
	}
	if len(client.Actions()) != 5 {
		t.Errorf("%d requests, want the namespaces, the stages, the source, its generator and the root", len(client.Actions()))
	}
	report, err = h.Read(t.Context(), func(string, string) bool { return false })
	if err != nil || len(report.Environments) != 0 {
		t.Error(report, err)
	}
}

// TestForbidden: what a person may not read is said at its object, and stops nothing but the list of namespaces.
func TestForbidden(t *testing.T) {
	refuse := func(verb, resource string) error {
		h, client := hub(t, "testdata/states/hub.yaml")
		client.PrependReactor(verb, resource, func(clienttesting.Action) (bool, runtime.Object, error) {
			return true, nil, apierrors.NewForbidden(apischema.GroupResource{Resource: resource}, "", nil)
		})
		report, err := h.Read(context.Background(), all)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := status.Print(&out, report, "table", now()); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "Forbidden: loggroups is forbidden") {
			t.Error(out.String())
		}
		return nil
	}
	if err := refuse("get", "loggroups"); err != nil {
		t.Error(err)
	}
	for resource, want := range map[string]string{
		"namespaces": "list the namespaces of the hub: ", "kustomizations": "list the Kustomizations of looked-at: ",
	} {
		if err := refuse("list", resource); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v", resource, err)
		}
	}
	if err := refuse("get", "gitrepositories"); err == nil || !strings.HasPrefix(err.Error(), "get GitRepository fleet-dev/fleet: ") {
		t.Errorf("got %v", err)
	}
}
