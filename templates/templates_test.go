package templates_test

import (
	"io/fs"
	"strings"
	"testing"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/templates"
)

// TestTemplates: every file is complete YAML with known fields, named like its folder, and without anything
// that a template language or a substitution would fill in.
func TestTemplates(t *testing.T) {
	files, err := fs.Glob(templates.Files, "*/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no templates: %v", err)
	}
	for _, name := range files {
		t.Run(name, func(t *testing.T) {
			content, err := fs.ReadFile(templates.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, sign := range []string{"{{", "${", "%s", "%v", "\t", "\r", " \n"} {
				if strings.Contains(string(content), sign) {
					t.Errorf("it has %q", sign)
				}
			}
			into := kindFor(t, name, content)
			if into == nil {
				return
			}
			if err := yaml.UnmarshalStrict(content, into); err != nil {
				t.Error(err)
			}
			checkName(t, name, into)
		})
	}
}

// kindFor is the type that the file must have.
func kindFor(t *testing.T, name string, content []byte) any {
	t.Helper()
	if strings.HasSuffix(name, "/release.yaml") {
		return &helmv2.HelmRelease{}
	}
	if !strings.HasSuffix(name, "/source.yaml") {
		t.Error("only release.yaml and source.yaml are read; nothing uses this file")
		return nil
	}
	if strings.Contains(string(content), "kind: "+sourcev1.OCIRepositoryKind) {
		return &sourcev1.OCIRepository{}
	}
	return &sourcev1.HelmRepository{}
}

// checkName: names follow the folder; versions are exact; the release finds its cluster and its source.
func checkName(t *testing.T, file string, o any) {
	t.Helper()
	folder, _, _ := strings.Cut(file, "/")
	name := ""
	switch o := o.(type) {
	case *helmv2.HelmRelease:
		name = o.Name
		if o.Kind != helmv2.HelmReleaseKind || o.Namespace != "" || o.Spec.KubeConfig == nil || o.Spec.TargetNamespace != o.Spec.StorageNamespace {
			t.Error("a release has no namespace of its own, a kubeConfig, and keeps Helm's records where it installs")
		}
		switch {
		case o.Spec.ChartRef != nil && o.Spec.ChartRef.Name != name, o.Spec.Chart != nil && o.Spec.Chart.Spec.SourceRef.Name != name:
			t.Error("its source is not the one of this folder")
		case o.Spec.Chart != nil && (o.Spec.Chart.Spec.Version == "" || strings.ContainsAny(o.Spec.Chart.Spec.Version, "<>=*^~ x|")):
			t.Error("the version of the chart is not exact")
		}
	case *sourcev1.OCIRepository:
		name = o.Name
		if o.Spec.Reference == nil || o.Spec.Reference.Tag == "" {
			t.Error("the version of the chart is not exact")
		}
	case *sourcev1.HelmRepository:
		name = o.Name
	}
	if strings.ReplaceAll(name, "-", "") != folder {
		t.Errorf("it is named %q, which is not the folder's name with hyphens", name)
	}
}
