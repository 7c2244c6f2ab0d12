package explain_test

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/explain"
)

func loaded(t *testing.T) *explain.Fields {
	t.Helper()
	fields, err := explain.Load()
	if err != nil {
		t.Fatal(err)
	}
	return fields
}

// TestText has the whole answers, in testdata.
func TestText(t *testing.T) {
	shipped := golden.Shipped(t)
	tree, source := shipped.Tree(t), shipped.Source(t)
	files := map[string][]byte{}
	for name, print := range map[string]func(out *bytes.Buffer) error{
		"file":            func(out *bytes.Buffer) error { return loaded(t).Field(out, "") },
		"list":            func(out *bytes.Buffer) error { return loaded(t).Field(out, "nodes.pools") },
		"item":            func(out *bytes.Buffer) error { return loaded(t).Field(out, "nodes.pools[0].limits") },
		"choice":          func(out *bytes.Buffer) error { return loaded(t).Field(out, "nodes.classes.subnets") },
		"default":         func(out *bytes.Buffer) error { return loaded(t).Field(out, "upgradePolicy") },
		"required":        func(out *bytes.Buffer) error { return loaded(t).Field(out, "environment") },
		"top":             func(out *bytes.Buffer) error { return loaded(t).Field(out, "hub.ack") },
		"of-environment":  func(out *bytes.Buffer) error { return loaded(t).Field(out, "protect") },
		"cluster":         func(out *bytes.Buffer) error { return loaded(t).Cluster(out, source, "blog-cluster", "") },
		"cluster-field":   func(out *bytes.Buffer) error { return loaded(t).Cluster(out, source, "blog-cluster", "endpoint") },
		"cluster-nothing": func(out *bytes.Buffer) error { return loaded(t).Cluster(out, source, "blog-cluster", "dns") },
		"object-role": func(out *bytes.Buffer) error {
			return explain.Object(out, tree, source, "Role/prod-amc-k8s-26bbe35f-external-dns")
		},
		"object-vpc":       func(out *bytes.Buffer) error { return explain.Object(out, tree, source, "vpc/prod-amc-k8s-26bbe35f") },
		"object-several":   func(out *bytes.Buffer) error { return explain.Object(out, tree, source, "Kustomization/cluster") },
		"object-of-shared": func(out *bytes.Buffer) error { return explain.Object(out, tree, source, "Namespace/fleet-dev") },
	} {
		var out bytes.Buffer
		if err := print(&out); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		files[name+".txt"] = out.Bytes()
	}
	golden.Compare(t, "testdata/text", files)
}

// TestMistakes names the nearest of what there is.
func TestMistakes(t *testing.T) {
	shipped := golden.Shipped(t)
	tree, source := shipped.Tree(t), shipped.Source(t)
	field := func(path string) error { return loaded(t).Field(&bytes.Buffer{}, path) }
	object := func(name string) error { return explain.Object(&bytes.Buffer{}, tree, source, name) }
	for _, c := range []struct {
		err  error
		is   error
		want string
	}{
		{field("nodes.pool"), explain.ErrUnknown, `unknown field "pool"; did you mean nodes.pools?`},
		{field("encryption.xyzzy"), explain.ErrUnknown, `unknown field "xyzzy"; there are create, keyARN`},
		{field("nat"), explain.ErrUnknown, `unknown field "nat"; did you mean network.nat?`},
		{field("tags.Team"), explain.ErrUnknown, `unknown field "Team": tags has no fields that gen knows`},
		{loaded(t).Cluster(&bytes.Buffer{}, source, "blog", ""), explain.ErrNoCluster, "no such cluster: blog"},
		{loaded(t).Cluster(&bytes.Buffer{}, source, "blog-cluster", "network.cdir"), explain.ErrUnknown, `unknown field "cdir"; did you mean network.cidr?`},
		{object("Role"), explain.ErrNoObject, `gen makes no such object: "Role": write it as KIND/NAME, such as Role/dev-1-node`},
		{object("Rolle/x"), explain.ErrNoObject, "gen makes no such object: Rolle/x; did you mean the kind Role?"},
		{object("NodePool/amc-compute-od-amd46"), explain.ErrNoObject, "gen makes no such object: NodePool/amc-compute-od-amd46; did you mean amc-compute-od-amd64?"},
		{object("NodePool/x"), explain.ErrNoObject, "gen makes no such object: NodePool/x"},
	} {
		if !errors.Is(c.err, c.is) || c.err.Error() != c.want {
			t.Errorf("got %v, want %s", c.err, c.want)
		}
	}
	if err := object("Nothing/x"); err == nil || !strings.Contains(err.Error(), "the kinds are AccessEntry, ") {
		t.Error(err)
	}
}

// TestEveryField: each field of the JSON Schema can be asked for, and has a sentence.
func TestEveryField(t *testing.T) {
	seen, fields := 0, loaded(t)
	var below func(path string, depth int)
	below = func(path string, depth int) {
		var out bytes.Buffer
		if err := fields.Field(&out, path); err != nil {
			t.Fatal(err)
		}
		text, list, _ := strings.Cut(out.String(), "\nFIELDS:\n")
		if lines := strings.Split(text, "\n"); len(lines) < 2 || !strings.HasPrefix(lines[1], "            ") {
			t.Errorf("%q has no sentence:\n%s", path, text)
		}
		if !regexp.MustCompile(`\nCHANGE:     [a-zA-Z]`).MatchString(text) && path != "" {
			t.Errorf("%q does not say what a change of it does", path)
		}
		seen++
		for line := range strings.Lines(list) {
			if name, ok := strings.CutPrefix(line, "  "); ok && !strings.HasPrefix(name, " ") && depth < 6 {
				name, _, _ = strings.Cut(name, " ")
				below(strings.TrimPrefix(path+"."+name, "."), depth+1)
			}
		}
	}
	below("", 0)
	if seen < 300 {
		t.Errorf("only %d fields were seen", seen)
	}
}
