package diff_test

import (
	"strings"
	"testing"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/diff/report"
)

// TestLongValues: of values that are too long for a line one sees where they differ.
func TestLongValues(t *testing.T) {
	long := strings.Repeat("abcdefghij", 30)
	for name, c := range map[string]struct{ before, after, want string }{
		"far from the beginning": {
			long + "<before", long + ">after",
			"    data.a: …" + long[260:] + "<before -> …" + long[260:] + ">after\n",
		},
		"at the beginning":      {"before " + long, "after " + long, "    data.a: before " + long[:153] + "… -> after " + long[:154] + "…\n"},
		"longer in the middle":  {long, long[:200] + "x" + long, "    data.a: …" + long[160:] + " -> …" + long[160:200] + "x" + long[:118] + "…\n"},
		"short":                 {"before", "after", "    data.a: before -> after\n"},
		"a line of several":     {"a\n" + long + "1\nc", "a\n" + long + "2\nc", "        a\n      - …" + long[260:] + "1\n      + …" + long[260:] + "2\n        c\n"},
		"lines that come alone": {"a\n", "a\n" + long, "        a\n      + " + long[:160] + "…\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inText(t, c.before, c.after, false); !strings.HasSuffix(got, c.want) {
				t.Errorf("got\n%s\nwant at its end\n%s", got, c.want)
			}
		})
	}
}

// TestNothingHides: no value can move the cursor of a terminal, wipe out a line or turn a text around, and a terminal still
// gets its colours.
func TestNothingHides(t *testing.T) {
	const evil = "a\x1b[2K\rb\x1b[31mc\u202ed\u2066e\u200bf"
	for _, colour := range []bool{false, true} {
		got := inText(t, "x", evil, colour)
		if strings.ContainsAny(got, "\r\u202e\u2066\u200b") || strings.Contains(got, "\x1b[2K") || !colour && strings.Contains(got, "\x1b") {
			t.Errorf("it is still there: %q", got)
		}
		if !strings.Contains(got, `a\x1b[2K\rb`) || !strings.Contains(got, `c\u202ed\u2066e\u200bf`) {
			t.Errorf("it is not shown: %q", got)
		}
		if colour && !strings.Contains(got, "\x1b[31mx\x1b[0m -> \x1b[32ma") {
			t.Errorf("there are no colours: %q", got)
		}
	}
}

// inText is the report of a ConfigMap with one value, as text.
func inText(t *testing.T, before, after string, colour bool) string {
	t.Helper()
	r := &change.Report{
		From: "before", To: "after",
		Sections: []change.Section{{Scopes: []change.Scope{{Environment: "dev"}}, Changes: []change.Change{{
			Kind: "ConfigMap", Name: "x", Place: "hub", Outcome: change.Update,
			Fields: []change.Field{{Path: "data.a", Name: "data.a", Before: before, After: after, Outcome: change.Update}},
		}}}},
	}
	var b strings.Builder
	if err := report.Text(&b, r, colour); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
