package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
)

// TestListsAreInTheSchema: where a message of testdata/invalid says which words a field takes, the JSON Schema says so too, and with
// it editors and gen explain.
func TestListsAreInTheSchema(t *testing.T) {
	t.Parallel()
	var schema jsonschema.Schema
	if err := json.Unmarshal(makeSchema(t), &schema); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "invalid", "*.out"))
	told := regexp.MustCompile(`(?m)^[^ ]+: ([^ ]+): ".*" is not .*\n  hint: .*\bone of `)
	index := regexp.MustCompile(`\[[0-9]+\]`)
	var looked []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range told.FindAllSubmatch(text, -1) {
			path := index.ReplaceAllString(string(match[1]), "")
			if slices.Contains(elsewhere(), path) {
				continue
			}
			looked = append(looked, path)
			if wordsAt(&schema, schema.Definitions, strings.Split(path, ".")) == nil {
				t.Errorf("%s: the JSON Schema does not say which words %s takes: add them to closedLists in pkg/config/schema_make_test.go", filepath.Base(file), path)
			}
		}
	}
	if len(looked) < 20 {
		t.Errorf("only %q were looked at: the test does not read the messages", looked)
	}
}

// elsewhere are fields whose words hang on other fields, values of charts, and words that may have capitals.
func elsewhere() []string {
	return []string{
		"clusters.nodes.pools.class", "clusters.nodes.pools.zones", "clusters.nodes.pools.requirements.values",
		"clusters.components.external-dns.values.logLevel", "clusters.nodes.classes.advancedSecurity.kernelLockdown",
		`clusters.releases.namespace.labels["pod-security.kubernetes.io/enforce"]`,
	}
}

// wordsAt are the words that a schema has for a field; nil for none.
func wordsAt(s *jsonschema.Schema, definitions jsonschema.Definitions, path []string) []any {
	switch {
	case s == nil:
		return nil
	case s.Ref != "":
		return wordsAt(definitions[strings.TrimPrefix(s.Ref, "#/$defs/")], definitions, path)
	case s.Items != nil:
		return wordsAt(s.Items, definitions, path)
	}
	for _, option := range slices.Concat(s.AnyOf, s.OneOf) {
		if words := wordsAt(option, definitions, path); words != nil {
			return words
		}
	}
	if len(path) == 0 {
		return s.Enum
	}
	if s.Properties == nil {
		return nil
	}
	field, _ := s.Properties.Get(path[0])
	return wordsAt(field, definitions, path[1:])
}
