package list_test

import (
	"bytes"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/list"
)

// TestPrint prints the shipped fleet and that of every field in every format; testdata has them.
func TestPrint(t *testing.T) {
	for _, c := range golden.WithShipped(t) {
		if c.Name != "shipped" && c.Name != "every-field" && c.Name != "retiring" {
			continue
		}
		files := map[string][]byte{}
		for _, format := range list.Formats() {
			var out bytes.Buffer
			if err := list.Print(&out, list.Rows(c.Fleet(t), func(string, string) bool { return true }), format); err != nil {
				t.Fatal(err)
			}
			files[format+".txt"] = out.Bytes()
		}
		golden.Compare(t, "testdata/"+c.Name, files)
	}
}

// TestSelection lists what is asked for; no cluster is an empty list, not null.
func TestSelection(t *testing.T) {
	var out bytes.Buffer
	rows := list.Rows(golden.Shipped(t).Fleet(t), func(environment, cluster string) bool { return environment == "dev" && cluster == "blog-cluster" })
	if err := list.Print(&out, rows, "name"); err != nil || out.String() != "blog-cluster\n" {
		t.Error(err, out.String())
	}
	out.Reset()
	if err := list.Print(&out, list.Rows(golden.Shipped(t).Fleet(t), func(string, string) bool { return false }), "json"); err != nil || out.String() != "[]\n" {
		t.Error(err, out.String())
	}
}
