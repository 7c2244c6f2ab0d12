package config

import (
	_ "embed" // for the schema
	"errors"
	"slices"
)

//go:generate env UPDATE_GOLDEN=1 go test -run ^TestSchemaIsFresh$ .

// schema is made from the types and their comments by schema_test.go; UPDATE_GOLDEN=1 renews it.
//
//go:embed clusters.schema.json
var schema []byte

// Schema is the JSON Schema of clusters.yaml (draft 2020-12), for editors. It knows the
// structure, and the values that are a closed list; Load knows everything.
func Schema() ([]byte, error) {
	if len(schema) == 0 {
		return nil, errors.New("read the JSON Schema: it is empty")
	}
	return slices.Clone(schema), nil
}
