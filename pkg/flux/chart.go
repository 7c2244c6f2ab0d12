package flux

import (
	"fmt"
	"strings"

	helmv2 "github.com/fluxcd/helm-controller/api/v2"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"

	"eks-auto-gitops/pkg/resource"
	"eks-auto-gitops/templates"
)

// Chart is a component's Helm chart as the templates have it.
type Chart struct {
	// Release is the same for every cluster; it has no namespace.
	Release *helmv2.HelmRelease
	// Source is the HelmRepository or OCIRepository; it has no namespace.
	Source resource.Object
}

// Template reads the chart of a component from the templates. The error says which file is wrong.
func Template(component string) (Chart, error) {
	folder := templates.Folder(component)
	release := &helmv2.HelmRelease{}
	if err := readTemplate(folder+"/release.yaml", release); err != nil {
		return Chart{}, err
	}
	if ref := release.Spec.ChartRef; ref != nil && ref.Kind == sourcev1.OCIRepositoryKind {
		source := &sourcev1.OCIRepository{}
		if err := readTemplate(folder+"/source.yaml", source); err != nil {
			return Chart{}, err
		}
		return Chart{Release: release, Source: source}.At(source.Spec.Reference.Tag), nil
	}
	source := &sourcev1.HelmRepository{}
	if err := readTemplate(folder+"/source.yaml", source); err != nil {
		return Chart{}, err
	}
	return Chart{Release: release, Source: source}, nil
}

func readTemplate(name string, into resource.Object) error {
	content, err := templates.Files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("template: %w", err)
	}
	if err := resource.Read(content, into); err != nil {
		return fmt.Errorf("templates/%s: %w", name, err)
	}
	return nil
}

// Version is the version of the chart.
func (c Chart) Version() string {
	if oci, ok := c.Source.(*sourcev1.OCIRepository); ok {
		return oci.Spec.Reference.Tag
	}
	return c.Release.Spec.Chart.Spec.Version
}

// At returns the chart at another version. An OCIRepository holds the version, so each version is a source
// of its own, named <chart>-<version>; a HelmRepository is the same for all.
func (c Chart) At(version string) Chart {
	release := c.Release.DeepCopy()
	oci, ok := c.Source.(*sourcev1.OCIRepository)
	if !ok {
		release.Spec.Chart.Spec.Version = version
		return Chart{Release: release, Source: c.Source}
	}
	source := oci.DeepCopy()
	source.Name = versioned(release.Name, version)
	source.Spec.Reference.Tag = tag(version)
	release.Spec.ChartRef.Name = source.Name
	return Chart{Release: release, Source: source}
}

// tag is the version as a tag of an OCI registry, which cannot have a plus sign (Helm: Use OCI-based
// registries).
func tag(version string) string { return strings.ReplaceAll(version, "+", "_") }

// versioned makes a Kubernetes name of a chart and its version: a version may have a plus sign and capitals.
func versioned(name, version string) string {
	return name + "-" + strings.ToLower(strings.ReplaceAll(version, "+", "-"))
}
