package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"sigs.k8s.io/kustomize/api/types"

	"eks-auto-gitops/pkg/resource"
)

// addObjects puts a file with objects into the tree. Unless Flux is to replace variables in it, an object
// whose text has the sign of one is guarded: IAM's variables look the same.
func addObjects(tree *Tree, path string, objects []resource.Object, substituted bool) error {
	content, err := encode(tree.encoder, objects, substituted)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return addYAML(tree, path, content)
}

func encode(encoder *resource.Encoder, objects []resource.Object, substituted bool) ([]byte, error) {
	content, err := encoder.Encode(objects...)
	if err != nil || substituted || !bytes.Contains(content, []byte("${")) {
		return content, err
	}
	guarded := make([]resource.Object, 0, len(objects))
	for _, o := range objects {
		text, err := encoder.Encode(o)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(text, []byte("${")) {
			o = guard(o)
		}
		guarded = append(guarded, o)
	}
	return encoder.Encode(guarded...)
}

// guard returns a copy of o that Flux replaces no variables in.
func guard(o resource.Object) resource.Object {
	guarded, ok := o.DeepCopyObject().(resource.Object)
	if !ok {
		return o
	}
	annotations := guarded.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[resource.SubstituteAnnotation] = "disabled"
	guarded.SetAnnotations(annotations)
	return guarded
}

func addYAML(tree *Tree, path string, content []byte) error {
	return tree.Add(path, append([]byte(Marker+"\n"), content...))
}

// addKustomization puts the kustomization.yaml of a folder into the tree, its lists sorted but for patches.
func addKustomization(tree *Tree, dir string, k types.Kustomization) error {
	k.APIVersion, k.Kind = types.KustomizationVersion, types.KustomizationKind
	slices.Sort(k.Resources)
	raw, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("%s/kustomization.yaml: %w", dir, err)
	}
	var fields map[string]any
	if err := json.Unmarshal(raw, &fields); err != nil {
		return fmt.Errorf("%s/kustomization.yaml: %w", dir, err)
	}
	content, err := resource.EncodeTree(fields)
	if err != nil {
		return fmt.Errorf("%s/kustomization.yaml: %w", dir, err)
	}
	return addYAML(tree, dir+"/kustomization.yaml", content)
}
