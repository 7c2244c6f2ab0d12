package explain_test

import (
	"bytes"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/manifest"
)

// changes are the fields of objects, such as "Cluster spec.version", that another value of a field of clusters.yaml changes, by the
// path that gen explain knows. They are tried: each value of the golden cases is changed in turn, where what comes out is valid.
func changes(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string]map[string]bool{}
	for _, c := range golden.WithShipped(t) {
		source := c.Source(t)
		before, ok := treeOf(source)
		if !ok {
			t.Fatalf("%s does not load", c.Name)
		}
		var root yaml.Node
		if err := yaml.Unmarshal(source, &root); err != nil {
			t.Fatal(err)
		}
		values(root.Content[0], "", func(path string, node *yaml.Node) {
			if len(found[path]) > 0 {
				return
			}
			old := node.Value
			for _, next := range others(old) {
				node.Value = next
				changed, err := yaml.Marshal(&root)
				node.Value = old
				if err != nil {
					t.Fatal(err)
				}
				after, ok := treeOf(changed)
				if !ok {
					continue
				}
				if found[path] == nil {
					found[path] = map[string]bool{}
				}
				for _, field := range differing(before, after) {
					found[path][field] = true
				}
				return
			}
		})
	}
	sorted := map[string][]string{}
	for path, fields := range found {
		sorted[path] = []string{}
		for field := range fields {
			sorted[path] = append(sorted[path], field)
		}
		slices.Sort(sorted[path])
	}
	return sorted
}

func treeOf(source []byte) (*layout.Tree, bool) {
	fleet, problems := config.Load(layout.ClustersFile, source)
	if problems.HasErrors() {
		return nil, false
	}
	tree, err := generate.Tree(fleet, generate.Options{})
	return tree, err == nil
}

// values visits each scalar of a mapping by its path from a cluster, an environment or the top, without the numbers of items.
func values(node *yaml.Node, path string, visit func(path string, node *yaml.Node)) {
	switch node.Kind {
	case yaml.ScalarNode:
		visit(path, node)
	case yaml.SequenceNode:
		for _, item := range node.Content {
			values(item, path, visit)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			next := strings.TrimPrefix(path+"."+node.Content[i].Value, ".")
			if path == "" && slices.Contains([]string{"clusters", "environments", "defaults"}, next) {
				next = ""
			}
			values(node.Content[i+1], next, visit)
		}
	}
}

// others are values that may be right in place of one.
func others(value string) []string {
	digits := regexp.MustCompile(`[0-9]+`)
	next := []string{}
	switch value {
	case "true":
		next = append(next, "false")
	case "false":
		next = append(next, "true")
	}
	for _, words := range [][]string{
		{"STANDARD", "EXTENDED"},
		{"none", "single", "perZone"},
		{"private", "public"},
		{"podIdentity", "irsa"},
		{"retiring", "active"},
		{"API", "API_AND_CONFIG_MAP"},
		{"standard", "tier-xl", "tier-2xl"},
		{"internal", "internet-facing"},
		{"read-only", "full"},
		{"selectors", "accountMap", "managed"},
		{"Enabled", "Disabled"},
		{"DefaultAllow", "DefaultDeny"},
		{"sync", "upsert-only"},
		{"helm", "addon"},
		{"ipv4", "ipv6", "dualstack"},
		{"api", "scheduler"},
		{"spot", "on-demand"},
		{"NoSchedule", "NoExecute"},
		{"WhenEmpty", "WhenEmptyOrUnderutilized"},
		{"general-purpose", "system"},
		{"namespace", "cluster"},
		{"github", "generic"},
		{"Random", "Default"},
		{"Skip", "CreateReplace"},
		{"warn", "enabled"},
		{"2.8", "2.9"},
		{"30", "60"},
		{"365", "400"},
		{"90", "120"},
	} {
		if slices.Contains(words, value) {
			next = append(next, words...)
		}
	}
	if n := digits.FindAllStringIndex(value, -1); len(n) > 0 {
		for _, at := range slices.Backward(n) {
			for _, add := range []int{1, 8, 16} {
				var number int
				if _, err := fmt.Sscan(value[at[0]:at[1]], &number); err == nil {
					next = append(next, value[:at[0]]+fmt.Sprintf("%0*d", at[1]-at[0], number+add)+value[at[1]:])
				}
			}
		}
	}
	next = append(next, value+"x", "x"+value)
	return slices.DeleteFunc(next, func(s string) bool { return s == value })
}

// differing are the fields of objects that differ between two trees, and the objects that are in one alone.
func differing(before, after *layout.Tree) []string {
	found := map[string]bool{}
	for _, path := range slices.Concat(before.Paths(), after.Paths()) {
		a, _ := before.Get(path)
		b, _ := after.Get(path)
		if bytes.Equal(a, b) || !strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, "kustomization.yaml") {
			continue
		}
		left, right := documents(a), documents(b)
		for name, o := range left {
			if other, ok := right[name]; ok {
				fields("", o, other, func(field string) { found[kindOf(o)+" "+field] = true })
			} else {
				found[kindOf(o)+" "] = true
			}
		}
		for name, o := range right {
			if left[name] == nil {
				found[kindOf(o)+" "] = true
			}
		}
	}
	var list []string
	for f := range found {
		list = append(list, f)
	}
	return list
}

func kindOf(o map[string]any) string { kind, _ := o["kind"].(string); return kind }

func documents(content []byte) map[string]map[string]any {
	all := map[string]map[string]any{}
	loader := yaml.NewDecoder(bytes.NewReader(content))
	for {
		var o map[string]any
		if err := loader.Decode(&o); err != nil {
			return all
		}
		all[kindOf(o)+"/"+manifest.TextAt(o, "metadata", "name")] = o
	}
}

// fields visits what differs between two values, by names without numbers.
func fields(path string, a, b any, visit func(string)) {
	if reflect.DeepEqual(a, b) {
		return
	}
	left, isMap := a.(map[string]any)
	right, both := b.(map[string]any)
	if !isMap || !both {
		visit(path)
		return
	}
	for key := range left {
		fields(strings.TrimPrefix(path+"."+key, "."), left[key], right[key], visit)
	}
	for key := range right {
		if _, ok := left[key]; !ok {
			visit(strings.TrimPrefix(path+"."+key, "."))
		}
	}
}

// TestChangesAreKnown changes values of the golden cases and looks at which fields of objects differ: those that gen explain
// names are among them, and where it names none it has words.
func TestChangesAreKnown(t *testing.T) {
	tried, known := changes(t), loaded(t)
	if len(tried) < 150 {
		t.Errorf("only %d fields were changed", len(tried))
	}
	for path, differ := range tried {
		var out bytes.Buffer
		if err := known.Field(&out, path); err != nil {
			continue // below a field that may hold anything
		}
		text, _, _ := strings.Cut(out.String(), "\nFIELDS:\n")
		text = strings.Join(strings.Fields(text), " ")
		_, named, _ := strings.Cut(text, "BECOMES: ")
		named, _, _ = strings.Cut(named, " CHANGE: ")
		named, _, _ = strings.Cut(named, " MAY STAND: ")
		if named == "" {
			continue
		}
		if !slices.ContainsFunc(strings.Split(named, ", "), func(object string) bool {
			return slices.ContainsFunc(differ, func(field string) bool {
				return field == object || strings.HasPrefix(field, object+".") || strings.HasPrefix(object, field)
			})
		}) {
			t.Errorf("%s: explain names %s, and these differ: %s", path, named, strings.Join(differ, ", "))
		}
	}
}
