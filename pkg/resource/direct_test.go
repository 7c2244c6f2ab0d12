package resource_test

import (
	"testing"
	"time"

	ec2 "github.com/aws-controllers-k8s/ec2-controller/apis/v1alpha1"
	iam "github.com/aws-controllers-k8s/iam-controller/apis/v1alpha1"
	kms "github.com/aws-controllers-k8s/kms-controller/apis/v1alpha1"
	services "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"github.com/google/go-cmp/cmp"
	admissionv1 "k8s.io/api/admissionregistration/v1"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	storagev1 "k8s.io/api/storage/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/randfill"

	own "eks-auto-gitops/pkg/resource"
)

// TestEncoder: whatever is in an object, the Encoder writes what Encode writes, byte for byte.
func TestEncoder(t *testing.T) {
	var encoder own.Encoder
	random := filler()
	for _, o := range kinds() {
		for range 25 {
			random.Fill(o)
			want, err := own.Encode(o)
			if err != nil {
				continue // a value that neither encodes
			}
			got, err := encoder.Encode(o)
			if diff := cmp.Diff(string(want), string(got)); err != nil || diff != "" {
				t.Fatalf("%T: %v: -Encode +Encoder\n%s", o, err, diff)
			}
		}
	}
}

// TestEncoderOfMany: documents are divided, and one that cannot be encoded is named.
func TestEncoderOfMany(t *testing.T) {
	var encoder own.Encoder
	objects := []own.Object{
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "a"}}, &unstructured.Unstructured{Object: map[string]any{"kind": "B", "values": map[string]any{"c": nil}}},
		&corev1.ConfigMap{Data: map[string]string{"timeout": "1h0m0s", "1": "", "a": "b\nc\n"}},
	}
	want, err := own.Encode(objects...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := encoder.Encode(objects...)
	if diff := cmp.Diff(string(want), string(got)); err != nil || diff != "" {
		t.Errorf("%v: -Encode +Encoder\n%s", err, diff)
	}
	faulty := &helmv2.HelmRelease{TypeMeta: metav1.TypeMeta{Kind: "HelmRelease"}, ObjectMeta: metav1.ObjectMeta{Name: "x"}}
	faulty.Spec.Values = &apiextensionsv1.JSON{Raw: []byte("{")}
	_, wantErr := own.Encode(faulty)
	if _, err := encoder.Encode(faulty); err == nil || wantErr == nil {
		t.Errorf("values that are no JSON are encoded: %v, %v", err, wantErr)
	}
}

func kinds() []own.Object {
	return []own.Object{
		&ec2.VPC{}, &ec2.Subnet{}, &ec2.RouteTable{}, &ec2.SecurityGroup{}, &ec2.VPCEndpoint{}, &ec2.NATGateway{},
		&iam.Role{}, &iam.OpenIDConnectProvider{}, &kms.Key{}, &services.FieldExport{}, &services.IAMRoleSelector{},
		&helmv2.HelmRelease{}, &kustomizev1.Kustomization{}, &sourcev1.GitRepository{}, &sourcev1.HelmRepository{}, &sourcev1.OCIRepository{},
		&corev1.Namespace{}, &corev1.ConfigMap{}, &corev1.ServiceAccount{}, &corev1.Secret{}, &corev1.Pod{}, &appsv1.Deployment{},
		&rbacv1.Role{}, &rbacv1.ClusterRole{}, &rbacv1.RoleBinding{}, &storagev1.StorageClass{}, &networkingv1.IngressClass{}, &networkingv1.NetworkPolicy{},
		&admissionv1.ValidatingAdmissionPolicy{}, &admissionv1.ValidatingAdmissionPolicyBinding{},
	}
}

// filler fills objects with what can be encoded: of some types not every value can.
func filler() *randfill.Filler {
	texts := []string{"", "a", "1h0m0s", "90m0s", "true", "10", "a: b", "a\nb\n", " x", "ü"}
	return randfill.NewWithSeed(1).NilChance(0.4).NumElements(0, 3).MaxDepth(12).Funcs(
		func(s *string, c randfill.Continue) { *s = texts[c.Intn(len(texts))] },
		func(j *apiextensionsv1.JSON, c randfill.Continue) {
			j.Raw = []byte([]string{`{"a":null,"timeout":"1h0m0s","b":[1,2.5,{"c":null,"values":{"d":null}}]}`, `null`, `[]`, `{}`, `"x"`}[c.Intn(5)])
		},
		func(r *runtime.RawExtension, c randfill.Continue) {
			*r = runtime.RawExtension{Raw: []byte(`{"kind":"A"}`)}
		},
		func(q *resource.Quantity, c randfill.Continue) {
			*q = resource.MustParse([]string{"1", "10m", "1Gi"}[c.Intn(3)])
		},
		func(v *intstr.IntOrString, c randfill.Continue) {
			*v = []intstr.IntOrString{intstr.FromInt32(8080), intstr.FromString("http")}[c.Intn(2)]
		},
		func(d *metav1.Duration, c randfill.Continue) {
			d.Duration = time.Duration(c.Intn(4)) * 30 * time.Minute
		},
		func(f *metav1.FieldsV1, c randfill.Continue) { *f = metav1.FieldsV1{} },
		func(_ *metav1.ManagedFieldsEntry, _ randfill.Continue) {},
	)
}
