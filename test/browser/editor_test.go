package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
)

// server is the language server for YAML that editors start (npm, yaml-language-server).
const server = "node_modules/yaml-language-server/bin/yaml-language-server"

// written is a clusters.yaml as somebody writes it: a field is not right, and another one is just begun.
const written = `# yaml-language-server: $schema=./clusters.schema.json
apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
clusters:
  - name: dev-1
    environment: dev
    versions: "1.36"
    network:
      nat: sometimes
      ci
`

// editor is an editor with one file open.
type editor struct {
	connection *jsonrpc2.Conn
	uri        string
	// found has what the server says of the file, each time that it does.
	found chan []diagnostic
}

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type diagnostic struct {
	Range   struct{ Start position }
	Message string
}

// pipes are the standard input and output of the server.
type pipes struct {
	io.Reader
	io.WriteCloser
}

// answer gives the server what it asks an editor for.
func (e *editor) answer(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
	switch r.Method {
	case "textDocument/publishDiagnostics":
		var said struct{ Diagnostics []diagnostic }
		if err := json.Unmarshal(*r.Params, &said); err != nil {
			return nil, err
		}
		e.found <- said.Diagnostics
	case "workspace/configuration":
		// What each section is, in the order in which they are asked for; the network is not used.
		return []any{map[string]any{"validate": true, "hover": true, "completion": true, "schemaStore": map[string]any{"enable": false}}, nil, nil, nil, nil}, nil
	}
	return nil, nil //nolint:nilnil // the others want no answer
}

// edit starts the server with clusters.yaml beside the schema that gen writes.
func edit(t *testing.T) *editor {
	t.Helper()
	if _, err := os.Stat(server); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("npm ci was not run")
	}
	folder := filepath.Join(t.TempDir(), "clusters")
	schema, err := os.ReadFile("../../clusters/clusters.schema.json")
	if err := errors.Join(err, os.Mkdir(folder, 0o700), os.WriteFile(filepath.Join(folder, "clusters.schema.json"), schema, 0o600)); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "node", server, "--stdio")
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err := errors.Join(err, command.Start()); err != nil {
		t.Fatal(err)
	}
	e := &editor{uri: "file://" + filepath.ToSlash(filepath.Join(folder, "clusters.yaml")), found: make(chan []diagnostic, 100)}
	e.connection = jsonrpc2.NewConn(t.Context(), jsonrpc2.NewBufferedStream(pipes{out, in}, jsonrpc2.VSCodeObjectCodec{}), jsonrpc2.HandlerWithError(e.answer))
	t.Cleanup(func() {
		_ = e.connection.Close()   // it ends anyway
		_ = command.Process.Kill() // the same
		_ = command.Wait()         // it was killed
	})
	e.call(t, "initialize", map[string]any{"processId": os.Getpid(), "rootUri": "file://" + filepath.ToSlash(folder), "capabilities": map[string]any{
		"workspace":    map[string]any{"configuration": true},
		"textDocument": map[string]any{"hover": map[string]any{"contentFormat": []string{"markdown"}}},
	}}, nil)
	e.say(t, "initialized", map[string]any{})
	e.say(t, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": e.uri, "languageId": "yaml", "version": 1, "text": written}})
	return e
}

func (e *editor) call(t *testing.T, method string, params, result any) {
	t.Helper()
	if err := e.connection.Call(t.Context(), method, params, result); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
}

func (e *editor) say(t *testing.T, method string, params any) {
	t.Helper()
	if err := e.connection.Notify(t.Context(), method, params); err != nil {
		t.Fatalf("%s: %v", method, err)
	}
}

// at is what a request about a place in the file says. The place is the end of the text.
func (e *editor) at(text string) map[string]any {
	before, _, _ := strings.Cut(written, text)
	before += text
	line := strings.Count(before, "\n")
	return map[string]any{
		"textDocument": map[string]any{"uri": e.uri},
		"position":     position{line, len(before) - strings.LastIndex(before, "\n") - 1},
	}
}

// TestEditor: an editor with the YAML language server knows from the schema what is wrong and where, what a field means, and what may
// stand at a place.
func TestEditor(t *testing.T) {
	e := edit(t)
	e.expect(t, []string{
		`1:0 Missing property "repository".`, `9:4 Property versions is not allowed.`,
		`11:11 Value is not accepted. Valid values: "none", "single", "perZone".`,
		`12:6 Implicit map keys need to be followed by map values`,
	})
	var hover struct{ Contents struct{ Value string } }
	e.call(t, "textDocument/hover", e.at("networ"), &hover)
	if !strings.Contains(hover.Contents.Value, "Network is the cluster's VPC") {
		t.Errorf("hover says %q", hover.Contents.Value)
	}
	for before, want := range map[string]string{"      ci": "cidr", "nat: ": "perZone", "versions": "version"} {
		var list struct{ Items []struct{ Label string } }
		e.call(t, "textDocument/completion", e.at(before), &list)
		if !slices.ContainsFunc(list.Items, func(item struct{ Label string }) bool { return item.Label == want }) {
			t.Errorf("after %q there is no %s among %v", before, want, list.Items)
		}
	}
}

// expect waits until the server says exactly this of the file.
func (e *editor) expect(t *testing.T, want []string) {
	t.Helper()
	var last []string
	for deadline := time.After(time.Minute); ; {
		select {
		case found := <-e.found:
			last = nil
			for _, d := range found {
				last = append(last, fmt.Sprintf("%d:%d %s", d.Range.Start.Line, d.Range.Start.Character, d.Message))
			}
			if slices.Sort(last); slices.Equal(last, slices.Sorted(slices.Values(want))) {
				return
			}
		case <-deadline:
			t.Fatalf("the server says %q", last)
		}
	}
}
