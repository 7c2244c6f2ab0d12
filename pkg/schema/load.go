package schema

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // for the CRDs that are built in
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// packed is written by `task schemas`: CRDs as a stream of YAML documents, each of them JSON.
//
//go:embed crds.yaml.gz
var packed []byte

// Embedded returns the CRDs that are built in: Flux, ACK, Karpenter and EKS Auto Mode, of the versions that gen
// writes for.
func Embedded() (*Set, error) {
	stream, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack the CRDs that are built in: %w", err)
	}
	set := newSet()
	if err := set.addStream(stream); err != nil {
		return nil, fmt.Errorf("read the CRDs that are built in: %w", err)
	}
	return set, nil
}

// Load reads every CRD in the *.yaml and *.yml files of a folder and its subfolders.
func Load(dir string) (*Set, error) {
	set := newSet()
	disk := os.DirFS(dir)
	err := fs.WalkDir(disk, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" && path.Ext(name) != ".yml" {
			return err
		}
		// Links are followed, as a mounted ConfigMap is made of them; to open a named pipe would wait for ever.
		if info, err := fs.Stat(disk, name); err != nil || !info.Mode().IsRegular() {
			return errors.Join(fmt.Errorf("read a CRD: %s is not a regular file", name), err)
		}
		content, err := fs.ReadFile(disk, name)
		if err != nil {
			return fmt.Errorf("read a CRD: %w", err)
		}
		if err := set.addStream(bytes.NewReader(content)); err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load CRDs: %w", err)
	}
	if len(set.kinds) == 0 {
		return nil, fmt.Errorf("load CRDs: none in %s: %w", dir, fs.ErrNotExist)
	}
	return set, nil
}

func newSet() *Set { return &Set{kinds: map[apischema.GroupVersionKind]*kind{}} }

// addStream reads the CRDs of a stream of documents.
func (s *Set) addStream(stream io.Reader) error {
	documents := utilyaml.NewYAMLReader(bufio.NewReader(stream))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = s.addDocument(document)
		}
		if err != nil {
			return fmt.Errorf("read a document: %w", err)
		}
	}
}

// addDocument adds the served versions of a CRD and passes over anything else.
func (s *Set) addDocument(document []byte) error {
	crd := apiextensionsv1.CustomResourceDefinition{}
	decode := func() error { return yaml.Unmarshal(document, &crd) }
	if bytes.HasPrefix(bytes.TrimSpace(document), []byte("{")) && json.Valid(document) {
		decode = func() error { return json.Unmarshal(document, &crd) }
	}
	if err := decode(); err != nil {
		return fmt.Errorf("decode a CRD: %w", err)
	}
	if crd.Kind != "CustomResourceDefinition" {
		return nil
	}
	for _, version := range crd.Spec.Versions {
		if !version.Served || version.Schema == nil || version.Schema.OpenAPIV3Schema == nil {
			continue
		}
		gvk := apischema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
		if s.Has(gvk) {
			return fmt.Errorf("%s is defined twice: %w", gvk, fs.ErrExist)
		}
		props := version.Schema.OpenAPIV3Schema
		namespaced := crd.Spec.Scope == apiextensionsv1.NamespaceScoped
		s.kinds[gvk] = &kind{
			schema: props, namespaced: namespaced, plural: crd.Spec.Names.Plural,
			compile: sync.OnceValues(func() (*validator, error) { return newValidator(gvk, props, namespaced) }),
		}
	}
	return nil
}
