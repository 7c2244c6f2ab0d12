package render

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// TestNames: files and folders may be called whatever a disk takes, and kustomize makes the same of them as there.
func TestNames(t *testing.T) {
	content := map[string][]byte{}
	for name, text := range map[string]string{
		"base/kustomization.yaml":            "resources: [my folder, a+b.yaml, \"größe.yaml\"]\nconfigMapGenerator: [{name: a, files: ['notes (1).txt']}]\npatches: [{path: a=b.yaml, target: {kind: A}}]\n",
		"base/a+b.yaml":                      "{apiVersion: example.org/v1, kind: A, metadata: {name: a}}",
		"base/größe.yaml":                    "{apiVersion: example.org/v1, kind: A, metadata: {name: b}}",
		"base/a=b.yaml":                      `[{"op":"add","path":"/spec","value":1}]`,
		"base/notes (1).txt":                 "a note",
		"base/my folder/kustomization.yaml":  "resources: [one two.yaml]\n",
		"base/my folder/one two.yaml":        "{apiVersion: example.org/v1, kind: A, metadata: {name: c}}",
		"base/nobody names this one, either": "",
	} {
		content[name] = []byte(text)
	}
	root := t.TempDir()
	for name, text := range content {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), filepath.Join(root, "base"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := objects(made)
	if err != nil {
		t.Fatal(err)
	}
	got, err := New(content, never, nil).Build("base")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 4 {
		t.Errorf("%d objects, -disk +memory\n%s", len(got), diff)
	}
	if _, err := New(content, never, nil).Build("base/nothing"); err == nil {
		t.Error("a folder that is not there is built")
	}
}
