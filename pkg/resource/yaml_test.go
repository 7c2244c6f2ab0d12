package resource

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	sigsyaml "sigs.k8s.io/yaml"
)

// Both readers matter: kustomize and Flux read with sigs.k8s.io/yaml (YAML 1.1 words), editors and
// our own tools with YAML 1.2.
func checkRoundTrip(t *testing.T, want map[string]any) {
	t.Helper()
	var out bytes.Buffer
	if err := writeYAML(&out, want); err != nil {
		t.Fatal(err)
	}
	var v12, v11 map[string]any
	if err := yaml.Unmarshal(out.Bytes(), &v12); err != nil {
		t.Fatalf("YAML 1.2: %v\n%s", err, &out)
	}
	if err := sigsyaml.Unmarshal(out.Bytes(), &v11); err != nil {
		t.Fatalf("YAML 1.1: %v\n%s", err, &out)
	}
	if !reflect.DeepEqual(v12, want) {
		t.Errorf("YAML 1.2 reads %#v, want %#v\n%s", v12, want, &out)
	}
	if !reflect.DeepEqual(v11, want) {
		t.Errorf("YAML 1.1 reads %#v, want %#v\n%s", v11, want, &out)
	}
}

func TestStringsStayStrings(t *testing.T) {
	for _, s := range []string{
		"", " ", "a", "~", "null", "no", "On", "y", "1.30", "012", "0x1f", "1e3", "8e10", "12345678", "+1", "-1", ".5", ".inf", ".NaN",
		"2026-01-01", "1:30", "a:b", "a: b", "a:", "a #b", "#a", "- a", "-", "--- a", "---", "...", "*a", "&a", "!a", "@a", "`a", "%a", "|", ">",
		"{}", "[]", "{a", "a,b", "a=b", "=", "<<", "?", "? a", "a\nb", "a\nb\n", "a\n\nb", "\na", " a\nb", "a \nb", "a\n b", "\ta", "a\tb", "a\r\nb",
		"arn:aws:iam::111122223333:role/x", "https://example.org/a?b=c", "\u00e9", "\u2028", "\x00", "\x7f", "'", "\"", "a'b", "10%", "*.example.org",
		strings.Repeat("word ", 40), "a\n\n", "0o17", "1_000", "190:20:30", "/a", "a/", "true ", "::", "a::b",
	} {
		checkRoundTrip(t, map[string]any{"key": s, "list": []any{s}, s: "as a key", "deep": map[string]any{"list": []any{map[string]any{"a": s}}}})
	}
}

func TestShapes(t *testing.T) {
	in := map[string]any{
		"map":  map[string]any{"b": int64(2), "a": true, "empty": map[string]any{}, "none": []any{}},
		"list": []any{"x", []any{"z", []any{}}, map[string]any{"k": "v", "l": []any{"1"}}, map[string]any{}},
	}
	const want = `list:
- x
-
  - z
  - []
- k: v
  l:
  - '1'
- {}
map:
  a: true
  b: 2
  empty: {}
  none: []
`
	var out bytes.Buffer
	if err := writeYAML(&out, in); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
}

func FuzzString(f *testing.F) {
	f.Add("a", "no")
	f.Add("a\nb", "1e3")
	f.Fuzz(func(t *testing.T, key, value string) {
		if !utf8.ValidString(key) || !utf8.ValidString(value) {
			t.Skip("Kubernetes objects are JSON: valid UTF-8 only")
		}
		checkRoundTrip(t, map[string]any{"x": value, "y": []any{key, value}})
	})
}

func TestShortDuration(t *testing.T) {
	for in, want := range map[string]string{
		"1h0m0s": "1h", "10m0s": "10m", "1h30m0s": "1h30m", "30s": "30s", "1h0m5s": "1h0m5s", "0s": "0s", "1h": "1h", "soon": "soon",
	} {
		if got := shortDuration(in); got != want {
			t.Errorf("shortDuration(%q) = %q, want %q", in, got, want)
		}
	}
}
