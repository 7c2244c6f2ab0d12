package diff

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// paths are the texts of a kustomization.yaml that can be paths, and whether it is plain: then it reads nothing but what it names.
// ok is false if it is not YAML.
func paths(content []byte) (words []string, plain, ok bool) {
	if isPlain(content) {
		return strings.FieldsFunc(string(content), func(c rune) bool { return strings.ContainsRune(" \t\r\n", c) }), true, true
	}
	words, ok = allTexts(content)
	return words, false, ok
}

// isPlain reports whether a kustomization.yaml has nothing but the keys that gen writes and values of one word, each in a line of
// its own.
func isPlain(content []byte) bool {
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		fields := strings.Fields(strings.TrimPrefix(line, "- "))
		isItem := strings.HasPrefix(line, "- ") && len(fields) == 1
		isField := len(fields) > 0 && len(fields) <= 2 && isPlainKey(fields[0])
		if line != "" && line[0] != '#' && (!isItem && !isField || strings.ContainsAny(line, "\\\"'&*=%|>#,[]{}")) {
			return false
		}
	}
	return true
}

func isPlainKey(key string) bool {
	return slices.Contains([]string{"apiVersion:", "kind:", "resources:", "components:", "patches:", "path:", "namespace:"}, key)
}

// allTexts are the texts in all documents of a YAML file.
func allTexts(content []byte) (all []string, ok bool) {
	loader, err := yaml.NewLoader(bytes.NewReader(content))
	if err != nil {
		return nil, false
	}
	for {
		var node yaml.Node
		if err := loader.Load(&node); errors.Is(err, io.EOF) {
			return all, true
		} else if err != nil {
			return nil, false
		}
		all = append(all, texts(&node)...)
	}
}

// spelt reports whether a YAML file can have a text, however it is written. A text with an escape in it, which may be YAML itself,
// can be anything.
func spelt(content []byte, text string) bool {
	all, ok := allTexts(content)
	return ok && slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, text) || strings.Contains(s, "\\") })
}

// texts are the texts in a YAML file, and of those that name a file for a key, as in key=file, the file.
func texts(node *yaml.Node) []string {
	var all []string
	if node.Kind == yaml.ScalarNode {
		_, file, _ := strings.Cut(node.Value, "=")
		all = append(all, node.Value, file)
	}
	for _, inner := range node.Content {
		all = append(all, texts(inner)...)
	}
	return all
}
