package hub_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/hub"
	"eks-auto-gitops/pkg/render"
	"eks-auto-gitops/pkg/schema"
)

// TestManifests builds what the hub's Flux applies as Flux does, and shows it to the CRDs.
func TestManifests(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			for _, fault := range manifestFaults(t, c.files(t)) {
				t.Error(fault)
			}
		})
	}
}

// TestManifestFaults breaks the manifests in the ways that TestManifests is there for.
func TestManifestFaults(t *testing.T) {
	for name, c := range map[string]struct{ file, old, new, want string }{
		"no such field":   {"hub/ack/eks.yaml", "chartRef:", "chartReference:", "chartReference"},
		"no such file":    {"hub/ack/kustomization.yaml", "- eks.yaml", "- eks.yml", "eks.yml"},
		"no such size":    {"hub/flux/instance.yaml", "size: small", "size: tiny", `size "tiny"`},
		"no such part":    {"hub/flux/instance.yaml", "- source-watcher", "- source-watch", `component "source-watch"`},
		"path":            {"hub/flux/fleet.yaml", "path: ./hub/ack", "path: ./hub/acks", "./hub/acks is made by nobody"},
		"dependency":      {"hub/flux/fleet.yaml", "- name: ack", "- name: acks", "acks is made by nobody"},
		"unknown setting": {"hub/flux/instance.yaml", "objectLevelWorkloadIdentity:", "objectLevelIdentity:", "objectLevelIdentity"},
	} {
		t.Run(name, func(t *testing.T) {
			files := cases(t)[0].files(t)
			before := string(files[c.file])
			if !strings.Contains(before, c.old) {
				t.Fatalf("there is no %q", c.old)
			}
			files[c.file] = []byte(strings.ReplaceAll(before, c.old, c.new))
			if faults := strings.Join(manifestFaults(t, files), "\n"); !strings.Contains(faults, c.want) {
				t.Errorf("want %q, got %q", c.want, faults)
			}
		})
	}
}

func manifestFaults(t *testing.T, files map[string][]byte) (faults []string) {
	t.Helper()
	known, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	builder := render.New(files, func(string) bool { return false }, nil)
	defer builder.Close() //nolint:errcheck // a folder of the test
	folders := []string{"./hub/flux"}
	if files["hub/ack/kustomization.yaml"] != nil {
		folders = append(folders, "./hub/ack")
	}
	for _, folder := range folders {
		objects, err := builder.Build(strings.TrimPrefix(folder, "./"))
		if err != nil {
			return []string{err.Error()}
		}
		for _, o := range objects {
			switch kind := schema.KindOf(o.Content); {
			case kind.Kind == "FluxInstance":
				faults = append(faults, instanceFaults(o.Content)...)
			case kind.Group != "":
				for _, fault := range known.Validate(o.Content) {
					faults = append(faults, fmt.Sprintf("%s: %s", kind.Kind, fault))
				}
			}
			faults = append(faults, chainFaults(o.Content, append(folders, "./flux/hub"))...)
		}
	}
	return faults
}

// instanceFaults checks a FluxInstance by the rules of its CRD that matter here (fluxcd.controlplane.io/v1 of v0.59.0). The CRD
// itself has another licence, so it is not in this repository.
func instanceFaults(content map[string]any) (faults []string) {
	raw, err := yaml.Marshal(content)
	if err != nil {
		return []string{err.Error()}
	}
	var instance struct {
		APIVersion, Kind string
		Metadata         struct {
			Name, Namespace string
			Annotations     map[string]string
		}
		Spec struct {
			Distribution struct{ Version, Registry string }
			Components   []string
			Cluster      struct {
				Type, Size                                              string
				Multitenant, NetworkPolicy, ObjectLevelWorkloadIdentity bool
			}
			Kustomize struct {
				Patches []struct {
					Target struct{ Kind, Name string }
					Patch  string
				}
			}
			Sync struct{ Kind, URL, Ref, Path, PullSecret, Provider, Interval string }
		}
	}
	if err := yaml.UnmarshalStrict(raw, &instance); err != nil {
		return []string{err.Error()}
	}
	s := instance.Spec
	if !slices.Contains([]string{"small", "medium", "large"}, s.Cluster.Size) {
		faults = append(faults, fmt.Sprintf("FluxInstance has no size %q", s.Cluster.Size))
	}
	all := []string{"source-controller", "kustomize-controller", "helm-controller", "notification-controller", "source-watcher"}
	for _, c := range s.Components {
		if !slices.Contains(all, c) {
			faults = append(faults, fmt.Sprintf("FluxInstance has no component %q", c))
		}
	}
	if instance.Metadata.Name != "flux" {
		faults = append(faults, "a FluxInstance is called flux")
	}
	if !s.Cluster.ObjectLevelWorkloadIdentity || s.Cluster.Multitenant {
		faults = append(faults, "the clusters' kubeconfig needs objectLevelWorkloadIdentity, their sources references between namespaces")
	}
	return faults
}

// chainFaults finds what a Kustomization of the hub names and nobody makes.
func chainFaults(content map[string]any, folders []string) (faults []string) {
	spec, _ := content["spec"].(map[string]any)
	if content["kind"] != "Kustomization" {
		return nil
	}
	if path := fmt.Sprint(spec["path"]); !slices.Contains(folders, path) {
		faults = append(faults, path+" is made by nobody")
	}
	depends, _ := spec["dependsOn"].([]any)
	for _, d := range depends {
		name := d.(map[string]any)["name"]
		if name != "ack" || !slices.Contains(folders, "./hub/ack") {
			faults = append(faults, fmt.Sprintf("%v is made by nobody", name))
		}
	}
	return faults
}

// TestAccountOfController: the service account that CloudFormation gives the role to is the one that the chart makes.
func TestAccountOfController(t *testing.T) {
	files := cases(t)[0].files(t)
	for _, service := range hub.Services() {
		account := "ack-" + service + "-controller"
		if !strings.Contains(string(files[hubTemplate]), "ServiceAccount: "+account+"\n") {
			t.Errorf("%s: no association", service)
		}
		if !strings.Contains(string(files["hub/ack/"+service+".yaml"]), "      name: "+account+"\n") {
			t.Errorf("%s: the chart has another service account", service)
		}
	}
}
