package config

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestMutations damages every line of the complete file in every simple way. Random bytes seldom
// get past the YAML parser; these do. Nothing may panic, lack a place or a hint, or pass the
// structural check and then fail to decode.
func TestMutations(t *testing.T) {
	values := []string{
		"", " null", " ~", " []", " {}", ` ""`, " 0", " -1", " 5", " 99999999999999999999", " x", " no", " [x]", " {x: y}", " [null]",
		" [[]]", " [{}]", " 10.0.0.0/16", " 10.0.0.0/0", " a.b", " &a x", " *a", " !!int 5", " 'x\n\n  y'", " 1.5", " *", " \"\\u0000\"",
	}
	lines := strings.Split(complete, "\n")
	turn := 0
	for i, line := range lines {
		variants := []string{"", "  " + line, line + "\n" + line, strings.Replace(line, "- ", "", 1)}
		for _, value := range values {
			if key, _, ok := strings.Cut(line, ":"); ok {
				variants = append(variants, key+":"+value)
			}
			for _, at := range regexp.MustCompile(`[:,\[] ?[^\s,{}\[\]]+`).FindAllStringIndex(line, -1) {
				variants = append(variants, line[:at[0]+1]+value+line[at[1]:])
			}
		}
		for _, variant := range variants {
			// All of them take half a minute; a tenth, another one for each line, is enough every day.
			if turn++; turn%10 != 0 && os.Getenv("TEST_EVERYTHING") == "" {
				continue
			}
			src := strings.Join(append(append(append([]string{}, lines[:i]...), variant), lines[i+1:]...), "\n")
			checkAnswer(t, src)
		}
	}
}

func checkAnswer(t *testing.T, src string) {
	t.Helper()
	fleet, problems := Load("clusters.yaml", []byte(src))
	if (fleet == nil) != problems.HasErrors() {
		t.Fatalf("fleet %t, problems %v:\n%s", fleet != nil, problems, src)
	}
	for _, p := range problems {
		if p.Line < 1 || p.Column < 1 || p.Message == "" || p.Hint == "" || strings.Contains(p.Hint, "fault of gen") {
			t.Fatalf("%v\n%s", p, src)
		}
	}
}
