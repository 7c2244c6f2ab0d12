package render

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	fluxkustomize "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/resmap"
)

// ChangedByFlux names the field of a Kustomization by which Flux makes something else of a folder than kustomize
// build: spec.path where there is no kustomization.yaml, so that Flux takes every file. It is empty if there is none;
// then Flux only allows more (Flux, Kustomization API; fluxcd/pkg, kustomize_generator.go).
func (b *Builder) ChangedByFlux(dir string, kustomization map[string]any) string {
	spec, _ := kustomization["spec"].(map[string]any)
	for _, field := range []string{"patches", "images", "components", "targetNamespace", "namePrefix", "nameSuffix", "buildMetadata"} {
		if _, ok := spec[field]; ok {
			return "spec." + field
		}
	}
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if b.has(dir + "/" + name) {
			return ""
		}
	}
	return "spec.path"
}

// BuildAsFlux makes the objects of a folder as kustomize-controller does for a Kustomization, by Flux's own library.
// That works on a disk only, so it gets a copy of the repository, which Close removes. Nothing is fetched.
func (b *Builder) BuildAsFlux(dir string, kustomization map[string]any) ([]Object, error) {
	root, err := b.onDisk()
	if err != nil {
		return nil, err
	}
	target := filepath.Join(root, filepath.FromSlash(dir))
	built, err := guarded(func() (resmap.ResMap, error) {
		action, err := fluxkustomize.NewGenerator(root, unstructured.Unstructured{Object: kustomization}).
			WriteFile(target, fluxkustomize.WithSaveOriginalKustomization())
		if err != nil {
			return nil, fmt.Errorf("write what Flux adds: %w", err)
		}
		made, err := fluxkustomize.SecureBuild(root, target, false)
		return made, errors.Join(err, fluxkustomize.CleanDirectory(target, action))
	})
	if err != nil {
		return nil, fmt.Errorf("build %s as Flux does: %w", dir, err)
	}
	return objects(built)
}

// onDisk is a copy of the repository, made when it is first needed.
func (b *Builder) onDisk() (string, error) {
	if b.scratch != "" {
		return b.scratch, nil
	}
	root, err := os.MkdirTemp("", "gen-verify-")
	if err != nil {
		return "", fmt.Errorf("make a folder for what Flux builds: %w", err)
	}
	b.scratch = root
	if b.scratch, err = filepath.EvalSymlinks(root); err != nil {
		return "", fmt.Errorf("find the folder for what Flux builds: %w", err)
	}
	for name, content := range b.content {
		file := filepath.Join(b.scratch, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return "", fmt.Errorf("copy the repository: %w", err)
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			return "", fmt.Errorf("copy the repository: %w", err)
		}
	}
	return b.scratch, nil
}

// Close removes what was written for Flux. The builder must not be used any more.
func (b *Builder) Close() error {
	if b.scratch == "" {
		return nil
	}
	if err := os.RemoveAll(b.scratch); err != nil {
		return fmt.Errorf("remove what was written for Flux: %w", err)
	}
	return nil
}
