package config

import (
	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/templates"
)

// A chartTemplate is what validation reads of the release and the chart source that gen has for a component.
type chartTemplate struct {
	Spec struct {
		Timeout string `yaml:"timeout"`
		Chart   struct {
			Spec struct {
				Version string `yaml:"version"`
			} `yaml:"spec"`
		} `yaml:"chart"`
		Ref struct {
			Tag string `yaml:"tag"`
		} `yaml:"ref"`
		Values yaml.Node `yaml:"values"`
	} `yaml:"spec"`
}

// templateOf reads the templates of a component. It is empty for one without: a test reads every template.
func templateOf(component string) chartTemplate {
	var t chartTemplate
	for _, file := range []string{"release.yaml", "source.yaml"} {
		content, err := templates.Files.ReadFile(templates.Folder(component) + "/" + file)
		if err != nil || yaml.Unmarshal(content, &t) != nil {
			return chartTemplate{}
		}
	}
	return t
}

// pinned is the version of a component's chart that gen installs when clusters.yaml names none.
func pinned(component string) string {
	spec := templateOf(component).Spec
	return spec.Chart.Spec.Version + spec.Ref.Tag
}
