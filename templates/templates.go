// Package templates holds the manifests that are the same on every cluster: a HelmRelease and its chart
// source for each component with a chart. Each file is complete, valid YAML without placeholders, so that
// editors, linters and dependency bots work on it; what differs between clusters is set in Go.
package templates

import (
	"embed"
	"strings"
)

// Files holds <component>/release.yaml and <component>/source.yaml. The folder is the component's name
// without hyphens, as its Go package.
//
//go:embed */*.yaml
var Files embed.FS

// Folder is the folder of a component, and its Go package: the name without hyphens.
func Folder(component string) string { return strings.ReplaceAll(component, "-", "") }
