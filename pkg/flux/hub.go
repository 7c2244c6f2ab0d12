package flux

import (
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// HubNamespace makes the namespace of an environment: its Git repository and its chart sources.
func HubNamespace(env *config.Environment) *corev1.Namespace {
	return &corev1.Namespace{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{
			Name:   Namespace(env.Name),
			Labels: map[string]string{EnvironmentLabel: env.Name},
		},
	}
}

// accountRole and clusterAccountRole name the two ClusterRoles of an environment.
func accountRole(environment string) string        { return Namespace(environment) }
func clusterAccountRole(environment string) string { return Namespace(environment) + "-cluster" }

// HubAccount makes the account that the environment's root Kustomization acts as, and its permissions:
// what a delivery folder holds, in any namespace as far as RBAC can tell. The admission policy keeps it to
// the namespaces of the environment.
func HubAccount(env *config.Environment) []resource.Object {
	return []resource.Object{
		serviceAccount(Namespace(env.Name)),
		clusterRole(
			accountRole(env.Name),
			manage("", "configmaps", "namespaces", "serviceaccounts"),
			manage("services.k8s.aws", "iamroleselectors"),
			manage("kustomize.toolkit.fluxcd.io", "kustomizations"),
			manage(rbacv1.GroupName, "rolebindings"),
			manage("source.toolkit.fluxcd.io", "helmrepositories", "ocirepositories"),
			rbacv1.PolicyRule{
				APIGroups: []string{rbacv1.GroupName}, Resources: []string{"clusterroles"},
				ResourceNames: []string{clusterAccountRole(env.Name)}, Verbs: []string{"bind"},
			},
		),
		&rbacv1.ClusterRoleBinding{
			TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRoleBinding"},
			ObjectMeta: metav1.ObjectMeta{Name: accountRole(env.Name)},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: accountRole(env.Name)},
			Subjects:   []rbacv1.Subject{{Kind: rbacv1.ServiceAccountKind, Name: Account, Namespace: Namespace(env.Name)}},
		},
		clusterRole(
			clusterAccountRole(env.Name),
			manage("", "configmaps", "resourcequotas"),
			manage("acm.services.k8s.aws", "*"),
			manage("cloudwatchlogs.services.k8s.aws", "*"),
			manage("ec2.services.k8s.aws", "*"),
			manage("eks.services.k8s.aws", "*"),
			manage("helm.toolkit.fluxcd.io", "helmreleases"),
			manage("iam.services.k8s.aws", "*"),
			manage("kms.services.k8s.aws", "*"),
			manage("route53.services.k8s.aws", "*"),
			manage("services.k8s.aws", "fieldexports"),
		),
	}
}

func clusterRole(name string, rules ...rbacv1.PolicyRule) *rbacv1.ClusterRole {
	return &rbacv1.ClusterRole{
		TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRole"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Rules:      rules,
	}
}

// manage is what server-side apply, pruning and health checks need.
func manage(group string, resources ...string) rbacv1.PolicyRule {
	return rbacv1.PolicyRule{
		APIGroups: []string{group}, Resources: resources,
		Verbs: []string{"create", "delete", "get", "list", "patch", "update", "watch"},
	}
}
