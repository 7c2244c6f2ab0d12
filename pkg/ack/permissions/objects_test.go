package permissions_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/ack/permissions"
	"eks-auto-gitops/pkg/iam"
)

// An object is one that ACK brings to AWS, in a golden case.
type object struct {
	unstructured.Unstructured
	file string
}

func (o object) GroupKind() schema.GroupKind { return o.GroupVersionKind().GroupKind() }

// text is a field of the object; empty if it has none.
func (o object) text(fields ...string) string {
	value, _, _ := unstructured.NestedString(o.Object, fields...)
	return value
}

// objects are those of all golden cases.
func objects(t *testing.T) []object {
	t.Helper()
	var all []object
	for _, c := range golden.Cases(t) {
		root := filepath.Join(c.Dir, "want")
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for document := range strings.SplitSeq(string(content), "\n---\n") {
				var content any
				if err := yaml.Unmarshal([]byte(document), &content); err != nil {
					return err
				}
				o := object{file: path}
				o.Object, _ = content.(map[string]any) // a JSON patch is a list
				if strings.HasSuffix(o.GroupVersionKind().Group, ".services.k8s.aws") {
					all = append(all, o)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// allowed reports whether the policies allow an action on a resource, with a value for its condition key if it has one.
func allowed(policies []permissions.Policy, action, resource, value string) bool {
	allow := false
	for _, p := range policies {
		for _, s := range p.Statements {
			fits := matches(s.Action, action) && matches(s.Resource, resource)
			for _, values := range s.Condition["StringEquals"] {
				fits = fits && slices.Contains(values, value)
			}
			switch {
			case fits && s.Effect == iam.Deny:
				return false
			case fits:
				allow = true
			}
		}
	}
	return allow
}

// matches reports whether one of IAM's patterns fits. The table has no question marks.
func matches(patterns []string, text string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		parts := strings.Split(pattern, "*")
		rest, ok := strings.CutPrefix(text, parts[0])
		for _, part := range parts[1:] {
			i := strings.Index(rest, part)
			if part == parts[len(parts)-1] {
				i = strings.LastIndex(rest, part)
			}
			if !ok || i < 0 {
				return false
			}
			rest = rest[i+len(part):]
		}
		return ok && (rest == "" || strings.HasSuffix(pattern, "*"))
	})
}
