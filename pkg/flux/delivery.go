package flux

import (
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// Annotations by which gen knows a cluster that is no longer in clusters.yaml.
const (
	StateAnnotation    = "gen/state"
	ProtectAnnotation  = "gen/protect"
	DeliveryAnnotation = "gen/delivery"

	watchLabel = "reconcile.fluxcd.io/watch"
)

// ClusterNamespace creates the namespace of a cluster on the hub. ACK reads the account and the region from
// it. In a protected environment Flux does not delete it, because everything in it would go too.
func ClusterNamespace(c *config.Cluster) *corev1.Namespace {
	annotations := map[string]string{
		ack.DefaultRegion:  c.Region,
		ack.OwnerAccountID: c.AccountID,
		StateAnnotation:    c.State,
	}
	if c.ReadOnly() && c.State == config.StateActive {
		annotations[StateAnnotation] = config.AdoptReadOnly
	}
	if c.Delivery != config.DeliveryHub {
		annotations[DeliveryAnnotation] = c.Delivery
	}
	if c.Env.Protect {
		annotations[ProtectAnnotation] = "true"
	}
	if keepsNamespace(c) {
		annotations[resource.PruneAnnotation] = "disabled"
	}
	return &corev1.Namespace{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{
			Name:        c.Name,
			Annotations: annotations,
			Labels:      map[string]string{EnvironmentLabel: c.Environment},
		},
	}
}

// keepsNamespace reports whether Flux leaves the cluster's namespace when its file is gone.
func keepsNamespace(c *config.Cluster) bool { return c.Env.Protect && c.State != config.StateRetiring }

// ServiceAccount creates the service account that Flux acts as in a cluster's namespace. In AWS it is the cluster's own role for Flux,
// so that what one namespace may do reaches one cluster.
func ServiceAccount(c *config.Cluster) *corev1.ServiceAccount {
	account := serviceAccount(c.Name)
	metav1.SetMetaDataAnnotation(&account.ObjectMeta, RoleAnnotation, c.FluxRoleARN())
	return account
}

func serviceAccount(namespace string) *corev1.ServiceAccount {
	return &corev1.ServiceAccount{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta: metav1.ObjectMeta{Name: Account, Namespace: namespace},
	}
}

// RoleBinding lets the service account of a cluster's namespace change what is in it, and nothing else.
func RoleBinding(c *config.Cluster) *rbacv1.RoleBinding {
	return &rbacv1.RoleBinding{
		TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "RoleBinding"},
		ObjectMeta: metav1.ObjectMeta{Name: Account, Namespace: c.Name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: clusterAccountRole(c.Environment)},
		Subjects:   []rbacv1.Subject{{Kind: rbacv1.ServiceAccountKind, Name: Account, Namespace: c.Name}},
	}
}

// KubeConfigMap tells Flux which EKS cluster to reach, and as whom; Flux asks EKS for the rest. Without the service account
// Flux would look for the cluster in the account of its own role
// (Flux, Kustomization API: KubeConfig provider aws; fluxcd/pkg, auth/aws: NewRESTConfig).
func KubeConfigMap(c *config.Cluster) *corev1.ConfigMap {
	return configMap(c, KubeConfig, map[string]string{
		"cluster":            clusterARN(c.Partition(), c.Region, c.AccountID, c.Name),
		"provider":           "aws",
		"serviceAccountName": Account,
	})
}

// FactsConfigMap is what ACK writes a value into that is known only when AWS has created something. It must exist and must have
// no data of Flux's, or Flux would undo what ACK writes.
func FactsConfigMap(c *config.Cluster, name string) *corev1.ConfigMap {
	facts := configMap(c, name, nil)
	metav1.SetMetaDataAnnotation(&facts.ObjectMeta, "kustomize.toolkit.fluxcd.io/ssa", "Merge")
	return facts
}

// configMap makes a ConfigMap that Flux watches, so that a change counts at once.
func configMap(c *config.Cluster, name string, data map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{
			Name:      name,
			Namespace: c.Name,
			Labels:    map[string]string{watchLabel: "Enabled"},
		},
		Data: data,
	}
}
