package diff_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"github.com/rogpeppe/go-internal/txtar"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/danger"
	"eks-auto-gitops/pkg/diff/effect"
	"eks-auto-gitops/pkg/diff/report"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diff"
	"eks-auto-gitops/pkg/generate"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/schema"
)

// TestPairs: each archive in testdata/diff names a golden case, which is the first tree, and what to change for the
// second; gen diff then says exactly what is wanted, in every format. Between them the archives use every row of the
// table of fields, and every rule.
func TestPairs(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "diff", "*.txtar"))
	if err != nil || len(archives) < 40 {
		t.Fatalf("there are %d archives in testdata/diff: %v", len(archives), err)
	}
	crds := embedded(t)
	cases := map[string]golden.Case{}
	for _, c := range golden.WithShipped(t) {
		cases[c.Name] = c
	}
	table := effect.NewTable(nil)
	rows, rules := map[string]bool{}, map[string]bool{}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, name, _ := strings.Cut(string(archive.Comment), "case: ")
			c, ok := cases[strings.TrimSpace(name)]
			if !ok {
				t.Fatalf("there is no golden case %q", name)
			}
			report := compared(t, c, archive, crds)
			for _, section := range report.Sections {
				for _, change := range section.Changes {
					for _, f := range change.Fields {
						row, _ := table.Row(apischema.GroupKind{Group: change.Group, Kind: change.Kind}, f.Name)
						rows[row.Group+"/"+row.Kind+" "+row.Name] = true
					}
				}
			}
			for _, d := range report.Dangers {
				rules[d.Rule] = true
			}
			hold(t, file, archive, report)
		})
	}
	for _, row := range effect.Rows() {
		if name := row.Group + "/" + row.Kind + " " + row.Name; !rows[name] {
			t.Errorf("no archive in testdata/diff changes %s", name)
		}
	}
	for _, rule := range danger.Rules() {
		if !rules[rule.Name] {
			t.Errorf("no archive in testdata/diff has the danger %s", rule.Name)
		}
	}
}

// compared is the report of an archive.
func compared(t *testing.T, c golden.Case, archive *txtar.Archive, crds *schema.Set) *change.Report {
	t.Helper()
	from, to := filesOf(t, c), filesOf(t, c)
	for _, change := range archive.Files {
		verb, path, _ := strings.Cut(change.Name, " ")
		switch verb {
		case "from":
			from = regenerated(t, c, from, change.Data)
			to = maps.Clone(from)
		case "fleet":
			to = regenerated(t, c, to, change.Data)
		case "edit":
			to[path] = replaced(t, to[path], change.Data)
		case "before":
			from[path] = replaced(t, from[path], change.Data)
		case "set":
			to[path] = set(t, to[path], change.Data)
		case "file":
			to[path] = change.Data
		case "both":
			from[path], to[path] = change.Data, change.Data
		case "remove":
			delete(to, path)
		case "want":
		default:
			t.Fatalf("%s: there are from, fleet, edit, before, set, file, both, remove and want", change.Name)
		}
	}
	return partAndWhole(t, from, to, crds)
}

// partAndWhole compares two trees twice: as far as a changed file can reach, and all of both. That must be the same.
func partAndWhole(t *testing.T, from, to map[string][]byte, crds *schema.Set) *change.Report {
	t.Helper()
	before, after := diff.FromFiles("before", from), diff.FromFiles("after", to)
	part, err := diff.Compare(before, after, crds)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := diff.CompareWhole(before, after, crds)
	if err != nil {
		t.Fatal(err)
	}
	if some, all := inJSON(t, part)+chainText(part), inJSON(t, whole)+chainText(whole); some != all {
		t.Errorf("with only what a changed file can reach it says something else:\n%s", udiff.Unified("whole", "part", all, some))
	}
	return part
}

func inJSON(t *testing.T, r *change.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// replaced puts one text in the place of another, which must be there: they are separated by a line of =====.
func replaced(t *testing.T, content, change []byte) []byte {
	t.Helper()
	before, after, ok := bytes.Cut(change, []byte("\n=====\n"))
	if !ok || !bytes.Contains(content, before) {
		t.Fatalf("the text to change is not there:\n%s", before)
	}
	return bytes.Replace(content, before, bytes.TrimSuffix(after, []byte("\n")), 1)
}

// regenerated is the tree of clusters.yaml with changes, each as for [replaced] and after a line of -----. The user's
// patches stay.
func regenerated(t *testing.T, c golden.Case, files map[string][]byte, changes []byte) map[string][]byte {
	t.Helper()
	source := files[layout.ClustersFile]
	for change := range bytes.SplitSeq(changes, []byte("-----\n")) {
		source = replaced(t, source, change)
	}
	fleet, problems := config.Load(layout.ClustersFile, source)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	patches, _, err := generate.FindPatches(os.DirFS(c.Dir), fleet)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := generate.Tree(fleet, generate.Options{Patches: patches})
	if err != nil {
		t.Fatal(err)
	}
	made := golden.Files(tree)
	made[layout.ClustersFile] = source
	for name, content := range files {
		if strings.HasPrefix(name, "patches/") {
			made[name] = content
		}
	}
	return made
}

// set changes fields of objects in a file: each line is Kind/name path: value, where null removes the field.
func set(t *testing.T, content, lines []byte) []byte {
	t.Helper()
	var documents []map[string]any
	for text := range bytes.SplitSeq(content, []byte("\n---\n")) {
		object := map[string]any{}
		if err := yaml.Unmarshal(text, &object); err != nil {
			t.Fatal(err)
		}
		documents = append(documents, object)
	}
	for line := range strings.Lines(string(lines)) {
		object, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		path, text, ok := strings.Cut(rest, ": ")
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil || !ok {
			t.Fatalf("%s: %v", line, err)
		}
		found := false
		for _, document := range documents {
			metadata, _ := document["metadata"].(map[string]any)
			if object == document["kind"].(string)+"/"+metadata["name"].(string) {
				found = true
				setAt(t, document, steps(path), value)
			}
		}
		if !found {
			t.Fatalf("there is no %s", object)
		}
	}
	var parts [][]byte
	for _, document := range documents {
		text, err := yaml.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, text)
	}
	return bytes.Join(parts, []byte("---\n"))
}

// steps splits a path such as spec.tags[0].value or metadata.annotations[a.b/c].
func steps(path string) []string {
	var all []string
	for path != "" {
		if inner, ok := strings.CutPrefix(path, "["); ok {
			key, rest, _ := strings.Cut(inner, "]")
			all, path = append(all, key), strings.TrimPrefix(rest, ".")
			continue
		}
		end := strings.IndexAny(path, ".[")
		if end < 0 {
			return append(all, path)
		}
		all, path = append(all, path[:end]), strings.TrimPrefix(path[end:], ".")
	}
	return all
}

func setAt(t *testing.T, at any, keys []string, value any) {
	t.Helper()
	switch v := at.(type) {
	case map[string]any:
		switch {
		case len(keys) == 1 && value == nil:
			delete(v, keys[0])
		case len(keys) == 1:
			v[keys[0]] = value
		default:
			if v[keys[0]] == nil {
				v[keys[0]] = map[string]any{}
			}
			setAt(t, v[keys[0]], keys[1:], value)
		}
	case []any:
		i, err := strconv.Atoi(keys[0])
		if err != nil || i >= len(v) {
			t.Fatalf("there is no element %s", keys[0])
		}
		if len(keys) == 1 {
			v[i] = value
		} else {
			setAt(t, v[i], keys[1:], value)
		}
	default:
		t.Fatalf("there is nothing at %v", keys)
	}
}

// hold compares a report in every format with what is wanted, or writes it down.
func hold(t *testing.T, file string, archive *txtar.Archive, r *change.Report) {
	t.Helper()
	var text, markdown bytes.Buffer
	if err := report.Text(&text, r, false); err != nil {
		t.Fatal(err)
	}
	if err := report.Markdown(&markdown, r, ""); err != nil {
		t.Fatal(err)
	}
	made := map[string]string{
		"want text": text.String(), "want markdown": markdown.String(), "want json": inJSON(t, r), "want chain": chainText(r),
	}
	wanted := map[string]string{}
	var kept []txtar.File
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "want ") {
			wanted[f.Name] = string(f.Data)
		} else {
			kept = append(kept, f)
		}
	}
	if maps.Equal(made, wanted) {
		return
	}
	if os.Getenv(golden.Update) == "" {
		for name, content := range made {
			t.Errorf("%s\nif this is meant, run the test with %s=1", udiff.Unified(name, "said", wanted[name], content), golden.Update)
		}
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is refused while CI is set: a person has to read the difference", golden.Update)
	}
	archive.Files = kept
	for _, name := range []string{"want text", "want markdown", "want json", "want chain"} {
		archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(made[name])})
	}
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
