package hub

import (
	"encoding/json"
	"fmt"
	"time"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/resource"
)

// The Kustomizations with which the hub delivers the rest of itself.
const (
	ackKustomization   = "ack"
	fleetKustomization = "fleet-hub"
)

// deliveries make the hub's Flux apply ACK and then the environments. Orphan: what removes one of them from the branch must
// not remove the controllers or the environments of clusters that run.
func deliveries(managed bool) []resource.Object {
	fleet := kustomization(fleetKustomization, layout.HubDir(""), 5*time.Minute)
	if managed {
		return []resource.Object{fleet}
	}
	fleet.Spec.DependsOn = []kustomizev1.DependencyReference{{Name: ackKustomization}}
	return []resource.Object{kustomization(ackKustomization, Dir+"/ack", 10*time.Minute), fleet}
}

func kustomization(name, path string, timeout time.Duration) *kustomizev1.Kustomization {
	return &kustomizev1.Kustomization{
		TypeMeta:   metav1.TypeMeta{APIVersion: kustomizev1.GroupVersion.String(), Kind: kustomizev1.KustomizationKind},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: FluxNamespace},
		Spec: kustomizev1.KustomizationSpec{
			DeletionPolicy: kustomizev1.DeletionPolicyOrphan,
			Interval:       metav1.Duration{Duration: time.Hour},
			Path:           "./" + path,
			Prune:          true,
			RetryInterval:  &metav1.Duration{Duration: 2 * time.Minute},
			SourceRef:      kustomizev1.CrossNamespaceSourceReference{Kind: sourcev1.GitRepositoryKind, Name: FluxNamespace},
			Timeout:        &metav1.Duration{Duration: timeout},
			Wait:           true,
		},
	}
}

// release is a chart and its release, both called name.
func release(namespace, name, chart, version string, values object) ([]resource.Object, error) {
	source := &sourcev1.OCIRepository{
		TypeMeta:   metav1.TypeMeta{APIVersion: sourcev1.GroupVersion.String(), Kind: sourcev1.OCIRepositoryKind},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace},
		Spec: sourcev1.OCIRepositorySpec{
			Interval: metav1.Duration{Duration: time.Hour},
			LayerSelector: &sourcev1.OCILayerSelector{
				MediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", Operation: sourcev1.OCILayerCopy,
			},
			Reference: &sourcev1.OCIRepositoryRef{Tag: version},
			URL:       chart,
		},
	}
	again := func() *helmv2.InstallStrategy {
		return &helmv2.InstallStrategy{Name: "RetryOnFailure", RetryInterval: &metav1.Duration{Duration: time.Minute}}
	}
	r := &helmv2.HelmRelease{
		TypeMeta:   metav1.TypeMeta{APIVersion: helmv2.GroupVersion.String(), Kind: helmv2.HelmReleaseKind},
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: namespace},
		Spec: helmv2.HelmReleaseSpec{
			ChartRef: &helmv2.CrossNamespaceSourceReference{Kind: sourcev1.OCIRepositoryKind, Name: name},
			Install:  &helmv2.Install{CRDs: helmv2.CreateReplace, Strategy: again()},
			Interval: metav1.Duration{Duration: time.Hour},
			Upgrade: &helmv2.Upgrade{
				CRDs:     helmv2.CreateReplace,
				Strategy: &helmv2.UpgradeStrategy{Name: "RetryOnFailure", RetryInterval: again().RetryInterval},
			},
		},
	}
	if len(values) > 0 {
		raw, err := json.Marshal(values)
		if err != nil {
			return nil, fmt.Errorf("encode the values of %s: %w", name, err)
		}
		r.Spec.Values = &apiextensionsv1.JSON{Raw: raw}
	}
	return []resource.Object{source, r}, nil
}

// ackRelease installs one of ACK's controllers (chart <service>-chart, values.yaml).
func ackRelease(f *config.Fleet, c controller) ([]resource.Object, error) {
	s := sizeOf(f)
	selectors := f.Hub.ACK == config.ACKSelectors
	gates := object{"IAMRoleSelector": selectors}
	values := object{
		"aws": object{"region": f.Hub.Region},
		// The controller does not start with both ways of finding the role of an account (ACK runtime, pkg/config/config.go).
		"enableCARM":   !selectors,
		"featureGates": gates,
		"reconcile":    object{"defaultMaxConcurrentSyncs": s.ackSyncs},
		"resources": object{
			"limits":   object{"cpu": "1", "memory": s.ackMemory},
			"requests": object{"cpu": "50m", "memory": "128Mi"},
		},
		"serviceAccount": object{"name": c.account()},
	}
	if c.recent {
		// With it ACK looks at an object whose annotations change alone, such as its deletion policy: its stage waits for that look
		// (ACK runtime, pkg/runtime/reconciler.go: BindControllerManager).
		gates["IgnoreFieldDrift"] = true
		values["enableCrossNamespace"] = false // nothing that gen writes refers to another namespace
	}
	return release(Namespace, "ack-"+c.service, c.chart(), c.version, values)
}

func namespace(name string) resource.Object {
	return &corev1.Namespace{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
	}
}

// accountMap tells ACK which role to assume in which account, for all namespaces with the annotation
// services.k8s.aws/owner-account-id (ACK documentation: Manage resources in multiple AWS accounts).
func accountMap(accounts []account) resource.Object {
	data := map[string]string{}
	for _, a := range accounts {
		data[a.id] = a.roles[0]
	}
	return &corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{Name: "ack-role-account-map", Namespace: Namespace},
		Data:       data,
	}
}
