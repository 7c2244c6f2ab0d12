package flux

import (
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// HubNamespace creates the namespace of an environment: its Git repository and its chart sources.
func HubNamespace(env *config.Environment) *corev1.Namespace {
	return &corev1.Namespace{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{
			Name:   Namespace(env.Name),
			Labels: map[string]string{EnvironmentLabel: env.Name},
		},
	}
}

// accountRole and clusterAccountRole name the two ClusterRoles of an environment. A dot cannot be in the name of an
// environment, so those of dev and of dev-cluster differ.
func accountRole(environment string) string        { return Namespace(environment) + ".root" }
func clusterAccountRole(environment string) string { return Namespace(environment) + ".cluster" }

// sourcesRole is the Role for the chart sources in an environment's namespace.
const sourcesRole = "sources"

// chartSources are the resources from which charts come.
func chartSources() []string {
	return []string{"gitrepositories", "helmrepositories", "ocirepositories"}
}

// HubAccount creates the service account that the environment's root Kustomization acts as, and as which charts are pulled from ECR, and
// its permissions: what a delivery
// folder holds, in any namespace as far as RBAC can tell, and chart sources in the environment's own. The admission policies
// keep it to the namespaces of the environment.
func HubAccount(f *config.Fleet, env *config.Environment) []resource.Object {
	account := serviceAccount(Namespace(env.Name))
	if role := env.ChartRoleARN(f); role != "" {
		metav1.SetMetaDataAnnotation(&account.ObjectMeta, RoleAnnotation, role)
	}
	subject := []rbacv1.Subject{{Kind: rbacv1.ServiceAccountKind, Name: Account, Namespace: Namespace(env.Name)}}
	return []resource.Object{
		account,
		clusterRole(
			accountRole(env.Name),
			manage("", "configmaps", "namespaces", "serviceaccounts"),
			manage("kustomize.toolkit.fluxcd.io", "kustomizations"),
			manage(rbacv1.GroupName, "rolebindings"),
			rbacv1.PolicyRule{
				APIGroups: []string{rbacv1.GroupName}, Resources: []string{"clusterroles"},
				ResourceNames: []string{clusterAccountRole(env.Name)}, Verbs: []string{"bind"},
			},
			manage("services.k8s.aws", selectorResource),
		),
		&rbacv1.ClusterRoleBinding{
			TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRoleBinding"},
			ObjectMeta: metav1.ObjectMeta{Name: accountRole(env.Name)},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: accountRole(env.Name)},
			Subjects:   subject,
		},
		&rbacv1.Role{
			TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "Role"},
			ObjectMeta: metav1.ObjectMeta{Name: sourcesRole, Namespace: Namespace(env.Name)},
			Rules:      []rbacv1.PolicyRule{manage("source.toolkit.fluxcd.io", chartSources()...)},
		},
		&rbacv1.RoleBinding{
			TypeMeta:   metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "RoleBinding"},
			ObjectMeta: metav1.ObjectMeta{Name: sourcesRole, Namespace: Namespace(env.Name)},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: sourcesRole},
			Subjects:   subject,
		},
		clusterRole(clusterAccountRole(env.Name), clusterAccountRules()...),
	}
}

// clusterAccountRules are what the account of a cluster may do in the cluster's namespace: what its stages hold.
func clusterAccountRules() []rbacv1.PolicyRule {
	rules := []rbacv1.PolicyRule{manage("", "configmaps", "resourcequotas")}
	for _, group := range awsGroups() {
		rules = append(rules, manage(group, "*"))
	}
	return append(rules,
		manage("helm.toolkit.fluxcd.io", "helmreleases"),
		manage("services.k8s.aws", "fieldexports"),
	)
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
