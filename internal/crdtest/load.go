package crdtest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// Load reads every CRD in the *.yaml files of a folder and its subfolders.
func Load(dir string) (*Set, error) {
	set := &Set{dir: dir, kinds: map[schema.GroupVersionKind]*kind{}}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		return set.addFile(path)
	})
	if err != nil {
		return nil, fmt.Errorf("load CRDs: %w", err)
	}
	if len(set.kinds) == 0 {
		return nil, fmt.Errorf("load CRDs: none in %s: %w", dir, fs.ErrNotExist)
	}
	return set, nil
}

// addFile reads the CRDs of one file, which may hold several documents.
func (s *Set) addFile(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read a CRD: %w", err)
	}
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = s.addDocument(document)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
	}
}

// addDocument adds the served versions of a CRD and passes over anything else.
func (s *Set) addDocument(document []byte) error {
	crd := apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(document, &crd); err != nil {
		return fmt.Errorf("decode a CRD: %w", err)
	}
	if crd.Kind != "CustomResourceDefinition" {
		return nil
	}
	for _, version := range crd.Spec.Versions {
		if !version.Served || version.Schema == nil || version.Schema.OpenAPIV3Schema == nil {
			continue
		}
		gvk := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
		if s.Has(gvk) {
			return fmt.Errorf("%s is defined twice: %w", gvk, fs.ErrExist)
		}
		props := version.Schema.OpenAPIV3Schema
		namespaced := crd.Spec.Scope == apiextensionsv1.NamespaceScoped
		s.kinds[gvk] = &kind{
			schema:  props,
			compile: sync.OnceValues(func() (*validator, error) { return newValidator(gvk, props, namespaced) }),
		}
	}
	return nil
}
