package explain

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
)

// Field prints what a field is, what it may be, and the fields below it. An empty path is the whole file. The error is
// ErrUnknown, with the nearest path, for one that there is not.
func (f *Fields) Field(out io.Writer, path string) error {
	p, parent := f.Defs["Fleet"], (*property)(nil)
	if path != "" {
		var err error
		if p, parent, err = f.find(path); err != nil {
			return err
		}
	}
	var b strings.Builder
	head(&b, "FIELD:", strings.TrimSpace(path+" <"+f.kindOf(p)+">"))
	paragraph(&b, strings.Repeat(" ", column), f.resolve(p).Description)
	if allowed := f.allowed(p); allowed != "" {
		head(&b, "ALLOWED:", allowed)
	}
	if value, ok := f.defaultOf(path); ok {
		head(&b, "DEFAULT:", value)
	}
	if path != "" && parent != nil && slices.Contains(parent.Required, last(path)) {
		head(&b, "REQUIRED:", "yes")
	}
	if _, ok := f.Defs["Settings"].Properties[first(path)]; ok {
		head(&b, "MAY STAND:", "in a cluster, in its environment, under defaults: the first of these counts, and maps are merged")
	}
	f.change(&b, path)
	f.fields(&b, f.inner(p))
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("print the explanation: %w", err)
	}
	return nil
}

// change says what the field becomes, and what a change of it does.
func (f *Fields) change(b *strings.Builder, path string) {
	row, _ := rowOf(path)
	if len(row.objects) > 0 {
		hanging(b, "BECOMES:", strings.Join(row.objects, ", "))
	}
	heading := "CHANGE:"
	for _, sentence := range row.sentences() {
		hanging(b, heading, sentence)
		heading = ""
	}
}

const column = 12

func head(b *strings.Builder, name, text string) { fmt.Fprintf(b, "%-*s%s\n", column, name, text) }

// hanging is a paragraph behind a heading.
func hanging(b *strings.Builder, heading, text string) {
	var lines strings.Builder
	indent := strings.Repeat(" ", column)
	paragraph(&lines, indent, text)
	fmt.Fprintf(b, "%-*s%s", column, heading, strings.TrimPrefix(lines.String(), indent))
}

// paragraph breaks a description into lines.
func paragraph(b *strings.Builder, indent, text string) {
	const width = 100
	line := indent
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > width && strings.TrimSpace(line) != "" {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = indent
		}
		line += word + " "
	}
	if strings.TrimSpace(line) != "" {
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// fields are those below a field, by name.
func (f *Fields) fields(b *strings.Builder, p *property) {
	if len(p.Properties) == 0 {
		return
	}
	b.WriteString("\nFIELDS:\n")
	for _, name := range slices.Sorted(maps.Keys(p.Properties)) {
		required := ""
		if slices.Contains(p.Required, name) {
			required = " (required)"
		}
		field := p.Properties[name]
		fmt.Fprintf(b, "  %s <%s>%s\n", name, f.kindOf(field), required)
		paragraph(b, "      ", f.resolve(field).Description)
	}
}

// allowed are the values of a closed list.
func (f *Fields) allowed(p *property) string {
	p = f.resolve(p)
	if p.Items != nil {
		return f.allowed(p.Items)
	}
	var words []string
	for _, value := range p.Enum {
		words = append(words, fmt.Sprint(value))
	}
	for _, form := range p.forms() {
		if more := f.allowed(form); more != "" {
			words = append(words, more)
		}
	}
	return strings.Join(words, ", ")
}

func first(path string) string {
	word, _, _ := strings.Cut(path, ".")
	return word
}

func last(path string) string { return path[strings.LastIndex(path, ".")+1:] }

// sample has one of everything that has defaults, and says as little about it as it can.
const sample = `
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999"}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
clusters:
  - name: dev-1
    environment: dev
    version: "1.36"
    network: {cidr: 10.10.0.0/16}
    logging: {types: [api]}
    access: [{principalARN: "arn:aws:iam::111122223333:role/viewer", policies: [{name: AmazonEKSViewPolicy}]}]
    nodes:
      classes: [{name: standard}]
      pools: [{name: compute, class: standard, limits: {cpu: 64}}]
    components: {podinfo: {enabled: true, ingress: {host: podinfo.example.org}}}
`

// defaultOf is what gen fills in for a field; ok is false where it fills in nothing, or what depends on other fields.
func (f *Fields) defaultOf(path string) (text string, ok bool) {
	index := regexp.MustCompile(`\[[0-9]+\]`)
	var found []string
	for _, v := range f.defaults {
		if v.From == "gen" && index.ReplaceAllString(v.Path, "") == index.ReplaceAllString(path, "") {
			found = append(found, v.Text)
		}
	}
	switch len(found) {
	case 0:
		return "", false
	case 1:
		return found[0], true
	}
	return "[" + strings.Join(found, ", ") + "]", true
}

// ErrNoCluster is a name that no cluster has.
var ErrNoCluster = errors.New("no such cluster")

// Cluster prints the values of a cluster below a path, or all, each with the line of clusters.yaml that it comes from.
// What gen fills in has no line.
func (f *Fields) Cluster(out io.Writer, source []byte, cluster, path string) error {
	values, ok, problems := config.Effective(layout.ClustersFile, source, cluster)
	switch {
	case problems.HasErrors():
		return problems.Print(out)
	case !ok:
		return fmt.Errorf("%w: %s", ErrNoCluster, cluster)
	}
	rows := [][3]string{}
	for _, v := range values {
		if path == "" || v.Path == path || strings.HasPrefix(v.Path, path+".") || strings.HasPrefix(v.Path, path+"[") {
			from := v.From
			if v.Line > 0 {
				from += fmt.Sprintf(", line %d", v.Line)
			}
			rows = append(rows, [3]string{v.Path, v.Text, from})
		}
	}
	if len(rows) == 0 {
		if _, _, err := f.find(path); err != nil {
			return err
		}
		_, err := fmt.Fprintf(out, "%s is not set, and gen fills in nothing\n", path)
		return err //nolint:wrapcheck // of the caller's own writer
	}
	return table(out, rows)
}

func table(out io.Writer, rows [][3]string) error {
	w := tabwriter.NewWriter(out, 0, 8, 3, ' ', 0)
	fmt.Fprintln(w, "FIELD\tVALUE\tFROM")
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r[:], "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the values: %w", err)
	}
	return nil
}
