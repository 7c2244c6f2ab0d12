package diff_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/danger"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// filesOf is the tree of a golden case with its clusters.yaml and patches.
func filesOf(t *testing.T, c golden.Case) map[string][]byte {
	t.Helper()
	files := golden.Files(c.Tree(t))
	files["clusters/clusters.yaml"] = c.Source(t)
	root := os.DirFS(c.Dir)
	patches, err := manifest.ReadFiles(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range patches {
		if strings.HasPrefix(name, "patches/") {
			files[name] = content
		}
	}
	return files
}

func embedded(t *testing.T) *schema.Set {
	t.Helper()
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return crds
}

// TestEveryFieldHasARow: whatever gen writes in any golden case, the table says what happens when it changes.
func TestEveryFieldHasARow(t *testing.T) {
	crds := embedded(t)
	table := effect.NewTable(nil)
	missing, used, looked := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, c := range golden.WithShipped(t) {
		tree, err := manifest.LoadPart(filesOf(t, c), crds, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range tree.Builds {
			for _, o := range b.Objects {
				leaves("", o.Content, func(name string) {
					if slices.Contains([]string{"kind", "metadata.name", "metadata.namespace"}, name) {
						return // they are what an object is known by
					}
					field := o.Kind().String() + " " + name
					if looked[field] {
						return
					}
					looked[field] = true
					row, ok := table.Row(o.Kind(), name)
					if !ok {
						missing[o.Kind().String()+" "+name] = c.Name
					}
					used[row.Group+"/"+row.Kind+" "+row.Name] = true
				})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("%s (case %s) has no row: say in fields_*.go what its controller does when it changes", name, missing[name])
	}
	if len(used) < 100 {
		t.Errorf("only %d rows were used: the test does not look at what it should", len(used))
	}
}

// leaves visits the name of every value below root.
func leaves(name string, value any, visit func(name string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			leaves(strings.TrimPrefix(name+"."+key, "."), inner, visit)
		}
	case []any:
		for _, inner := range v {
			leaves(name, inner, visit)
		}
	default:
		visit(name)
	}
}

// TestRowsAreWhole: every row says what happens and where that is written, and no two speak of one field.
func TestRowsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range effect.Rows() {
		name := row.Group + "/" + row.Kind + " " + row.Name
		if seen[name] {
			t.Errorf("%s has two rows", name)
		}
		seen[name] = true
		if row.Source == "" || (row.Outcome == "") != (row.Decide != nil) {
			t.Errorf("%s is not whole: outcome %q, source %q", name, row.Outcome, row.Source)
		}
		bad := row.Outcome != "" && row.Outcome != change.Update
		if bad && row.Why == "" {
			t.Errorf("%s is %s and does not say why", name, row.Outcome)
		}
	}
}

// TestRulesAreDocumented: docs/diff.md has the rules, in their order and with their sentences, and no others.
func TestRulesAreDocumented(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "diff.md"))
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for _, rule := range danger.Rules() {
		want.WriteString("| `" + rule.Name + "` | " + strings.TrimSuffix(rule.Doc, ".") + " |\n")
		if rule.Why == "" {
			t.Errorf("%s does not say why", rule.Name)
		}
	}
	_, table, _ := strings.Cut(strings.ReplaceAll(string(content), "`protect: true`", "protect: true"), "| rule | finds |\n|---|---|\n")
	if table, _, _ = strings.Cut(table, "\n\n"); table+"\n" != want.String() {
		t.Errorf("the table of rules should be\n%s", want.String())
	}
}
