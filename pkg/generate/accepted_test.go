package generate_test

import (
	"errors"
	"strings"
	"testing"

	ec2v1 "github.com/aws-controllers-k8s/ec2-controller/apis/v1alpha1"
	iamv1 "github.com/aws-controllers-k8s/iam-controller/apis/v1alpha1"
	kmsv1 "github.com/aws-controllers-k8s/kms-controller/apis/v1alpha1"
	ackv1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	notificationv1beta3 "github.com/fluxcd/notification-controller/api/v1beta3"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	swapi "github.com/fluxcd/source-watcher/api/v2/v1beta1"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"

	"eks-auto-gitops/internal/crdtest"
	"eks-auto-gitops/pkg/ack"
	acmv1 "eks-auto-gitops/pkg/ack/apis/acm/v1alpha1"
	logsv1 "eks-auto-gitops/pkg/ack/apis/cloudwatchlogs/v1alpha1"
	eksv1 "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	route53v1 "eks-auto-gitops/pkg/ack/apis/route53/v1alpha1"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/karpenter"
	"eks-auto-gitops/pkg/schema"
)

// TestAcceptedByCRDs: every object that kustomize builds is accepted by the real CRDs: no unknown field, no
// value that is refused, every CEL rule kept.
func TestAcceptedByCRDs(t *testing.T) {
	dir, ok := crdtest.Find()
	if !ok {
		t.Log("there is no folder of CRDs: CEL rules and value lists are not checked; TestAcceptedByTypes checks every field")
		return
	}
	crds, err := crdtest.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	made, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	each(t, func(o object) []string {
		group := o.GroupVersionKind().Group
		if builtIn := strings.HasSuffix(group, "k8s.io") || !strings.Contains(group, "."); builtIn || group == flux.InstanceGroup {
			return nil // gen has no CRD of a FluxInstance; TestAcceptedByTypes checks its fields
		}
		count++
		if crds.Schema(o.GroupVersionKind()) == nil {
			return faultsOf(made, o) // the folder does not have all of Flux; what is embedded is made from Flux's own types
		}
		return crds.Validate(o.Object)
	})
	if count == 0 {
		t.Error("not one object was checked")
	}
}

func faultsOf(crds *schema.Set, o object) []string {
	if !crds.Has(o.GroupVersionKind()) {
		return []string{"no CRD of this kind"}
	}
	var faults []string
	for _, fault := range crds.Validate(o.Object) {
		faults = append(faults, fault.String())
	}
	return faults
}

// TestAcceptedByTypes decodes every object into its Go type, so strictly that an unknown field, a field in
// the wrong letter case or a key that stands twice is an error. Built-in kinds have no CRD; this is their test.
func TestAcceptedByTypes(t *testing.T) {
	scheme := allTypes(t)
	decoder := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Strict: true})
	each(t, func(o object) []string {
		if err := strictly(decoder, o); err != nil {
			return []string{err.Error()}
		}
		return nil
	})
}

func strictly(decoder runtime.Decoder, o object) error {
	raw, err := o.MarshalJSON()
	if err != nil {
		return err
	}
	into, kind, err := decoder.Decode(raw, nil, nil)
	if err == nil && into.GetObjectKind().GroupVersionKind() != *kind {
		return errors.New("it decodes into another kind")
	}
	return err
}

// A wrong field, a wrong letter case and a wrong type are found; otherwise the test above proves nothing.
func TestStrictlyIsStrict(t *testing.T) {
	scheme := allTypes(t)
	decoder := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Strict: true})
	for name, document := range map[string]string{
		"unknown field": "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, label: {a: b}}\n",
		"letter case":   "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nData: {a: b}\n",
		"type":          "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: Cluster\nmetadata: {name: a}\nspec: {name: a, version: 1.30, resourcesVPCConfig: {}}\n",
		"unknown kind":  "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\n",
	} {
		if strictly(decoder, decode(t, []byte(document))[0]) == nil {
			t.Errorf("%s is not found", name)
		}
	}
}

// each asks for the faults of every object of every golden tree, once for each text.
func each(t *testing.T, faults func(o object) []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			for _, objects := range made.objects {
				for _, o := range objects {
					raw, err := o.MarshalJSON()
					if err != nil {
						t.Fatal(err)
					}
					if !seen[string(raw)] {
						seen[string(raw)] = true
						for _, fault := range faults(o) {
							t.Errorf("%s: %s", o.id(), fault)
						}
					}
				}
			}
		})
	}
}

// allTypes knows the Go type of every kind that gen makes.
func allTypes(t *testing.T) *runtime.Scheme {
	t.Helper()
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		ec2v1.AddToScheme, iamv1.AddToScheme, kmsv1.AddToScheme, ackv1.AddToScheme,
		helmv2.AddToScheme, kustomizev1.AddToScheme, notificationv1beta3.AddToScheme, sourcev1.AddToScheme, swapi.AddToScheme,
		admissionv1.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme, rbacv1.AddToScheme, storagev1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			t.Fatal(err)
		}
	}
	add := func(kind string, meta metav1.TypeMeta, o runtime.Object) {
		meta.Kind = kind
		scheme.AddKnownTypeWithName(meta.GroupVersionKind(), o)
	}
	eks := ack.Type(eksv1.Group, "")
	add("AccessEntry", eks, &eksv1.AccessEntry{})
	add("Addon", eks, &eksv1.Addon{})
	add("Capability", eks, &eksv1.Capability{})
	add("Cluster", eks, &eksv1.Cluster{})
	add("PodIdentityAssociation", eks, &eksv1.PodIdentityAssociation{})
	add("HostedZone", ack.Type(route53v1.Group, ""), &route53v1.HostedZone{})
	add("RecordSet", ack.Type(route53v1.Group, ""), &route53v1.RecordSet{})
	add("Certificate", ack.Type(acmv1.Group, ""), &acmv1.Certificate{})
	add("LogGroup", ack.Type(logsv1.Group, ""), &logsv1.LogGroup{})
	add("NodePool", metav1.TypeMeta{APIVersion: karpenter.GroupVersion().String()}, &karpenter.NodePool{})
	add(flux.InstanceKind, metav1.TypeMeta{APIVersion: flux.InstanceGroup + "/v1"}, &fluxInstance{})
	autoMode := metav1.TypeMeta{APIVersion: karpenter.AutoModeGroupVersion().String()}
	add("NodeClass", autoMode, &karpenter.NodeClass{})
	add("IngressClassParams", autoMode, &karpenter.IngressClassParams{})
	return scheme
}

// fluxInstance is gen's own type for the scheme. TestManifests in pkg/hub holds it to the rules of the CRD.
type fluxInstance struct{ flux.Instance }

func (i *fluxInstance) DeepCopyObject() runtime.Object { return new(*i) }
