package generate_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/config"
)

// kindOfRef is what each reference field of ACK refers to (ACK, generator.yaml of each controller).
var kindOfRef = map[string]string{
	"allocationRef":     "ElasticIPAddress",
	"gatewayRef":        "InternetGateway",
	"hostedZoneRef":     "HostedZone",
	"natGatewayRef":     "NATGateway",
	"roleRef":           "Role",
	"routeTableRefs":    "RouteTable",
	"securityGroupRefs": "SecurityGroup",
	"subnetRef":         "Subnet",
	"subnetRefs":        "Subnet",
	"targetKeyRef":      "Key",
	"vpcRef":            "VPC",
}

// before tells for each stage of each cluster which stages are ready when it starts, itself included, by
// what the Kustomizations say and not by their names.
func (a aTree) before() map[string][]string {
	ready := map[string][]string{}
	for _, k := range a.chain() {
		stage := k.GetNamespace() + "/" + k.GetName()
		ready[stage] = []string{k.GetName()}
		for _, item := range k.list("spec", "dependsOn") {
			ready[stage] = append(ready[stage], ready[k.GetNamespace()+"/"+text(item, "name")]...)
		}
	}
	return ready
}

// TestReferencesOfACK: whatever an ACK object refers to is in its namespace and is applied in the same stage
// or in one that is ready by then; so every reference resolves at the first try.
func TestReferencesOfACK(t *testing.T) {
	used := map[string]bool{}
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			stages := map[string]string{}
			for _, o := range made.applied() {
				stages[o.GetKind()+" "+o.GetNamespace()+"/"+o.GetName()] = o.stage
			}
			ready := made.before()
			for _, o := range made.applied() {
				for kind, names := range refsOf(t, o.object, used) {
					for _, name := range names {
						id := kind + " " + o.GetNamespace() + "/" + name
						stage, ok := stages[id]
						if !ok {
							t.Errorf("%s refers to %s, which is not in the tree", o.id(), id)
						} else if !slices.Contains(ready[o.cluster+"/"+o.stage], stage) {
							t.Errorf("%s in stage %s refers to %s, which is in %s", o.id(), o.stage, id, stage)
						}
					}
				}
			}
		})
	}
	for _, field := range slices.Sorted(maps.Keys(kindOfRef)) {
		if !used[field] {
			t.Errorf("no golden tree has a %s", field)
		}
	}
}

// refsOf are the names that an ACK object refers to, by kind. Names that are written out count too.
func refsOf(t *testing.T, o object, used map[string]bool) map[string][]string {
	t.Helper()
	refs := map[string][]string{}
	if !strings.HasSuffix(o.GroupVersionKind().Group, "services.k8s.aws") {
		return nil
	}
	walk(o.Object, nil, func(keys []string, value any) {
		fields, ok := value.(map[string]any)
		from, isRef := fields["from"].(map[string]any)
		if !ok || !isRef || o.GetKind() == "FieldExport" {
			return
		}
		names := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == "[]" })
		field := names[len(names)-1]
		kind, known := kindOfRef[field]
		if !known {
			t.Errorf("%s: %s is not in kindOfRef; add what it refers to", o.id(), field)
		}
		if len(from) != 1 {
			t.Errorf("%s: %s leaves its namespace: %v", o.id(), field, from)
		}
		used[field] = true
		refs[kind] = append(refs[kind], text(from, "name"))
	})
	if name := o.at("spec", "clusterName"); name != "" {
		refs["Cluster"] = append(refs["Cluster"], name)
	}
	if o.GetKind() == "FieldExport" {
		refs[o.at("spec", "from", "resource", "kind")] = []string{o.at("spec", "from", "resource", "name")}
		refs["ConfigMap"] = []string{o.at("spec", "to", "name")}
	}
	return refs
}

// TestPodIdentity: an association names the namespace and the service account of the release that uses the
// role, and is in place before the release: credentials are injected when a pod is admitted.
func TestPodIdentity(t *testing.T) {
	count := 0
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			ready := made.before()
			for _, a := range made.applied() {
				c := clusterOf(made, a.cluster)
				if a.GetKind() != "PodIdentityAssociation" || c.State == config.StateRetiring {
					continue
				}
				retires := slices.ContainsFunc(c.Retiring(), func(r config.Retiring) bool { return a.GetName() == a.cluster+"-"+r.Name })
				if retires {
					continue
				}
				count++
				owner, account := ownerOf(c, strings.TrimPrefix(a.GetName(), a.cluster+"-"))
				i := slices.IndexFunc(made.applied(), func(o applied) bool {
					return o.GetKind() == "HelmRelease" && o.cluster == a.cluster && owner == o.GetName()
				})
				if i < 0 {
					t.Errorf("%s: no release is called so", a.id())
					continue
				}
				release := made.applied()[i]
				if got, want := a.at("spec", "namespace"), release.at("spec", "targetNamespace"); got != want {
					t.Errorf("%s is for namespace %s, the release goes to %s", a.id(), got, want)
				}
				if got, want := a.at("spec", "serviceAccount"), cmp.Or(account, serviceAccount(release.object)); got != want {
					t.Errorf("%s is for service account %s, the release has %s", a.id(), got, want)
				}
				if !slices.Contains(ready[release.cluster+"/"+release.stage], a.stage) {
					t.Errorf("%s is in stage %s, the release in %s", a.id(), a.stage, release.stage)
				}
			}
		})
	}
	if count == 0 {
		t.Error("no golden tree has an association")
	}
}

func clusterOf(made aTree, name string) *config.Cluster {
	i := slices.IndexFunc(made.fleet.Clusters, func(c config.Cluster) bool { return c.Name == name })
	if i < 0 {
		return &config.Cluster{}
	}
	return &made.fleet.Clusters[i]
}

// ownerOf is the release whose association has a suffix, and its service account if clusters.yaml says it.
func ownerOf(c *config.Cluster, suffix string) (owner, account string) {
	for _, r := range c.Releases {
		for n, a := range r.ServiceAccounts {
			if config.RoleSuffix(r.Name, n, a) == suffix {
				return r.Name, a.Name
			}
		}
	}
	return suffix, ""
}

// serviceAccount is that of a component's release: its values say, or the chart itself.
func serviceAccount(release object) string {
	if part := config.ComponentNamed(release.GetName()); part.Chart != nil {
		return cmp.Or(release.at("spec", "values", "serviceAccount", "name"), part.Chart.ServiceAccount)
	}
	return release.at("spec", "values", "serviceAccount", "name")
}

// TestReleases: the namespace of a release is made in the cluster before it, unless Kubernetes has it; an
// ingress names a class that the cluster has; the chart's version is exact.
func TestReleases(t *testing.T) {
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			ready := made.before()
			has := map[string]string{}
			for _, o := range made.applied() {
				if o.stage == "nodes" {
					has[o.cluster+" "+o.GetKind()+" "+o.GetName()] = o.stage
				}
			}
			for _, r := range made.applied() {
				if r.GetKind() != "HelmRelease" {
					continue
				}
				namespace := r.at("spec", "targetNamespace")
				if namespace == "" || namespace != r.at("spec", "storageNamespace") {
					t.Errorf("%s: Helm's records are not where the release is", r.id())
				}
				if has[r.cluster+" Namespace "+namespace] == "" && !strings.HasPrefix(namespace, "kube-") && namespace != "default" {
					t.Errorf("%s: nothing makes the namespace %s", r.id(), namespace)
				}
				if class := r.at("spec", "values", "ingress", "className"); class != "" && has[r.cluster+" IngressClass "+class] == "" {
					t.Errorf("%s: the cluster has no ingress class %s", r.id(), class)
				}
				if !slices.Contains(ready[r.cluster+"/"+r.stage], "nodes") && !suspended([]object{r.object}) {
					t.Errorf("%s is applied before the nodes", r.id())
				}
				if version := r.at("spec", "chart", "spec", "version"); strings.ContainsAny(version, "<>=*^~ x|") {
					t.Errorf("%s: the version %q is open", r.id(), version)
				}
			}
		})
	}
}

// TestNodes: a pool's class and the parameters of an ingress class are in the cluster, and where the class
// default is meant, EKS makes it.
func TestNodes(t *testing.T) {
	count := 0
	for _, made := range trees(t) {
		t.Run(made.Name, func(t *testing.T) {
			has := map[string]bool{}
			for _, o := range made.applied() {
				has[o.cluster+" "+o.GroupVersionKind().Group+" "+o.GetKind()+" "+o.GetName()] = true
			}
			for _, o := range made.applied() {
				var ref []string
				switch o.GetKind() {
				case "NodePool":
					ref = []string{"spec", "template", "spec", "nodeClassRef"}
					if o.at(append(ref, "name")...) == "default" && len(clusterOf(made, o.cluster).Nodes.BuiltIn) > 0 {
						continue
					}
				case "IngressClass":
					ref = []string{"spec", "parameters"}
				default:
					continue
				}
				count++
				group := orElse(o.at(append(ref, "group")...), o.at(append(slices.Clone(ref), "apiGroup")...))
				id := o.cluster + " " + group + " " + o.at(append(ref, "kind")...) + " " + o.at(append(ref, "name")...)
				if !has[id] {
					t.Errorf("%s names %s, which is not there", o.id(), id)
				}
			}
		})
	}
	if count == 0 {
		t.Error("no golden tree has pools and ingress classes")
	}
}
