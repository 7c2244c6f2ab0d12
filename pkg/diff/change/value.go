package change

import (
	"encoding/json"
	"strings"
)

// Value writes a value in one line: texts as they are, everything else as JSON.
func Value(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}
