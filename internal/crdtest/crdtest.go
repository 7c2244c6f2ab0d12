// Package crdtest validates Kubernetes objects in tests as an API server would.
//
// In: a folder of custom resource definitions, which is data outside this repository.
// Out: the faults of an object, as text, and where a Go type differs from its CRD. The work is done by pkg/schema;
// only tests import this package.
package crdtest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	crds "eks-auto-gitops/pkg/schema"
)

// EnvDir is the environment variable that names the folder of CRDs.
const EnvDir = "GEN_CRDS"

// A Set holds the CRDs of a folder. It may be used by several goroutines at once.
type Set struct{ *crds.Set }

// Load reads every CRD in the *.yaml files of a folder and its subfolders.
func Load(dir string) (*Set, error) {
	set, err := crds.Load(dir)
	return &Set{set}, err
}

// Validate returns all faults that an API server would find, as text.
func (s *Set) Validate(obj map[string]any) []string {
	var faults []string
	for _, fault := range s.Set.Validate(obj) {
		faults = append(faults, fault.String())
	}
	return faults
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
