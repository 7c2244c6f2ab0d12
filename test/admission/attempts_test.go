package admission

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The accounts that a commit on dev can act as: by what it adds to flux/dev, and to a stage of a cluster.
const (
	root  = "fleet-dev:flux"
	stage = "dev-1:flux"
)

// attempt is a commit on the branch dev that reaches for what is not dev's, as the requests that Flux makes of it.
type attempt struct {
	name string
	// given is what is there already, however it came there: rights that were handed on. gone is what is not there.
	given string
	gone  []string
	steps []step
	// message is how one of the steps is refused.
	message string
	// harmless says why it may pass. Then it passes.
	harmless string
}

// step is a request for each of the objects.
type step struct {
	account, objects string
	remove           bool
	subresource      string
}

func by(account, objects string) []step { return []step{{account: account, objects: objects}} }

func removing(account, objects string) []step {
	return []step{{account: account, objects: objects, remove: true}}
}

// attempts are all that were thought of. docs/isolation.md sums them up.
func attempts() []attempt {
	return slices.Concat(realityAttempts(), bindingAttempts(), namespaceAttempts(), selectorAttempts(), accountAttempts(),
		fluxAttempts(), sourceAttempts(), artifactAttempts(), awsAttempts(), harmlessAttempts())
}

// run makes the attempt on the hub, and returns how it was refused.
func (a attempt) run(t *testing.T, h *hub) error {
	t.Helper()
	h = h.fork()
	for _, o := range decode(t, a.given) {
		h.put(&o)
	}
	for _, id := range a.gone {
		if h.objects[id] == nil {
			t.Fatalf("there is no %s", id)
		}
		delete(h.objects, id)
	}
	for _, s := range a.steps {
		h.subresource = s.subresource
		for _, o := range decode(t, s.objects) {
			if s.remove && h.objects[key(&o)] == nil {
				t.Fatalf("there is no %s", key(&o))
			}
			do := h.apply
			if s.remove {
				do = h.remove
			}
			if err := do(s.account, &o); err != nil {
				return fmt.Errorf("%s %s: %w", s.account, key(&o), err)
			}
		}
	}
	return nil
}

// TestAttempts: each attempt is refused by the rule that is meant to, or is harmless and passes.
func TestAttempts(t *testing.T) {
	h, names := treeOf(t, "shortest").hub(t), map[string]bool{}
	for _, a := range attempts() {
		t.Run(a.name, func(t *testing.T) {
			if names[a.name] || (a.message == "") == (a.harmless == "") {
				t.Fatal("its name is taken, or it says neither or both of how it is refused and why it is harmless")
			}
			names[a.name] = true
			err := a.run(t, h)
			switch {
			case a.harmless != "" && err != nil:
				t.Errorf("it is harmless, and refused: %v", err)
			case a.harmless == "" && err == nil:
				t.Error("nothing refuses it")
			case a.harmless == "" && !strings.Contains(err.Error(), a.message):
				t.Errorf("it is refused by something else: %v", err)
			}
		})
	}
}

// Short ways to write objects.

func namespace(name, labels, annotations string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {%s}, annotations: {%s}}\n", name, labels, annotations)
}

const ownAccount = "services.k8s.aws/owner-account-id: '111122223333', services.k8s.aws/default-region: eu-west-2"

func configMap(namespace, name, data string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: %s}\ndata: {%s}\n", name, namespace, data)
}

func kubeConfig(data string) string { return configMap("dev-1", "kubeconfig", data) }

const ownKubeConfig = "provider: aws, serviceAccountName: flux, cluster: 'arn:aws:eks:eu-west-2:111122223333:cluster/dev-1'"

func account(name, more string) string {
	return fmt.Sprintf("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: %s, namespace: dev-1%s\n", name, more)
}

func roleBinding(namespace, name, kind, role, subjects string) string {
	return fmt.Sprintf("apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: %s, namespace: %s}\n"+
		"roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}\nsubjects: [%s]\n", name, namespace, kind, role, subjects)
}

const itself = "{kind: ServiceAccount, name: flux, namespace: dev-1}"

// detour is the binding of reality.md 3, by which a cluster's account gets the rights of the environment's.
func detour() string {
	return "---\n" + roleBinding("dev-1", "detour", "ClusterRole", "fleet-dev.root", itself)
}

// everywhere gives an account the rights, as if somebody had handed them on.
func everywhere(account, group string) string {
	namespace, name, _ := strings.Cut(account, ":")
	return fmt.Sprintf(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: handed-on}
rules: [{apiGroups: ['%s'], resources: ['*'], verbs: ['*']}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: handed-on}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: handed-on}
subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
`, group, name, namespace)
}

func selector(name, spec string) string {
	return fmt.Sprintf("apiVersion: services.k8s.aws/v1alpha1\nkind: IAMRoleSelector\nmetadata: {name: %s}\nspec: {%s}\n", name, spec)
}

const ownRole = "arn: 'arn:aws:iam::111122223333:role/example-ack'"

func kustomization(namespace, spec string) string {
	return fmt.Sprintf("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: detour, namespace: %s}\n"+
		"spec: {prune: true, path: ./x, %s}\n", namespace, spec)
}

const (
	hourly    = "interval: 1h, timeout: 5m"
	devSource = "sourceRef: {kind: GitRepository, name: fleet, namespace: fleet-dev}"
	asFlux    = "serviceAccountName: flux"
	devChart  = "chartRef: {kind: OCIRepository, name: podinfo, namespace: fleet-dev}"
)

func release(spec string) string {
	return fmt.Sprintf("apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: detour, namespace: dev-1}\nspec: {%s}\n", spec)
}

func source(kind, namespace, spec string) string {
	return fmt.Sprintf("apiVersion: source.toolkit.fluxcd.io/v1\nkind: %s\nmetadata: {name: detour, namespace: %s}\nspec: {%s}\n", kind, namespace, spec)
}

func notification(kind, namespace, spec string) string {
	return fmt.Sprintf("apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: %s\nmetadata: {name: detour, namespace: %s}\nspec: {%s}\n", kind, namespace, spec)
}

func ack(group, kind, spec string) string {
	return fmt.Sprintf("apiVersion: %s/v1alpha1\nkind: %s\nmetadata: {name: detour, namespace: dev-1}\nspec: {%s}\n",
		strings.TrimPrefix(group+".services.k8s.aws", "."), kind, spec)
}
