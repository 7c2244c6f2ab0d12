package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
)

// page is the page without a report. It is whole, and a browser shows it as it is: no language of templates is needed.
//
//go:embed page
var page embed.FS

// HTML writes a report as one page for a browser, which needs no other file and no network.
//
// The report is in the page as JSON, and the scripts show it. Nothing of it becomes markup: the scripts set texts, and
// by the page's policy the browser runs these scripts and no others (W3C, Content Security Policy Level 3).
func HTML(w io.Writer, r *change.Report) error {
	report, err := json.Marshal(pageOf(r)) // it escapes <, > and &, so that no text ends the element that holds it
	if err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	text, err := assemble(page, string(report))
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("print differences: %w", err)
	}
	return nil
}

// The lines of index.html that are not taken over as they are.
const (
	lineCharset = `<meta charset="utf-8">`
	lineReport  = `<script id="report" type="application/json">{}</script>`
)

// assemble puts the report, and the files that index.html names, into it.
func assemble(files fs.FS, report string) (string, error) {
	index, err := fs.ReadFile(files, "page/index.html")
	if err != nil {
		return "", fmt.Errorf("read the page: %w", err)
	}
	var b strings.Builder
	hashes := map[string]string{}
	for line := range strings.Lines(string(index)) {
		element, file := reference(strings.TrimSpace(line))
		if file == "" {
			b.WriteString(strings.Replace(line, lineReport, strings.Replace(lineReport, "{}", report, 1), 1))
			continue
		}
		content, err := fs.ReadFile(files, "page/"+file)
		if err != nil {
			return "", fmt.Errorf("read the page: %w", err)
		}
		sum := sha256.Sum256(append([]byte("\n"), content...))
		hashes[element] += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		fmt.Fprintf(&b, "<%s>\n%s</%s>\n", element, content, element)
	}
	policy := fmt.Sprintf(
		"default-src 'none'; base-uri 'none'; form-action 'none'; script-src%s; style-src%s", hashes["script"], hashes["style"],
	)
	head := lineCharset + "\n" + `<meta http-equiv="Content-Security-Policy" content="` + policy + `">`
	return strings.Replace(b.String(), lineCharset, head, 1), nil
}

// reference is the file that a line of index.html names, and the element that holds its content.
func reference(line string) (element, file string) {
	if rest, ok := strings.CutPrefix(line, `<link rel="stylesheet" href="`); ok {
		return "style", strings.TrimSuffix(rest, `">`)
	}
	if rest, ok := strings.CutPrefix(line, `<script src="`); ok {
		return "script", strings.TrimSuffix(rest, `"></script>`)
	}
	return "", ""
}
