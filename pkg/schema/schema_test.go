package schema_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/apimachinery/pkg/runtime"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/internal/crdtest"
	acm "eks-auto-gitops/pkg/ack/apis/acm/v1alpha1"
	logs "eks-auto-gitops/pkg/ack/apis/cloudwatchlogs/v1alpha1"
	eks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	route53 "eks-auto-gitops/pkg/ack/apis/route53/v1alpha1"
	"eks-auto-gitops/pkg/karpenter"
	"eks-auto-gitops/pkg/schema"
)

func embedded(t *testing.T) *schema.Set {
	t.Helper()
	set, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// TestEmbedded: the CRDs that are built in have the fields of this project's types, so that a change of a type
// without `task schemas` is noticed.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	set := &crdtest.Set{Set: embedded(t)}
	for kind, c := range map[string]struct {
		group apischema.GroupVersion
		obj   runtime.Object
	}{
		"Cluster":                {eks.GroupVersion(), &eks.Cluster{}},
		"AccessEntry":            {eks.GroupVersion(), &eks.AccessEntry{}},
		"Addon":                  {eks.GroupVersion(), &eks.Addon{}},
		"PodIdentityAssociation": {eks.GroupVersion(), &eks.PodIdentityAssociation{}},
		"HostedZone":             {route53.GroupVersion(), &route53.HostedZone{}},
		"RecordSet":              {route53.GroupVersion(), &route53.RecordSet{}},
		"Certificate":            {acm.GroupVersion(), &acm.Certificate{}},
		"LogGroup":               {logs.GroupVersion(), &logs.LogGroup{}},
		"NodePool":               {karpenter.GroupVersion(), &karpenter.NodePool{}},
		"NodeClass":              {karpenter.AutoModeGroupVersion(), &karpenter.NodeClass{}},
		"IngressClassParams":     {karpenter.AutoModeGroupVersion(), &karpenter.IngressClassParams{}},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for _, fault := range set.Compare(c.group.WithKind(kind), c.obj) {
				t.Error(fault, "; run task schemas")
			}
		})
	}
}

// TestEmbeddedCompiles: every CRD that is built in can be used.
func TestEmbeddedCompiles(t *testing.T) {
	t.Parallel()
	set := embedded(t)
	if n := len(set.Kinds()); n < 50 {
		t.Errorf("only %d kinds are built in", n)
	}
	for _, gvk := range set.Kinds() {
		obj := map[string]any{
			"apiVersion": gvk.GroupVersion().String(), "kind": gvk.Kind, "metadata": map[string]any{"name": "a"}, "spec": map[string]any{"zzz": 1},
		}
		found := false
		for _, fault := range set.Validate(obj) {
			found = found || fault.Unknown && fault.Field == "spec.zzz"
		}
		if !found {
			t.Errorf("%s: a field that there is not is not found: %v", gvk, set.Validate(obj))
		}
	}
}

const box = `{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {group: example.com, scope: Cluster, names: {kind: Box},
 versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: %s}}}}}}}]}}
`

// TestMerge: a set adds kinds to another one, or replaces them, and changes neither of the two.
func TestMerge(t *testing.T) {
	t.Parallel()
	load := func(kind string) *schema.Set {
		dir := t.TempDir()
		content := fmt.Appendf(nil, box, kind)
		if err := os.WriteFile(filepath.Join(dir, "box.yml"), content, 0o600); err != nil {
			t.Fatal(err)
		}
		set, err := schema.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	gvk := apischema.GroupVersionKind{Group: "example.com", Version: "v1", Kind: "Box"}
	number, text, own := load("integer"), load("string"), embedded(t)
	both := own.Merge(number)
	if !both.Has(gvk) || own.Has(gvk) || len(both.Kinds()) != len(own.Kinds())+1 || both.Namespaced(gvk) {
		t.Error("the kind is not added, or the set itself is changed")
	}
	obj := map[string]any{"apiVersion": "example.com/v1", "kind": "Box", "metadata": map[string]any{"name": "a"}, "spec": map[string]any{"size": "big"}}
	if len(both.Validate(obj)) != 1 || len(both.Merge(text).Validate(obj)) != 0 {
		t.Errorf("the kind is not replaced: %v, %v", both.Validate(obj), both.Merge(text).Validate(obj))
	}
}

// TestLoadFails: a folder without CRDs is a mistake of whoever named it.
func TestLoadFails(t *testing.T) {
	t.Parallel()
	if _, err := schema.Load(t.TempDir()); err == nil {
		t.Error("an empty folder is taken")
	}
	if _, err := schema.Load(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no folder is taken")
	}
}

// TestResource: the plural is that of the CRD, else what Kubernetes guesses.
func TestResource(t *testing.T) {
	set, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[apischema.GroupVersionKind]string{
		{Group: "eks.amazonaws.com", Version: "v1", Kind: "IngressClassParams"}:   "ingressclassparams",
		{Group: "services.k8s.aws", Version: "v1alpha1", Kind: "IAMRoleSelector"}: "iamroleselectors",
		{Group: "networking.k8s.io", Version: "v1", Kind: "NetworkPolicy"}:        "networkpolicies",
		{Group: "external-secrets.io", Version: "v1", Kind: "ExternalSecret"}:     "externalsecrets",
		{Group: "eks.amazonaws.com", Version: "v9", Kind: "IngressClassParams"}:   "ingressclassparamses",
	} {
		if got := set.Resource(kind); got != want {
			t.Errorf("%s is called %s, not %s", kind, got, want)
		}
	}
}
