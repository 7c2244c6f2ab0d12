package layout

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"sigs.k8s.io/kustomize/api/types"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Environment lays out what an environment's branch delivers: the chart sources that its clusters share, and
// the list of the clusters' deliveries.
// patched reports whether the user has patches for the sources.
func Environment(env string, clusters []string, deliveries []Named, patched bool) (*Tree, error) {
	tree := NewTree()
	var k types.Kustomization
	for _, name := range clusters {
		k.Resources = append(k.Resources, name+"/delivery")
	}
	any, err := sourcesOf(env, patched).layOut(tree, deliveries)
	if err != nil {
		return nil, fmt.Errorf("environment %s: %w", env, err)
	}
	if any {
		k.Resources = append(k.Resources, string(component.Sources))
	}
	if len(k.Resources) == 0 {
		// kustomize refuses a kustomization.yaml without any field, and an environment may have no cluster yet.
		k.Namespace = flux.Namespace(env)
	}
	return tree, addKustomization(tree, "flux/"+env, k)
}

// sources is a folder of chart sources.
type sources struct {
	stage          component.Stage
	dir, namespace string
	// patches is the folder with the user's patches, or empty.
	patches string
}

// sourcesOf are those that the clusters of an environment share.
func sourcesOf(env string, patched bool) sources {
	s := sources{stage: component.Sources, dir: "flux/" + env + "/" + string(component.Sources), namespace: flux.Namespace(env)}
	if patched {
		s.patches = SourcePatchDir(env)
	}
	return s
}

// layOut writes each chart source once, and reports whether there is any.
func (s sources) layOut(tree *Tree, deliveries []Named) (bool, error) {
	dir := s.dir
	bases := map[string]bool{}
	objects := map[string]resource.Object{}
	for _, d := range deliveries {
		if d.Stage != s.stage {
			continue
		}
		if d.Base != "" {
			bases[relative(dir, baseDir(d.Base)+"/source")] = true
		}
		for _, o := range d.Objects {
			if other, ok := objects[o.GetName()]; ok && !reflect.DeepEqual(other, o) {
				return false, fmt.Errorf("two different chart sources are called %s", o.GetName())
			}
			objects[o.GetName()] = o
		}
	}
	k := types.Kustomization{Namespace: s.namespace, Resources: slices.Collect(maps.Keys(bases))}
	for name, o := range objects {
		if err := addObjects(tree, dir+"/"+name+".yaml", []resource.Object{o}, false); err != nil {
			return false, err
		}
		k.Resources = append(k.Resources, name+".yaml")
	}
	if len(k.Resources) == 0 {
		return false, nil
	}
	if s.patches != "" {
		k.Components = []string{relative(dir, s.patches)}
	}
	return true, addKustomization(tree, dir, k)
}

// Base lays out what is the same for every cluster that has the component: its release and its chart source.
func Base(component string, chart flux.Chart) (*Tree, error) {
	tree := NewTree()
	dir := baseDir(component)
	if err := addFolder(tree, dir, []file{{"release.yaml", []resource.Object{chart.Release}}}); err != nil {
		return nil, err
	}
	return tree, addFolder(tree, dir+"/source", []file{{"source.yaml", []resource.Object{chart.Source}}})
}

// BaseNote lays out a file that is there also when no component has a base: an artifact must find something to copy at
// flux/base.
func BaseNote() (*Tree, error) {
	tree := NewTree()
	return tree, addYAML(tree, "flux/base/README.md", []byte(`
What is the same for every cluster that has a component: its release and its chart source. Folders of clusters refer to them,
and the artifact of each cluster has them, as it has patches/base.
`))
}

// Hub lays out what the hub's owner applies once for each environment.
func Hub(f *config.Fleet) (*Tree, error) {
	tree := NewTree()
	var k types.Kustomization
	for i := range f.Environments {
		env := &f.Environments[i]
		files := []file{
			{"account.yaml", flux.HubAccount(f, env)},
			{"admission.yaml", flux.AdmissionPolicies(f, env)},
			{"fleet.yaml", fleetObjects(f, env)},
			{"namespace.yaml", []resource.Object{flux.HubNamespace(env)}},
		}
		if len(env.Notifications) > 0 {
			files = append(files, file{"notifications.yaml", flux.Notifications(f, env)})
		}
		if err := addFolder(tree, HubDir(env.Name), files); err != nil {
			return nil, err
		}
		k.Resources = append(k.Resources, env.Name)
	}
	return tree, addKustomization(tree, HubDir(""), k)
}

// fleetObjects are how an environment is delivered from its branch.
func fleetObjects(f *config.Fleet, env *config.Environment) []resource.Object {
	objects := []resource.Object{flux.GitRepository(f, env), flux.Root(env)}
	if f.Flux.PerCluster() {
		objects = append(objects, flux.ArtifactGenerator(env))
	}
	return objects
}
