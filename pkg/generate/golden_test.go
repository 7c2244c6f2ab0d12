package generate_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/output"
)

// TestGolden holds the whole tree of every case to the one that was reviewed.
func TestGolden(t *testing.T) {
	for _, c := range golden.Cases(t) {
		t.Run(c.Name, func(t *testing.T) {
			golden.Compare(t, filepath.Join(c.Dir, "want"), golden.Files(c.Tree(t)))
		})
	}
}

// TestShippedFleet holds the fleet of this repository to what its clusters.yaml says now.
func TestShippedFleet(t *testing.T) {
	shipped := golden.Shipped(t)
	root, err := os.OpenRoot(shipped.Dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // it is only read
	plan, problems, err := output.NewPlan(root, shipped.Tree(t), output.Options{})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	var difference strings.Builder
	if err := plan.Diff(&difference); err != nil {
		t.Fatal(err)
	}
	if difference.Len() > 0 {
		t.Errorf("run task generate and read the difference before you commit it\n%s", &difference)
	}
}

// TestEveryFieldUsed: every field of clusters.yaml is set in some golden case, so that a new field has to
// come with one.
func TestEveryFieldUsed(t *testing.T) {
	used, known := map[string]bool{}, map[string]bool{}
	for _, c := range golden.Cases(t) {
		var document yaml.Node
		if err := yaml.Unmarshal(c.Source(t), &document); err != nil {
			t.Fatal(err)
		}
		markUsed(document.Content[0], reflect.TypeFor[config.Fleet](), used)
	}
	addFields(reflect.TypeFor[config.Fleet](), known)
	for _, field := range slices.Sorted(maps.Keys(known)) {
		if !used[field] {
			t.Errorf("no golden case sets %s; add it to testdata/golden/every-field/clusters.yaml with a value that is not its default", field)
		}
	}
}

// aField is a field that YAML sets: the type that declares it, its name in the file and what it holds.
type aField struct {
	id    string
	holds reflect.Type
}

// fieldsOf are the fields of a struct as YAML names them; inlined structs are flattened, and a field that
// may stand at several places, such as those of Settings, counts once.
func fieldsOf(typ reflect.Type) map[string]aField {
	fields := map[string]aField{}
	for field := range typ.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case name == "-":
		case options == "inline":
			maps.Copy(fields, fieldsOf(field.Type))
		default:
			fields[name] = aField{typ.Name() + "." + name, field.Type}
		}
	}
	return fields
}

// element is what a pointer, a list or a mapping holds.
func element(typ reflect.Type) reflect.Type {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
		typ = typ.Elem()
	}
	return typ
}

// addFields adds every field that can stand in a file.
func addFields(typ reflect.Type, known map[string]bool) {
	if typ = element(typ); typ.Kind() != reflect.Struct {
		return
	}
	for _, field := range fieldsOf(typ) {
		if !known[field.id] {
			known[field.id] = true
			addFields(field.holds, known)
		}
	}
}

// markUsed adds the fields that a file sets.
func markUsed(node *yaml.Node, typ reflect.Type, used map[string]bool) {
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			markUsed(item, typ, used)
		}
		return
	}
	if typ = element(typ); typ.Kind() != reflect.Struct || node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i].Value, node.Content[i+1]
		if field, ok := fieldsOf(typ)[name]; ok && value.ShortTag() != "!!null" {
			used[field.id] = true
			markUsed(value, field.holds, used)
		}
	}
}
