package charts

import (
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

// wanted is a chart that a generated release asks for.
type wanted struct {
	oci           bool
	host, path    string
	name, version string
}

// find reads flux/base of a generated tree: the source of each component and the release that uses it; and the
// sources of the hub's own releases.
func find(tree string) ([]wanted, error) {
	ofHub, err := findHub(tree)
	if err != nil {
		return nil, err
	}
	releases, err := filepath.Glob(filepath.Join(tree, "flux/base/*/release.yaml"))
	if err != nil {
		return nil, fmt.Errorf("look for charts: %w", err)
	}
	all := make([]wanted, 0, len(releases))
	for _, file := range releases {
		dir := filepath.Dir(file)
		source, err := read(filepath.Join(dir, "source/source.yaml"))
		if err != nil {
			return nil, err
		}
		release, err := read(file)
		if err != nil {
			return nil, err
		}
		address, err := url.Parse(text(source, "spec", "url"))
		if err != nil {
			return nil, fmt.Errorf("source in %s: %w", dir, err)
		}
		w := wanted{host: address.Host, path: strings.Trim(address.Path, "/")}
		if source.GetKind() == "OCIRepository" {
			w.oci, w.name, w.version = true, path.Base(address.Path), text(source, "spec", "ref", "tag")
		} else {
			w.name, w.version = text(release, "spec", "chart", "spec", "chart"), text(release, "spec", "chart", "spec", "version")
		}
		all = append(all, w)
	}
	return append(all, ofHub...), nil
}

// findHub reads hub/, where all sources are in registries.
func findHub(tree string) ([]wanted, error) {
	files, err := filepath.Glob(filepath.Join(tree, "hub/*/*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("look for charts: %w", err)
	}
	var all []wanted
	for _, file := range files {
		source, err := read(file)
		if err != nil {
			return nil, err
		}
		if source.GetKind() != "OCIRepository" {
			continue
		}
		address, err := url.Parse(text(source, "spec", "url"))
		if err != nil {
			return nil, fmt.Errorf("source in %s: %w", file, err)
		}
		all = append(all, wanted{
			oci: true, host: address.Host, path: strings.Trim(address.Path, "/"),
			name: path.Base(address.Path), version: text(source, "spec", "ref", "tag"),
		})
	}
	return all, nil
}

// read reads the first object of a file.
func read(file string) (*unstructured.Unstructured, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read a chart source: %w", err)
	}
	first, _, _ := strings.Cut(string(content), "\n---\n")
	o := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(first), &o.Object); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return o, nil
}

func text(o *unstructured.Unstructured, fields ...string) string {
	value, _, _ := unstructured.NestedString(o.Object, fields...)
	return value
}
