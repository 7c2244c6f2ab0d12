package flux

import (
	"cmp"
	"slices"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	notificationv1 "github.com/fluxcd/notification-controller/api/v1"
	notificationv1beta3 "github.com/fluxcd/notification-controller/api/v1beta3"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// Notifications make a Provider and an Alert for each receiver of an environment. Both are the hub's: a Provider sends what it
// finds in a Secret to any host that it names, and an Alert reads the events of any namespace.
func Notifications(f *config.Fleet, env *config.Environment) []resource.Object {
	var all []resource.Object
	for _, n := range env.Notifications {
		all = append(all, provider(env, n), alert(f, env, n))
	}
	return all
}

func provider(env *config.Environment, n config.Notification) *notificationv1beta3.Provider {
	p := &notificationv1beta3.Provider{
		TypeMeta:   notificationType(notificationv1beta3.ProviderKind),
		ObjectMeta: metav1.ObjectMeta{Name: n.Name, Namespace: Namespace(env.Name)},
		Spec:       notificationv1beta3.ProviderSpec{Type: n.Type, Address: n.Address, Channel: n.Channel, SecretRef: secretRef(n.SecretRef)},
	}
	if n.CommitStatus() {
		// By default the name of a status has no namespace, so that all clusters would write the same one
		// (notification-controller v1.9, internal/server/provider_commit_status.go: generateDefaultCommitStatus).
		// fleet is of the Alert's eventMetadata.
		p.Spec.CommitStatusExpr = "event.metadata.fleet + '/' + event.involvedObject.namespace + '/' + event.involvedObject.name"
	}
	return p
}

func alert(f *config.Fleet, env *config.Environment, n config.Notification) *notificationv1beta3.Alert {
	return &notificationv1beta3.Alert{
		TypeMeta:   notificationType(notificationv1beta3.AlertKind),
		ObjectMeta: metav1.ObjectMeta{Name: n.Name, Namespace: Namespace(env.Name)},
		Spec: notificationv1beta3.AlertSpec{
			EventMetadata: map[string]string{"environment": env.Name, "fleet": f.Metadata.Name},
			EventSeverity: n.Severity,
			EventSources:  eventSources(f, env, n),
			ProviderRef:   *secretRef(&config.SecretRef{Name: n.Name}),
		},
	}
}

// eventSources are what delivers an environment and, unless it is for the status of a commit, which only Kustomizations know, its
// releases and its repository. An Alert cannot select namespaces, so each cluster is named.
func eventSources(f *config.Fleet, env *config.Environment, n config.Notification) []notificationv1.CrossNamespaceObjectReference {
	kinds := []string{kustomizev1.KustomizationKind}
	if !n.CommitStatus() {
		kinds = append(kinds, helmv2.HelmReleaseKind)
	}
	all := []notificationv1.CrossNamespaceObjectReference{{Kind: kustomizev1.KustomizationKind, Name: "*"}}
	if !n.CommitStatus() {
		all = append(all, notificationv1.CrossNamespaceObjectReference{Kind: sourcev1.GitRepositoryKind, Name: "*"})
	}
	clusters := f.ClustersOf(env.Name)
	slices.SortFunc(clusters, func(a, b *config.Cluster) int { return cmp.Compare(a.Name, b.Name) })
	for _, c := range clusters {
		for _, kind := range kinds {
			all = append(all, notificationv1.CrossNamespaceObjectReference{Kind: kind, Name: "*", Namespace: c.Name})
		}
	}
	return all
}

func notificationType(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: notificationv1beta3.GroupVersion.String(), Kind: kind}
}
