package diff_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff"
)

// TestOutcomes: what happens where it depends on the values, each as path: outcome.
func TestOutcomes(t *testing.T) {
	for name, c := range map[string]struct{ kind, before, after, want string }{
		"a policy of a key that is taken away": {
			"kms.services.k8s.aws/v1alpha1 Key", `spec: {policy: '{"Statement":[]}'}`, "spec: {}", "spec.policy: IGNORED",
		},
		"another policy of a key": {
			"kms.services.k8s.aws/v1alpha1 Key", `spec: {policy: '{"Version":"a"}'}`, `spec: {policy: '{"Version":"b"}'}`, "spec.policy.Version: UPDATE",
		},
		"groups and the name of an entry": {
			"eks.services.k8s.aws/v1alpha1 AccessEntry",
			"spec: {kubernetesGroups: [a], username: a}", "spec: {}",
			"spec.kubernetesGroups[a]: IGNORED\nspec.username: IGNORED",
		},
		"one of two groups of an entry": {
			"eks.services.k8s.aws/v1alpha1 AccessEntry",
			"spec: {kubernetesGroups: [a, b]}", "spec: {kubernetesGroups: [a]}", "spec.kubernetesGroups[b]: UPDATE",
		},
		"no groups, told as such": {
			"eks.services.k8s.aws/v1alpha1 AccessEntry",
			"spec: {kubernetesGroups: [a]}", "spec: {kubernetesGroups: []}", "spec.kubernetesGroups[a]: UPDATE",
		},
		"an element more in a list that cannot change": {
			"acm.services.k8s.aws/v1alpha1 Certificate",
			"spec: {domainValidationOptions: [{domainName: a}]}", "spec: {domainValidationOptions: [{domainName: a}, {domainName: b}]}",
			"spec.domainValidationOptions[1]: REFUSED",
		},
		"a list that cannot change, where there was none": {
			"acm.services.k8s.aws/v1alpha1 Certificate", "spec: {}", "spec: {domainValidationOptions: [{domainName: a}]}",
			"spec.domainValidationOptions[0]: UPDATE",
		},
		"log types in the order that EKS has": {
			"eks.services.k8s.aws/v1alpha1 Cluster", "spec: {}",
			"spec: {logging: {clusterLogging: [{enabled: true, types: [api, audit]}, {enabled: false, types: [authenticator, controllerManager, scheduler]}]}}",
			"spec.logging.clusterLogging[true]: UPDATE\nspec.logging.clusterLogging[false]: UPDATE",
		},
		"log types in another order": {
			"eks.services.k8s.aws/v1alpha1 Cluster",
			"spec: {logging: {clusterLogging: [{enabled: true, types: [api, audit, authenticator, controllerManager, scheduler]}]}}",
			"spec: {logging: {clusterLogging: [{enabled: true, types: [audit, api, authenticator, controllerManager, scheduler]}]}}",
			"spec.logging.clusterLogging[true].types: REFUSED",
		},
		"a pool that becomes a static one": {
			"karpenter.sh/v1 NodePool", "spec: {}", "spec: {replicas: 2}", "spec.replicas: REFUSED",
		},
		"a static pool of another size": {
			"karpenter.sh/v1 NodePool", "spec: {replicas: 1}", "spec: {replicas: 2}", "spec.replicas: UPDATE",
		},
		"back to the ConfigMap": {
			"eks.services.k8s.aws/v1alpha1 Cluster",
			"spec: {accessConfig: {authenticationMode: API}}", "spec: {accessConfig: {authenticationMode: API_AND_CONFIG_MAP}}",
			"spec.accessConfig.authenticationMode: REFUSED",
		},
		"on to access entries": {
			"eks.services.k8s.aws/v1alpha1 Cluster",
			"spec: {accessConfig: {authenticationMode: CONFIG_MAP}}", "spec: {accessConfig: {authenticationMode: API}}",
			"spec.accessConfig.authenticationMode: UPDATE",
		},
		"the type of a Secret that has none": {"/v1 Secret", "type: Opaque", "{}", "type: UPDATE"},
		"another type of a Secret":           {"/v1 Secret", "{}", "type: kubernetes.io/tls", "type: REFUSED"},
		"a name of a record where there was none": {
			"route53.services.k8s.aws/v1alpha1 RecordSet", "spec: {}", "spec: {name: www}", "spec.name: ORPHAN",
		},
		"another name of a record": {
			"route53.services.k8s.aws/v1alpha1 RecordSet", "spec: {name: a}", "spec: {name: b}", "spec.name: REFUSED",
		},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := diff.Compare(hub(t, "before", c.kind, c.before), hub(t, "after", c.kind, c.after), embedded(t))
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, f := range report.Sections[0].Changes[0].Fields {
				lines = append(lines, f.Path+": "+string(f.Outcome))
			}
			if got := strings.Join(lines, "\n"); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
