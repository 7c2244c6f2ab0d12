package apis_test

import (
	"encoding/json"
	"strings"
	"testing"

	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/internal/crdtest"
	acm "eks-auto-gitops/pkg/ack/apis/acm/v1alpha1"
	logs "eks-auto-gitops/pkg/ack/apis/cloudwatchlogs/v1alpha1"
	eks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	route53 "eks-auto-gitops/pkg/ack/apis/route53/v1alpha1"
)

// Every type has the fields of its CRD, no more and no fewer.
func TestTypesMatchCRDs(t *testing.T) {
	t.Parallel()
	crds := crdtest.Require(t, "that our ACK types have the fields of the real CRDs")
	for kind, c := range map[string]struct {
		group schema.GroupVersion
		obj   runtime.Object
	}{
		"Cluster":                {eks.GroupVersion(), &eks.Cluster{}},
		"AccessEntry":            {eks.GroupVersion(), &eks.AccessEntry{}},
		"Addon":                  {eks.GroupVersion(), &eks.Addon{}},
		"Capability":             {eks.GroupVersion(), &eks.Capability{}},
		"PodIdentityAssociation": {eks.GroupVersion(), &eks.PodIdentityAssociation{}},
		"HostedZone":             {route53.GroupVersion(), &route53.HostedZone{}},
		"RecordSet":              {route53.GroupVersion(), &route53.RecordSet{}},
		"Certificate":            {acm.GroupVersion(), &acm.Certificate{}},
		"LogGroup":               {logs.GroupVersion(), &logs.LogGroup{}},
		"FieldExport":            {ackv1alpha1.GroupVersion, &ackv1alpha1.FieldExport{}},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for _, fault := range crds.Compare(c.group.WithKind(kind), c.obj) {
				if kind == "Certificate" && strings.HasPrefix(fault, "status.ackResourceMetadata.partition:") {
					continue // acm-controller v1.3.4 is built with an older ACK runtime; manifests have no status
				}
				t.Error(fault)
			}
		})
	}
}

// An object of our types is accepted by the real CRD, and writes no status.
func TestClusterIsAccepted(t *testing.T) {
	t.Parallel()
	crds := crdtest.Require(t, "that the real CRD accepts our Cluster")
	cluster := &eks.Cluster{
		TypeMeta:   metav1.TypeMeta{APIVersion: eks.GroupVersion().String(), Kind: "Cluster"},
		ObjectMeta: metav1.ObjectMeta{Name: "demo", Namespace: "ack-system"},
		Spec: eks.ClusterSpec{
			Name:    new("demo"),
			RoleRef: reference("demo-cluster"),
			ResourcesVPCConfig: &eks.VPCConfigRequest{
				SubnetRefs: []*ackv1alpha1.AWSResourceReferenceWrapper{reference("demo-a"), reference("demo-b")},
			},
			ComputeConfig: &eks.ComputeConfigRequest{Enabled: new(true), NodePools: []*string{new("system")}},
		},
	}
	text, err := json.Marshal(cluster)
	if err != nil {
		t.Fatal(err)
	}
	obj := map[string]any{}
	if err := json.Unmarshal(text, &obj); err != nil {
		t.Fatal(err)
	}
	for _, fault := range crds.Validate(obj) {
		t.Error(fault)
	}
	if _, written := obj["status"]; written {
		t.Errorf("a status is written: %s", text)
	}
}

// A copy shares nothing with the original.
func TestDeepCopy(t *testing.T) {
	t.Parallel()
	original := &eks.Cluster{Spec: eks.ClusterSpec{Name: new("a"), Tags: map[string]*string{"k": new("v")}}}
	clone, ok := original.DeepCopyObject().(*eks.Cluster)
	if !ok {
		t.Fatalf("the copy has type %T", original.DeepCopyObject())
	}
	*clone.Spec.Tags["k"] = "changed"
	if *original.Spec.Tags["k"] != "v" {
		t.Error("a change of the copy changes the original")
	}
}

func reference(name string) *ackv1alpha1.AWSResourceReferenceWrapper {
	return &ackv1alpha1.AWSResourceReferenceWrapper{From: &ackv1alpha1.AWSResourceReference{Name: new(name)}}
}
