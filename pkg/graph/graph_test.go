package graph_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/graph"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
)

// tree is what Flux would apply of a case.
func tree(t *testing.T, c golden.Case) *manifest.Tree {
	t.Helper()
	crds, err := schema.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	files := golden.Files(c.Tree(t))
	patches, err := manifest.ReadFiles(os.DirFS(c.Dir))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range patches {
		if strings.HasPrefix(name, "patches/") {
			files[name] = content
		}
	}
	loaded, err := manifest.LoadPart(files, crds, nil, nil)
	if err != nil || len(loaded.Problems()) > 0 {
		t.Fatal(err, loaded.Problems())
	}
	return loaded
}

func all(string, string) bool { return true }

func text(t *testing.T, g *graph.Graph, format string) string {
	t.Helper()
	var out bytes.Buffer
	if err := g.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestGolden draws the stages and the AWS objects of the shipped fleet in each format; testdata has them. Those of DOT were drawn by
// Graphviz and those of Mermaid parsed by Mermaid 11 when they were written.
func TestGolden(t *testing.T) {
	loaded := tree(t, golden.Shipped(t))
	for name, objects := range map[string]bool{"stages": false, "aws": true} {
		files := map[string][]byte{}
		for _, format := range graph.Formats() {
			files["shipped."+format] = []byte(text(t, graph.Draw(loaded, all, objects), format))
		}
		golden.Compare(t, "testdata/"+name, files)
	}
}

// TestForms: in every golden case the three formats have the same boxes and arrows, each box is defined once, and the SVG is
// XML.
func TestForms(t *testing.T) {
	for _, c := range golden.Cases(t) {
		loaded := tree(t, c)
		for _, objects := range []bool{false, true} {
			g := graph.Draw(loaded, all, objects)
			mermaid, dot, svg := text(t, g, "mermaid"), text(t, g, "dot"), text(t, g, "svg")
			count := func(pattern, text string) int {
				return len(regexp.MustCompile("(?m)"+pattern).FindAllString(text, -1))
			}
			boxes, arrows := count(`^ +n[0-9]+\[".*"\]$`, mermaid), len(g.Arrows)
			if boxes == 0 || arrows == 0 {
				t.Errorf("%s: %d boxes and %d arrows", c.Name, boxes, arrows)
			}
			if n := count(`^ +n[0-9]+ \[label=".*"\];$`, dot); n != boxes {
				t.Errorf("%s: DOT has %d boxes, Mermaid %d", c.Name, n, boxes)
			}
			if n := count(`class="box"`, svg); n != boxes {
				t.Errorf("%s: SVG has %d boxes, Mermaid %d", c.Name, n, boxes)
			}
			for _, n := range []int{count(`^  n[0-9]+ --> n[0-9]+$`, mermaid), count(`^  n[0-9]+ -> n[0-9]+;$`, dot), count(`class="arrow"`, svg)} {
				if n != arrows {
					t.Errorf("%s: %d arrows, want %d", c.Name, n, arrows)
				}
			}
			if strings.Count(dot, "{") != strings.Count(dot, "}") || count(`subgraph`, mermaid) != count(`^ +end$`, mermaid) {
				t.Errorf("%s: a frame is not closed", c.Name)
			}
			wellFormed(t, c.Name, svg)
		}
	}
}

func wellFormed(t *testing.T, name, svg string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// TestReferences: an object waits for those that it refers to, an access entry for the cluster that it names.
func TestReferences(t *testing.T) {
	for _, c := range golden.Cases(t) {
		if c.Name != "per-zone-nat" {
			continue
		}
		arrows := map[string]bool{}
		for _, a := range graph.Draw(tree(t, c), all, true).Arrows {
			arrows[a.From.Label+" -> "+a.To.Label] = true
		}
		for _, want := range []string{
			"VPC -> InternetGateway", "ElasticIPAddress -> NATGateway", "Subnet -> NATGateway", "NATGateway -> RouteTable", "RouteTable -> Subnet",
			"Role -> Cluster", "Subnet -> Cluster", "Cluster -> AccessEntry",
		} {
			if !arrows[want] {
				t.Errorf("%s is missing", want)
			}
		}
		if arrows["Cluster -> Role"] || arrows["NATGateway -> Subnet"] {
			t.Error("arrows lead the wrong way")
		}
	}
}

// TestSelection draws what is asked for, and nothing of others.
func TestSelection(t *testing.T) {
	g := graph.Draw(tree(t, golden.Shipped(t)), func(_, cluster string) bool { return cluster == "blog-cluster" }, false)
	if len(g.Frames) != 1 || g.Frames[0].Label != "dev" || len(g.Frames[0].Frames) != 1 || g.Frames[0].Frames[0].Label != "blog-cluster" {
		t.Errorf("%+v", g.Frames)
	}
	if g := graph.Draw(tree(t, golden.Shipped(t)), func(string, string) bool { return false }, true); len(g.Frames) > 0 {
		t.Errorf("%+v", g.Frames)
	}
}

// TestCircle: stages that wait for each other end the drawing, and names cannot end a text.
func TestCircle(t *testing.T) {
	a, b := &graph.Box{ID: "n1", Label: `a"<b>`, Note: `c\#&`}, &graph.Box{ID: "n2", Label: "b"}
	g := &graph.Graph{Title: "t", Frames: []*graph.Frame{{Label: "f", Boxes: []*graph.Box{a, b}}}, Arrows: []graph.Arrow{{From: a, To: b}, {From: b, To: a}}}
	for format, want := range map[string]string{
		"mermaid": `n1["a#quot;#lt;b#gt;<br/>c#92;#35;#amp;"]`,
		"dot":     `n1 [label="a\"<b>\nc\\#&"];`,
		"svg":     `>a&#34;&lt;b&gt;</text>`,
	} {
		if got := text(t, g, format); !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	wellFormed(t, "circle", text(t, g, "svg"))
}

// TestSame: the same tree gives the same bytes.
func TestSame(t *testing.T) {
	c := golden.Shipped(t)
	first := text(t, graph.Draw(tree(t, c), all, true), "svg")
	for range 3 {
		if text(t, graph.Draw(tree(t, c), all, true), "svg") != first {
			t.Fatal("two runs differ")
		}
	}
}
