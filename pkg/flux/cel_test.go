package flux

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/cel-go/cel"
)

// TestCELString: whatever a text holds, CEL reads the same text from the literal.
func TestCELString(t *testing.T) {
	texts := []string{
		"", "dev-1", "it's", `'`, `''`, `\`, `\'`, `\\'`, `x','y`, `x'] || true || '' in ['`, `"double"`, "`back`", `\u0041`, `\x41`, `$`, `{}`,
		"a\nb", "a\r\nb", "tab\t", "\x00", "\x1b[0m", "\x7f", "\u0085", "\u2028\u2029", "é", "日本", "😀",
		"arn:aws:iam::777788889999:role/x','arn:aws:iam::777788889999:role/y",
	}
	for _, text := range texts {
		if got := evaluate(t, celString(text)); got != text {
			t.Errorf("%q is read as %q", text, got)
		}
		if strings.ContainsAny(celString(text), "\n\r") {
			t.Errorf("%q is on several lines", celString(text))
		}
	}
	if got, want := evaluate(t, "size("+celList(texts)+")"), int64(len(texts)); got != want {
		t.Errorf("a list of %d texts has %v", want, got)
	}
	if got := evaluate(t, "'' in "+celList(nil)); got != false {
		t.Error("a list of none holds the empty text")
	}
}

// TestCELChunks: no list is as long as to be refused, and none is lost.
func TestCELChunks(t *testing.T) {
	for _, n := range []int{0, 1, 1000, 1001, 2000, 2500} {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf("%063d", i))
		}
		size := int64(0)
		for _, chunk := range celChunks(names) {
			if len(chunk) > 100_000 {
				t.Errorf("a list of %d names has %d characters", n, len(chunk))
			}
			size += evaluate(t, "size("+chunk+")").(int64)
		}
		if size != int64(n) {
			t.Errorf("%d of %d names are there", size, n)
		}
	}
}

func evaluate(t *testing.T, expression string) any {
	t.Helper()
	env, err := cel.NewEnv()
	if err != nil {
		t.Fatal(err)
	}
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		t.Fatalf("%s: %v", expression, issues.Err())
	}
	program, err := env.Program(ast)
	if err != nil {
		t.Fatal(err)
	}
	result, _, err := program.Eval(map[string]any{})
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return result.Value()
}
