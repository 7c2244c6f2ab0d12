package diag

import (
	"errors"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	words := []string{"region", "version", "nodes", "network", "dns", "instanceCPUs"}
	for word, want := range map[string]string{
		"regoin":       "region",
		"regions":      "region",
		"nettwork":     "network",
		"instanceCpus": "instanceCPUs",
		"INSTANCECPUS": "instanceCPUs",
		"dn":           "dns",
		"node":         "nodes",
		"colour":       "",
		"":             "",
		"ns":           "dns",
	} {
		if got := Nearest(word, words); got != want {
			t.Errorf("nearest to %q: %q, want %q", word, got, want)
		}
	}
}

// TestNearestIsStable: of two words equally near, the first of the alphabet wins.
func TestNearestIsStable(t *testing.T) {
	if a, b := Nearest("bat", []string{"cat", "bar"}), Nearest("bat", []string{"bar", "cat"}); a != "bar" || b != "bar" {
		t.Errorf("%q and %q", a, b)
	}
}

func TestSort(t *testing.T) {
	list := List{
		{File: "b", Line: 1, Message: "x"},
		{File: "a", Line: 2, Column: 9, Message: "x"},
		{File: "a", Line: 2, Column: 1, Message: "y"},
		{File: "a", Line: 2, Column: 1, Message: "x", Severity: Warning},
		{File: "a", Line: 2, Column: 9, Message: "x"},
	}
	var text strings.Builder
	if err := list.Sort().Print(&text); err != nil {
		t.Fatal(err)
	}
	want := "a:2:1: warning: x\na:2:1: y\na:2:9: x\nb:1:0: x\n"
	if text.String() != want {
		t.Errorf("got\n%swant\n%s", text.String(), want)
	}
	if list[0].File != "b" {
		t.Error("the list itself was changed")
	}
}

func TestHasErrors(t *testing.T) {
	warning := Problem{Message: "x", Severity: Warning}
	if (List{warning}).HasErrors() || List(nil).HasErrors() || !(List{warning, {Message: "y"}}).HasErrors() {
		t.Error("only an error is an error")
	}
}

func TestString(t *testing.T) {
	p := Problem{File: "clusters.yaml", Line: 3, Column: 5, Path: "clusters[0].name", Message: "is missing", Hint: "add it"}
	want := "clusters.yaml:3:5: clusters[0].name: is missing\n  hint: add it"
	if p.String() != want {
		t.Errorf("got %q, want %q", p.String(), want)
	}
	if got := (Problem{Message: "nothing to do"}).String(); got != "nothing to do" {
		t.Errorf("got %q", got)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestPrintReportsTheWriter(t *testing.T) {
	if err := (List{{Message: "x"}}).Print(full{}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
