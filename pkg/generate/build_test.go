package generate_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// TestBuild: plain kustomize build, as a reviewer runs it, works in every directory and gives something, but
// for an environment that has no cluster as yet.
func TestBuild(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			for _, path := range made.tree.Paths() {
				dir, ok := strings.CutSuffix(path, "/kustomization.yaml")
				_, built := made.objects[dir]
				environment, isEnvironment := strings.CutPrefix(dir, "flux/")
				idle := isEnvironment && built && len(made.fleet.ClustersOf(environment)) == 0
				if ok && len(made.objects[dir]) == 0 && !idle {
					t.Errorf("%s builds to nothing", dir)
				}
			}
		})
	}
}

// TestPatchesAreApplied: the patches of the case really change what is applied, in every kind of stage.
func TestPatchesAreApplied(t *testing.T) {
	made := treeOf(t, "patches")
	for dir, want := range map[string]string{
		"clusters/dev/dev-1/network":    "example.org/costs: shared",
		"clusters/dev/dev-1/foundation": "maxSessionDuration: 7200",
		"flux/dev/dev-1/nodes":          `nodes: "12"`,
		"flux/dev/dev-1/addons":         "logLevel: debug",
	} {
		if !strings.Contains(string(made.text[dir]), want) {
			t.Errorf("%s is not patched: it has no %s", dir, want)
		}
		if strings.Contains(string(made.text[dir]), "kind: Component") {
			t.Errorf("%s applies the patch itself", dir)
		}
	}
}

func treeOf(t *testing.T, name string) aTree {
	t.Helper()
	all := trees(t)
	i := slices.IndexFunc(all, func(a aTree) bool { return a.Name == name })
	if i < 0 {
		t.Fatalf("there is no golden case %s", name)
	}
	return all[i]
}

// TestReferencesOfFlux: whatever a Flux object, a binding or a policy names is in the tree.
func TestReferencesOfFlux(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			there := map[string]bool{}
			for _, o := range made.applied() {
				there[o.id()] = true
			}
			for _, c := range made.fleet.Clusters { // generators make these, as the check artifact of gen verify looks
				there["ExternalArtifact.source.toolkit.fluxcd.io "+flux.Namespace(c.Environment)+"/"+c.Name] = true
			}
			there["Namespace /kube-system"] = true // Kubernetes makes it (Kubernetes, Namespaces: Initial namespaces)
			for _, o := range made.applied() {
				for _, id := range references(o.object) {
					if !there[id] {
						t.Errorf("%s refers to %s, which is not in the tree", o.id(), id)
					}
				}
			}
			for _, k := range made.kustomizations() {
				if _, ok := made.objects[pathOf(k)]; !ok {
					t.Errorf("%s has the path %q, where there is nothing", k.id(), k.at("spec", "path"))
				}
			}
		})
	}
}

// references are the ids of what an object of Flux or Kubernetes names.
func references(o object) []string {
	var ids []string
	ref := func(kind, namespace, name string) {
		if name != "" {
			ids = append(ids, kind+" "+namespace+"/"+name)
		}
	}
	source := func(path ...string) {
		if kind := o.at(append(path, "kind")...); kind != "" {
			ref(kind+".source.toolkit.fluxcd.io", orElse(o.at(append(path, "namespace")...), o.GetNamespace()), o.at(append(path, "name")...))
		}
	}
	switch o.GetKind() {
	case "Kustomization", "HelmRelease":
		source("spec", "sourceRef")
		source("spec", "chartRef")
		source("spec", "chart", "spec", "sourceRef")
		ref("ConfigMap", o.GetNamespace(), o.at("spec", "kubeConfig", "configMapRef", "name"))
		ref("ServiceAccount", o.GetNamespace(), o.at("spec", "serviceAccountName"))
		for _, item := range o.list("spec", "dependsOn") {
			ref(o.GroupVersionKind().GroupKind().String(), o.GetNamespace(), text(item, "name"))
		}
		for _, item := range o.list("spec", "postBuild", "substituteFrom") {
			ref(text(item, "kind"), o.GetNamespace(), text(item, "name"))
		}
	case "RoleBinding", "ClusterRoleBinding":
		namespace := ""
		if o.at("roleRef", "kind") == "Role" {
			namespace = o.GetNamespace()
		}
		ref(o.at("roleRef", "kind")+".rbac.authorization.k8s.io", namespace, o.at("roleRef", "name"))
		for _, item := range o.list("subjects") {
			ref("ServiceAccount", text(item, "namespace"), text(item, "name"))
		}
	case "ValidatingAdmissionPolicyBinding":
		ref("ValidatingAdmissionPolicy.admissionregistration.k8s.io", "", o.at("spec", "policyName"))
	case "ConfigMap":
		ref("ServiceAccount", o.GetNamespace(), o.at("data", "serviceAccountName"))
	}
	if namespace := o.GetNamespace(); namespace != "" {
		ids = append(ids, "Namespace /"+namespace)
	}
	return ids
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func text(item any, key string) string {
	fields, _ := item.(map[string]any)
	s, _ := fields[key].(string)
	return s
}

// TestChain: each stage of a cluster waits, has a timeout, acts as the cluster's account or in the cluster,
// and starts after exactly the stage before it. A retiring cluster ends with the order turned round.
func TestChain(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			for _, c := range made.fleet.Clusters {
				var got []string
				waited := "" // the last stage that waits: nobody waits for what is suspended
				for _, k := range made.chain() {
					if k.GetNamespace() != c.Name {
						continue
					}
					var before []string
					for _, item := range k.list("spec", "dependsOn") {
						before = append(before, text(item, "name"))
					}
					if got := strings.Join(before, " "); got != waited {
						t.Errorf("%s depends on %s, want %s", k.id(), got, waited)
					}
					if !suspended(made.objects[pathOf(k)]) {
						waited = k.GetName()
					}
					got = append(got, k.GetName())
					checkStage(t, k, suspended(made.objects[pathOf(k)]))
				}
				if want := stagesOf(made, c.Environment, c.Name, c.State == "retiring"); !slices.Equal(got, want) {
					t.Errorf("cluster %s has the stages %v, want %v", c.Name, got, want)
				}
			}
		})
	}
}

// stagesOf are the stages that have a folder, in order of delivery.
func stagesOf(made aTree, environment, cluster string, retiring bool) []string {
	var stages []string
	for _, stage := range component.Stages() {
		for _, root := range []string{"clusters", "flux"} {
			if _, ok := made.objects[root+"/"+environment+"/"+cluster+"/"+string(stage)]; ok {
				stages = append(stages, string(stage))
			}
		}
	}
	if nodes := slices.Index(stages, string(component.Nodes)); retiring && nodes >= 0 {
		slices.Reverse(stages[nodes:])
	}
	return stages
}

// suspended reports whether a stage holds releases that nobody acts on. They are never ready.
func suspended(objects []object) bool {
	return slices.ContainsFunc(objects, func(o object) bool {
		suspend, _, _ := unstructured.NestedBool(o.Object, "spec", "suspend")
		return suspend
	})
}

func checkStage(t *testing.T, k object, suspended bool) {
	t.Helper()
	wait, _, _ := unstructured.NestedBool(k.Object, "spec", "wait")
	if wait = wait || len(k.list("spec", "healthChecks")) > 0; wait == suspended {
		t.Errorf("%s waits: %v", k.id(), wait)
	}
	if k.at("spec", "timeout") == "" || k.at("spec", "retryInterval") == "" {
		t.Errorf("%s has no timeout or no retryInterval", k.id())
	}
	remote, account := k.at("spec", "kubeConfig", "configMapRef", "name"), k.at("spec", "serviceAccountName")
	if (remote == "") == (account == "") {
		t.Errorf("%s acts as %q and in the cluster of %q; want one of the two", k.id(), account, remote)
	}
	if inCluster := k.GetName() == string(component.Nodes) || k.GetName() == string(component.Agent); inCluster != (remote != "") {
		t.Errorf("%s is applied in the wrong place", k.id())
	}
}

// TestHealthIsAsked: every kind that Flux cannot judge by itself has an expression in its stage, and no
// expression uses filter or all on conditions, which are true for an object that has none.
func TestHealthIsAsked(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			for _, k := range made.chain() {
				asked := map[string]bool{}
				for _, item := range k.list("spec", "healthCheckExprs") {
					asked[schema.FromAPIVersionAndKind(text(item, "apiVersion"), text(item, "kind")).GroupKind().String()] = true
					for _, field := range []string{"current", "failed", "inProgress"} {
						if e := text(item, field); strings.Contains(e, "filter(") || strings.Contains(e, "all(") {
							t.Errorf("%s: an object without conditions passes %s: %s", k.id(), field, e)
						}
					}
				}
				for _, o := range made.objects[pathOf(k)] {
					kind := o.GroupVersionKind().GroupKind()
					if strings.HasPrefix(o.GetName(), layout.Retiring) && kind.Kind == "ConfigMap" {
						continue // a mark: it is ready when it is there
					}
					if o.GetName() == layout.Handover {
						continue // the same
					}
					if o.GetNamespace() == "kube-system" && kind.Kind == "ConfigMap" {
						continue // a setting of the network policy controller, which nothing writes to
					}
					if needsExpression(kind) && !asked[kind.String()] && !asked[schema.GroupKind{Group: kind.Group}.String()] {
						t.Errorf("%s has no health expression for %s", k.id(), o.id())
					}
				}
			}
		})
	}
}

// needsExpression reports whether Flux alone would take a new object for ready.
func needsExpression(kind schema.GroupKind) bool {
	switch {
	case kind.Group == "services.k8s.aws":
		return false // a FieldExport is ready when the ConfigMap that it fills is
	case strings.HasSuffix(kind.Group, ".services.k8s.aws"):
		return true
	}
	return slices.Contains([]string{"ConfigMap", "NodePool", "NodeClass", "ResourceQuota"}, kind.Kind)
}

// TestLayout: every directory has a kustomization.yaml that names all its files and folders, sorted, and
// nothing outside but folders.
func TestLayout(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			named := map[string]bool{}
			for _, path := range made.tree.Paths() {
				dir, ok := strings.CutSuffix(path, "/kustomization.yaml")
				if !ok {
					continue
				}
				content, _ := made.tree.Get(path)
				k := decode(t, content)[0]
				resources := k.list("resources")
				if !slices.IsSortedFunc(resources, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) }) {
					t.Errorf("%s: resources are not sorted", path)
				}
				for _, r := range resources {
					named[dir+"/"+fmt.Sprint(r)] = true
				}
				for _, p := range k.list("patches") {
					named[dir+"/"+text(p, "path")] = true
				}
			}
			for path := range maps.Keys(named) {
				if strings.Contains(path, "../") && strings.HasSuffix(path, ".yaml") {
					t.Errorf("%s is a file outside of its folder, which kustomize build refuses", path)
				}
			}
			for _, path := range made.tree.Paths() {
				if strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, "/kustomization.yaml") && !named[path] {
					t.Errorf("%s is in no kustomization.yaml", path)
				}
			}
		})
	}
}
