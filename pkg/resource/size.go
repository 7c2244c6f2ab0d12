package resource

import "encoding/json"

// MaxSize is how many bytes of JSON etcd takes for one object (etcd, System limits: 1.5 MiB for a request). MaxData is how
// many the data of a ConfigMap may have (Kubernetes, ConfigMaps: 1 MiB).
const (
	MaxSize = 1536 << 10
	MaxData = 1 << 20
)

// TooLarge returns the length of a value as JSON if it is more than MaxSize, else 0. What is far from that is not encoded.
func TooLarge(value any) int {
	const widest = 6 // a control character is one byte, and \u0000 in JSON
	if widest*rough(value) <= MaxSize {
		return 0
	}
	text, err := json.Marshal(value)
	if err != nil || len(text) <= MaxSize {
		return 0 // what cannot be encoded is refused where it is read
	}
	return len(text)
}

// rough is about the length of a value as JSON, and never less than that but for signs that have to be escaped.
func rough(value any) int {
	const longest = 25 // a number
	switch v := value.(type) {
	case string:
		return len(v) + len(`"",`)
	case map[string]any:
		sum := len(`{},`)
		for key, inner := range v {
			sum += len(key) + len(`"":`) + rough(inner)
		}
		return sum
	case []any:
		sum := len(`[],`)
		for _, inner := range v {
			sum += rough(inner)
		}
		return sum
	}
	return longest
}
