package edit_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/edit"
)

const source = `# the fleet
clusters:   # all of them
  # the first
  - name: a   # a
    version: "1.35"
    network: {cidr: 10.0.0.0/16, nat: single}
    tags:
      Team: x

  # the second
  - name: "b, c"
    policy: |
      # not a comment
      text
    empty:
  # flow
  - {name: d, version: "1.36"}
flow: [{name: e}, {name: f, tags: {}}]
none: []
`

// TestEdits compares what an edit changes, as a diff.
func TestEdits(t *testing.T) {
	set := func(value string, path ...any) func() ([]byte, error) {
		return func() ([]byte, error) { return edit.Set([]byte(source), path, value) }
	}
	for _, c := range []struct {
		name string
		edit func() ([]byte, error)
		want string
	}{
		{"a quoted scalar", set(`"1.36"`, "clusters", 0, "version"), "-    version: \"1.35\"\n+    version: \"1.36\"\n"},
		{"a plain scalar, its comment stays", set("z", "clusters", 0, "name"), "-  - name: a   # a\n+  - name: z   # a\n"},
		{"in brackets", set("perZone", "clusters", 0, "network", "nat"), "-    network: {cidr: 10.0.0.0/16, nat: single}\n+    network: {cidr: 10.0.0.0/16, nat: perZone}\n"},
		{"a key in brackets", set("[s3]", "clusters", 0, "network", "endpoints"), "-    network: {cidr: 10.0.0.0/16, nat: single}\n+    network: {cidr: 10.0.0.0/16, nat: single, endpoints: [s3]}\n"},
		{"a key in empty brackets", set("x", "flow", 1, "tags", "Team"), "-flow: [{name: e}, {name: f, tags: {}}]\n+flow: [{name: e}, {name: f, tags: {Team: x}}]\n"},
		{"a key in a block", set("retiring", "clusters", 0, "state"), "+    state: retiring\n"},
		{"keys in a block", set("true", "clusters", 0, "endpoint", "public"), "+    endpoint: {public: true}\n"},
		{"a key behind a text", set("x", "clusters", 1, "state"), "+    state: x\n"},
		{"a key in an item in brackets", set("x", "clusters", 2, "state"), "-  - {name: d, version: \"1.36\"}\n+  - {name: d, version: \"1.36\", state: x}\n"},
		{"a key without a value", set("x", "clusters", 1, "empty"), "-    empty:\n+    empty: x\n"},
		{"a list in brackets", set("[x]", "none"), "-none: []\n+none: [x]\n"},
		{"a key at the top", set("x", "last"), "+last: x\n"},
		{"a name with a comma", set("g", "clusters", 1, "name"), "-  - name: \"b, c\"\n+  - name: g\n"},
		{
			"remove the first, its comment too", func() ([]byte, error) { return edit.Remove([]byte(source), edit.Path{"clusters"}, 0) },
			"-  # the first\n-  - name: a   # a\n-    version: \"1.35\"\n-    network: {cidr: 10.0.0.0/16, nat: single}\n-    tags:\n-      Team: x\n",
		},
		{
			"remove a text", func() ([]byte, error) { return edit.Remove([]byte(source), edit.Path{"clusters"}, 1) },
			"-  # the second\n-  - name: \"b, c\"\n-    policy: |\n-      # not a comment\n-      text\n-    empty:\n",
		},
		{"remove the last", func() ([]byte, error) { return edit.Remove([]byte(source), edit.Path{"clusters"}, 2) }, "-  # flow\n-  - {name: d, version: \"1.36\"}\n"},
		{
			"remove in brackets", func() ([]byte, error) { return edit.Remove([]byte(source), edit.Path{"flow"}, 0) },
			"-flow: [{name: e}, {name: f, tags: {}}]\n+flow: [{name: f, tags: {}}]\n",
		},
		{
			"remove the last in brackets", func() ([]byte, error) { return edit.Remove([]byte(source), edit.Path{"flow"}, 1) },
			"-flow: [{name: e}, {name: f, tags: {}}]\n+flow: [{name: e}]\n",
		},
		{
			"append in the style of the last", func() ([]byte, error) {
				return edit.Append([]byte(source), edit.Path{"clusters"}, []string{"name: g"}, "{name: g}")
			},
			"+  - {name: g}\n",
		},
		{
			"append in brackets", func() ([]byte, error) {
				return edit.Append([]byte(source), edit.Path{"flow"}, []string{"name: g"}, "{name: g}")
			},
			"-flow: [{name: e}, {name: f, tags: {}}]\n+flow: [{name: e}, {name: f, tags: {}}, {name: g}]\n",
		},
		{
			"append to nothing", func() ([]byte, error) {
				return edit.Append([]byte(source), edit.Path{"none"}, []string{"name: g", "x: y"}, "{name: g, x: y}")
			},
			"-none: []\n+none:\n+  - name: g\n+    x: y\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.edit()
			if err != nil {
				t.Fatal(err)
			}
			if diff := changed(source, string(got)); diff != c.want {
				t.Errorf("got\n%s\nwant\n%s", diff, c.want)
			}
		})
	}
}

// changed are the lines of a diff that differ.
func changed(before, after string) string {
	var b strings.Builder
	for line := range strings.Lines(udiff.Unified("a", "b", before, after)) {
		if (line[0] == '+' || line[0] == '-') && !strings.HasPrefix(line, "---") && !strings.HasPrefix(line, "+++") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestByHand refuses what it cannot do without touching more.
func TestByHand(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		path   edit.Path
		value  string
		want   string
	}{
		"text over lines": {"a: |\n  x\n  y\n", edit.Path{"a"}, "z", edit.ErrByHand.Error()},
		"folded in place": {"a: x\n  y\nb: 1\n", edit.Path{"a"}, "z", edit.ErrByHand.Error()},
		"an alias":        {"a: &x {b: c}\nd: *x\n", edit.Path{"d", "b"}, "z", "d is not a mapping, so it has no b"},
		"merged":          {"a: &x {b: c}\nd: {<<: *x}\n", edit.Path{"a", "b"}, "z", edit.ErrByHand.Error()},
		"CRLF":            {"a: b\r\n", edit.Path{"a"}, "z", edit.ErrByHand.Error()},
		"a block":         {"a:\n  b: c\n", edit.Path{"a"}, "z", edit.ErrByHand.Error()},
		"no item":         {"a: [b]\n", edit.Path{"a", 1}, "z", "a: there is no item 1"},
		"through a text":  {"a: b\n", edit.Path{"a", "c"}, "z", "a is not a mapping, so it has no c"},
		"no list":         {"a: {}\n", edit.Path{"a", "c", 0}, "z", "c: the list is not there"},
		"not YAML":        {"a: b\n", edit.Path{"a"}, "[", `"[" is no YAML: `},
		"two lines":       {"a: b\n", edit.Path{"a"}, "c\n", `"c\n" has more than one line`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := edit.Set([]byte(c.source), c.path, c.value)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// TestEveryScalar changes every scalar of every golden clusters.yaml in turn: one line changes, or the edit is refused.
func TestEveryScalar(t *testing.T) {
	edits := 0
	for _, c := range golden.WithShipped(t) {
		src := string(c.Source(t))
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(src), &document); err != nil {
			t.Fatal(err)
		}
		scalars(document.Content[0], nil, func(path edit.Path) {
			got, err := edit.Set([]byte(src), path, "changed-by-test")
			if errors.Is(err, edit.ErrByHand) {
				return
			}
			if err != nil {
				t.Errorf("%s %s: %v", c.Name, path, err)
				return
			}
			edits++
			if diff := changed(src, string(got)); strings.Count(diff, "\n") != 2 || !strings.Contains(diff, "changed-by-test") {
				t.Errorf("%s %s:\n%s", c.Name, path, diff)
			}
		})
	}
	if edits < 500 {
		t.Errorf("only %d edits were tried", edits)
	}
}

func scalars(n *yaml.Node, path edit.Path, found func(edit.Path)) {
	next := func(step any) edit.Path { return append(append(edit.Path{}, path...), step) }
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			scalars(n.Content[i+1], next(n.Content[i].Value), found)
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			scalars(item, next(i), found)
		}
	case yaml.ScalarNode:
		found(path)
	}
}

// FuzzSet: whatever the file, an edit says what was meant or is refused, and never panics.
func FuzzSet(f *testing.F) {
	f.Add(source, "clusters", 0, "version", "x")
	f.Add("a: {b: [c, {d: 'e'}]}\n", "a", 0, "b", "[1]")
	f.Add("é: \"ü\" # x\n", "é", 0, "", "ö")
	f.Add("?", "", 0, "x", "0") // a key and a value that nobody has written
	f.Fuzz(func(t *testing.T, src, first string, index int, key, value string) {
		for _, path := range []edit.Path{{first}, {first, index, key}, {first, key}} {
			got, err := edit.Set([]byte(src), path, value)
			if err == nil && len(got) == 0 {
				t.Error("nothing is left")
			}
		}
		_, _ = edit.Remove([]byte(src), edit.Path{first}, index)
		_, _ = edit.Append([]byte(src), edit.Path{first}, []string{key + ": x"}, fmt.Sprintf("{%q: x}", key))
	})
}
