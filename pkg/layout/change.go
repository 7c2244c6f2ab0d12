package layout

import (
	"encoding/json"
	"fmt"
	"strings"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	"sigs.k8s.io/kustomize/api/types"

	"eks-auto-gitops/pkg/resource"
)

// changes writes what makes an object of its base: a merge patch, and the values of a release as a whole where kustomize's merge
// would not give them.
func changes(tree *Tree, dir string, d Named, o resource.Object) ([]types.Patch, error) {
	release, isRelease := o.(*helmv2.HelmRelease)
	values := map[string]any{}
	if isRelease {
		base, err := valuesOf(d.Chart.Release)
		if err != nil {
			return nil, err
		}
		if values, err = valuesOf(release); err != nil {
			return nil, err
		}
		if isRelease = !resource.Mergeable(base, values); isRelease {
			release = release.DeepCopy()
			release.Spec.Values = d.Chart.Release.Spec.Values
			o = release
		}
	}
	patch, err := resource.EncodePatch(d.Chart.Release, o)
	if err != nil {
		return nil, fmt.Errorf("merge patch: %w", err)
	}
	name := d.Component + ".yaml"
	patches := []types.Patch{{Path: name}}
	if err := addYAML(tree, dir+"/"+name, patch); err != nil || !isRelease {
		return patches, err
	}
	whole, err := resource.EncodeTree(map[string]any{"op": "add", "path": "/spec/values", "value": values})
	if err != nil {
		return nil, fmt.Errorf("values: %w", err)
	}
	name = d.Component + "-values.yaml"
	target := &types.Selector{}
	target.Kind, target.Name = helmv2.HelmReleaseKind, release.Name
	list := "- " + strings.ReplaceAll(strings.TrimSuffix(string(whole), "\n"), "\n", "\n  ") + "\n"
	return append(patches, types.Patch{Path: name, Target: target}), addYAML(tree, dir+"/"+name, []byte(list))
}

func valuesOf(release *helmv2.HelmRelease) (map[string]any, error) {
	values := map[string]any{}
	if release.Spec.Values == nil {
		return values, nil
	}
	if err := json.Unmarshal(release.Spec.Values.Raw, &values); err != nil {
		return nil, fmt.Errorf("values of release %s: %w", release.Name, err)
	}
	return values, nil
}
