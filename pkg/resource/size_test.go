package resource

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestTooLarge: one byte decides, in plain text and in text that grows as JSON.
func TestTooLarge(t *testing.T) {
	for name, unit := range map[string]string{"plain": "a", "escaped": "\x00", "quotes": `"`} {
		grown, err := json.Marshal(unit)
		if err != nil {
			t.Fatal(err)
		}
		fits := (MaxSize - len(`{"k":""}`)) / (len(grown) - 2)
		value := func(n int) any { return map[string]any{"k": strings.Repeat(unit, n)} }
		if got := TooLarge(value(fits)); got != 0 {
			t.Errorf("%s: %d units fit, got %d", name, fits, got)
		}
		if got := TooLarge(value(fits + 1)); got <= MaxSize {
			t.Errorf("%s: %d units do not fit, got %d", name, fits+1, got)
		}
	}
}

// TestRough: no value is longer as JSON than rough says, times what escaping makes of a byte.
func TestRough(t *testing.T) {
	for _, value := range []any{
		nil, true, -1.7976931348623157e+308, int64(-9223372036854775808), "", "\x00\x00",
		map[string]any{},
		[]any{},
		map[string]any{"a": []any{1, "b", nil, map[string]any{"\x01": false}}},
	} {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		if got := rough(value); 6*got < len(text) {
			t.Errorf("%s: %d", text, got)
		}
	}
}
