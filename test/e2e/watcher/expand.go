package watcher

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// expanded is an artifact of a folder that the path pattern fits.
type expanded struct {
	output
	labels map[string]string
}

// expand makes the artifacts of each folder that the path pattern fits (artifactgenerator_pathpattern.go). Names and labels have what is
// captured in lower case, paths as it is.
func expand(g generator, sources map[string]string) ([]expanded, error) {
	var all []expanded
	if g.Spec.PathPattern == "" {
		for _, out := range g.Spec.Artifacts {
			all = append(all, expanded{output: out})
		}
		return all, nil
	}
	alias, pattern, _ := strings.Cut(strings.TrimPrefix(g.Spec.PathPattern, "@"), "/")
	dir, ok := sources[alias]
	if !ok {
		return nil, fmt.Errorf("pathPattern %q: source alias %s not found in local sources", g.Spec.PathPattern, alias)
	}
	captures := regexp.MustCompile(`\\\{([a-zA-Z0-9_]+)\\\}`)
	fits, err := regexp.Compile("^" + captures.ReplaceAllString(regexp.QuoteMeta(pattern), `(?P<$1>[^/]+)`) + "$")
	if err != nil {
		return nil, fmt.Errorf("pathPattern %q: failed to compile path pattern: %w", g.Spec.PathPattern, err)
	}
	seen := map[string]string{}
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		match := fits.FindStringSubmatch(filepath.ToSlash(rel))
		if err != nil || !entry.IsDir() || match == nil {
			return err
		}
		raw, lower := map[string]string{}, map[string]string{}
		for i, capture := range fits.SubexpNames()[1:] {
			raw[capture], lower[capture] = match[i+1], strings.ToLower(match[i+1])
			if errs := validation.IsValidLabelValue(lower[capture]); len(errs) > 0 {
				return fmt.Errorf("pathPattern %q: captured value %q for variable %q is not a valid Kubernetes label value", g.Spec.PathPattern, match[i+1], capture)
			}
		}
		for _, out := range g.Spec.Artifacts {
			made, err := render(out, lower, raw)
			if err != nil {
				return err
			}
			if other, twice := seen[made.Name]; twice {
				return fmt.Errorf("pathPattern %q: directories %q and %q both resolve to artifact name %q", g.Spec.PathPattern, other, rel, made.Name)
			}
			seen[made.Name] = rel
			all = append(all, made)
		}
		return nil
	})
	return all, err
}

// render puts what was captured into the name and the paths of an artifact.
func render(out output, lower, raw map[string]string) (expanded, error) {
	made := expanded{output: out, labels: lower}
	var err error
	if made.Name, err = fill(out.Name, lower); err != nil {
		return made, err
	}
	if errs := validation.IsDNS1123Subdomain(made.Name); len(errs) > 0 {
		return made, fmt.Errorf("rendered artifact name %q is not a valid Kubernetes object name", made.Name)
	}
	made.Copy = nil
	for _, op := range out.Copy {
		if op.From, err = fill(op.From, raw); err != nil {
			return made, err
		}
		if op.To, err = fill(op.To, raw); err != nil {
			return made, err
		}
		made.Copy = append(made.Copy, op)
	}
	return made, nil
}

func fill(template string, values map[string]string) (string, error) {
	var err error
	filled := regexp.MustCompile(`\{[^}]*\}`).ReplaceAllStringFunc(template, func(capture string) string {
		value, ok := values[strings.Trim(capture, "{}")]
		if !ok {
			err = fmt.Errorf("invalid template %q: capture variable %q is not defined by pathPattern", template, strings.Trim(capture, "{}"))
		}
		return value
	})
	return filled, err
}
