// Package crdtest validates Kubernetes objects in tests as an API server would.
//
// In: a folder of custom resource definitions, which is data outside this repository.
// Out: the faults of an object, as text. It imports nothing of this module and only tests import it.
package crdtest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// EnvDir is the environment variable that names the folder of CRDs.
const EnvDir = "GEN_CRDS"

// A Set holds the CRDs of a folder. It may be used by several goroutines at once.
type Set struct {
	dir   string
	kinds map[schema.GroupVersionKind]*kind
}

// kind is one served version of a CRD.
type kind struct {
	schema *apiextensionsv1.JSONSchemaProps
	// compile makes the validator on first use and keeps it.
	compile func() (*validator, error)
}

// Find returns the folder of CRDs: the one named by GEN_CRDS, or else ../shared/crds as seen from the root of the module.
// A folder named by GEN_CRDS need not exist, so that a wrong name is an error of Load and not a skipped test.
func Find() (dir string, ok bool) {
	if named := os.Getenv(EnvDir); named != "" {
		return named, true
	}
	root, err := moduleRoot()
	if err != nil {
		return "", false
	}
	dir = filepath.Join(root, "..", "shared", "crds")
	info, err := os.Stat(dir)
	return dir, err == nil && info.IsDir()
}

// moduleRoot is the nearest folder upwards that has a go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the root of the module: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("find the root of the module: no go.mod: %w", os.ErrNotExist)
		}
		dir = parent
	}
}

// Require loads the CRDs for a test, or skips the test and says what is then not checked.
func Require(tb testing.TB, unchecked string) *Set {
	tb.Helper()
	dir, ok := Find()
	if !ok {
		tb.Skipf("no CRDs in ../shared/crds and %s is not set; not checked: %s", EnvDir, unchecked)
	}
	set, err := Load(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

// Has tells whether there is a CRD that serves the kind.
func (s *Set) Has(gvk schema.GroupVersionKind) bool {
	return s.kinds[gvk] != nil
}

// Schema returns the OpenAPI schema of the kind, or nil. The caller must not change it.
func (s *Set) Schema(gvk schema.GroupVersionKind) *apiextensionsv1.JSONSchemaProps {
	if k := s.kinds[gvk]; k != nil {
		return k.schema
	}
	return nil
}
