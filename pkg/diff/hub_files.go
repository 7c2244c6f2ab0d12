package diff

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
)

const (
	// hubFolder has the files that make the hub.
	hubFolder = "hub"
	// templateSuffix is how the names of CloudFormation templates end.
	templateSuffix = ".cfn.yaml"
)

// addHub adds what makes the hub to both sides: the objects that the hub's own Flux applies, and the resources of the CloudFormation
// templates, which a person deploys. It returns the files that differ.
func addHub(from, to Source, sides *effect.Trees) (changed []string, err error) {
	var files [2]map[string][]byte
	for i, source := range []Source{from, to} {
		if source.Hub == nil {
			continue
		}
		if files[i], err = source.Hub(); err != nil {
			return nil, fmt.Errorf("read %s: %w", source.Name, err)
		}
	}
	names := slices.Concat(slices.Collect(maps.Keys(files[0])), slices.Collect(maps.Keys(files[1])))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if string(files[0][name]) == string(files[1][name]) {
			continue
		}
		if path.Ext(name) == ".yaml" && !strings.HasPrefix(path.Base(name), "kustomization.") {
			changed = append(changed, name)
		}
		for i := range files {
			for _, o := range hubObjects(name, files[i][name]) {
				sides[i].Add(o)
			}
		}
	}
	return changed, nil
}

// hubObjects are the objects of a file. One that is no YAML has none: it is named among the files that differ.
func hubObjects(name string, content []byte) []*manifest.Object {
	var objects []*manifest.Object
	if path.Ext(name) != ".yaml" || strings.HasPrefix(path.Base(name), "kustomization.") {
		return nil
	}
	for text := range strings.SplitSeq("\n"+string(content), "\n---\n") {
		var object map[string]any
		if err := yaml.Unmarshal([]byte(text), &object); err != nil || object == nil {
			continue
		}
		if strings.HasSuffix(name, templateSuffix) {
			objects = append(objects, templateObjects(name, object)...)
			continue
		}
		objects = append(objects, &manifest.Object{Content: object, Build: &manifest.Build{Dir: path.Dir(name)}})
	}
	return objects
}

// templateObjects are the resources of a template, each as an object of its type, and the rest of the template as one more (AWS
// CloudFormation User Guide, Template sections).
func templateObjects(name string, template map[string]any) []*manifest.Object {
	resources, _ := template["Resources"].(map[string]any)
	rest := maps.Clone(template)
	delete(rest, "Resources")
	rest["kind"], rest["metadata"] = "Template", map[string]any{"name": name}
	build := &manifest.Build{Dir: name}
	objects := []*manifest.Object{{Content: rest, Build: build}}
	for _, id := range slices.Sorted(maps.Keys(resources)) {
		resource, _ := resources[id].(map[string]any)
		content := maps.Clone(resource)
		if content == nil {
			continue
		}
		content["kind"], content["metadata"] = content["Type"], map[string]any{"name": id}
		delete(content, "Type")
		objects = append(objects, &manifest.Object{Content: content, Build: build})
	}
	return objects
}
