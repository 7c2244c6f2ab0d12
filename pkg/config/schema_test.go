package config

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// TestSchemaIsFresh fails when the types or their comments changed and the schema did not.
func TestSchemaIsFresh(t *testing.T) {
	golden(t, "clusters.schema.json", string(makeSchema(t)))
	text, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := bytes.Cut(text, []byte("\n")); string(first) != schemaHead {
		t.Errorf("the first line is %s", first)
	}
}

// TestSchemaAgrees holds the schema to the same examples as Load: a file without errors passes,
// a file whose structure is wrong does not. The schema is that of the types as they are now; the test above compares it with the
// one that is built in, which is a step behind while the golden files are updated.
func TestSchemaAgrees(t *testing.T) {
	schema := compile(t, makeSchema(t))
	dir := filepath.Join("..", "..", "testdata", "invalid")
	warnings, err := filepath.Glob(filepath.Join(dir, "warn-*.yaml"))
	if err != nil || len(warnings) == 0 {
		t.Fatalf("no warnings in %s: %v", dir, err)
	}
	for _, file := range warnings {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		if err := schema.Validate(asJSON(t, read(t, dir, name))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	golden, err := filepath.Glob(filepath.Join("..", "..", "testdata", "golden", "*", "clusters.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range golden {
		if err := schema.Validate(asJSON(t, read(t, filepath.Dir(file), "clusters"))); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err := schema.Validate(asJSON(t, []byte(complete))); err != nil {
		t.Errorf("the complete file: %v", err)
	}
	for _, name := range []string{
		"not-a-mapping", "missing-metadata", "missing-clusters", "missing-required", "api-version", "kind",
		"unknown-field", "unknown-field-elsewhere", "unknown-field-nowhere", "foreign-auto-mode", "wrong-case-field",
		"consolidate-policy", "list-for-mapping", "scalar-for-list", "mapping-for-text", "text-for-mapping",
		"unquoted-version", "unquoted-account", "unquoted-octal", "bool-yes", "bool-quoted", "int-word", "int-quoted",
		"null-default", "state", "region", "upgrade-policy", "nat", "access-type", "pool-arch", "class-subnets-word", "five-mistakes",
	} {
		if err := schema.Validate(asJSON(t, read(t, dir, name))); err == nil {
			t.Errorf("%s: the schema finds nothing wrong", name)
		}
	}
}

func compile(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("clusters.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("clusters.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(dir, name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// asJSON is a YAML file as an editor's language server sees it.
func asJSON(t *testing.T, src []byte) any {
	t.Helper()
	var value any
	if err := yaml.Load(src, &value); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return document
}
