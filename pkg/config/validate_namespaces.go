package config

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// OwnNamespace reports whether gen makes the namespace of a release: Kubernetes has some from the start, and a component
// makes its own (Kubernetes, Namespaces: Initial namespaces).
func (c *Cluster) OwnNamespace(name string) bool {
	return !slices.Contains([]string{"default", "kube-system", "kube-public", "kube-node-lease"}, name) && c.componentOf(name) == ""
}

// componentOf is the component that makes a namespace, or "".
func (c *Cluster) componentOf(namespace string) string {
	for _, p := range ChartComponents() {
		if p.Chart.Namespace == namespace && p.In(c) {
			return p.Name
		}
	}
	return ""
}

// releaseNamespace checks the namespace of a release; s is the release.
func (c clusterScope) releaseNamespace(s scope, r Release) {
	at := s.at("namespace")
	if s.has("namespace", "name") {
		at = s.at("namespace", "name")
	}
	s.label(at, r.Namespace.Name)
	if ComponentNamed(c.componentOf(r.Namespace.Name)).byAddon(c.Cluster) {
		s.fail(at, fmt.Sprintf("EKS makes the namespace %s with its add-on, which comes in the same stage as this release", r.Namespace.Name), "choose another namespace")
	}
	if name := r.Namespace.Name; name != "" && !c.OwnNamespace(name) {
		for _, field := range []string{"labels", "annotations"} {
			if !s.has("namespace", field) {
				continue
			}
			owner := "Kubernetes itself"
			if component := c.componentOf(name); component != "" {
				owner = "the component " + component
			}
			s.fail(s.at("namespace", field), fmt.Sprintf("the namespace %s belongs to %s", name, owner), "remove it; a patch in patches/<environment>/<cluster>/nodes can set it")
		}
	}
	for _, key := range sortedKeys(r.Namespace.Labels) {
		if len(validation.IsQualifiedName(key)) > 0 {
			s.fail(s.keyAt("namespace", "labels", key), fmt.Sprintf("%q is not the name of a label", key), "use letters, digits, dashes, dots and underscores, at most 63, behind a domain and a slash if any")
		}
		value, at := r.Namespace.Labels[key], s.at("namespace", "labels", key)
		if len(validation.IsValidLabelValue(value)) > 0 {
			s.fail(at, fmt.Sprintf("%q is not the value of a label", value), labelValueHint())
		}
		if mode, ok := strings.CutPrefix(key, "pod-security.kubernetes.io/"); ok && slices.Contains([]string{"enforce", "audit", "warn"}, mode) {
			s.oneOf(at, value, "a Pod Security Standard", []string{"privileged", "baseline", "restricted"})
		}
	}
	for _, key := range sortedKeys(r.Namespace.Annotations) {
		if len(validation.IsQualifiedName(strings.ToLower(key))) > 0 {
			s.fail(s.keyAt("namespace", "annotations", key), fmt.Sprintf("%q is not the name of an annotation", key), "use letters, digits, dashes, dots and underscores, at most 63, behind a domain and a slash if any")
		}
	}
}

// namespaceLabels: releases may share a namespace, but cannot want two values of one label.
func (c clusterScope) namespaceLabels() {
	first := map[string]int{}
	for i, r := range c.Releases {
		for field, values := range map[string]map[string]string{"labels": r.Namespace.Labels, "annotations": r.Namespace.Annotations} {
			for key, value := range values {
				id := r.Namespace.Name + " " + field + " " + key
				j, seen := first[id]
				if !seen {
					first[id] = i
					continue
				}
				other := map[string]map[string]string{"labels": c.Releases[j].Namespace.Labels, "annotations": c.Releases[j].Namespace.Annotations}[field][key]
				if other != value {
					c.fail(c.at("releases", i, "namespace", field, key), fmt.Sprintf("the release %q on line %d gives the namespace another value, %q", c.Releases[j].Name, c.at("releases", j, "name").line, other),
						"one namespace has one value; write the same, or take it out of one of the two")
				}
			}
		}
	}
}
