package resource

import (
	"fmt"

	"sigs.k8s.io/yaml"
)

// Read decodes one YAML document into a typed object. A field that the type does not have, a duplicate
// key and a value of another type are errors.
func Read(document []byte, into Object) error {
	if err := yaml.UnmarshalStrict(document, into); err != nil {
		return fmt.Errorf("read %T: %w", into, err)
	}
	return nil
}
