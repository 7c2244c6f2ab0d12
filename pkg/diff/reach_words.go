package diff

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"
)

// paths are the texts of a kustomization.yaml that can be paths.
func paths(content []byte) []string {
	words := strings.FieldsFunc(string(content), func(c rune) bool { return strings.ContainsRune(" \t\r\n\"'[]{},#", c) })
	if isPlain(content) {
		return words
	}
	var node yaml.Node
	if err := yaml.Unmarshal(content, &node); err == nil {
		words = append(words, texts(&node)...)
	}
	return words
}

// isPlain tells whether a YAML file has nothing but keys and values of one word, each in a line of its own, as gen writes them:
// then every text of it is a word.
func isPlain(content []byte) bool {
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		fields := strings.Fields(strings.TrimPrefix(line, "- "))
		isItem := strings.HasPrefix(line, "- ") && len(fields) == 1
		isField := len(fields) > 0 && len(fields) <= 2 && strings.HasSuffix(fields[0], ":")
		if line != "" && line[0] != '#' && (!isItem && !isField || strings.ContainsAny(line, "\\\"'&*=%|>#,[]{}")) {
			return false
		}
	}
	return true
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

// pathsOf are the values of fields path and value in the documents of a YAML file, and in the texts that are YAML themselves,
// such as patches.
func pathsOf(content []byte) []string {
	loader, err := yaml.NewLoader(bytes.NewReader(content))
	if err != nil {
		return nil
	}
	var values []string
	for {
		var node yaml.Node
		if err := loader.Load(&node); err != nil {
			return values // what follows a fault is not applied either
		}
		values = append(values, pathsAt(&node)...)
	}
}

func pathsAt(node *yaml.Node) []string {
	var values []string
	for i, inner := range node.Content {
		isValue := node.Kind == yaml.MappingNode && i%2 == 1
		if inner.Kind == yaml.AliasNode && inner.Alias.Kind == yaml.ScalarNode {
			inner = inner.Alias // others are looked at where they are
		}
		switch {
		case inner.Kind != yaml.ScalarNode:
			values = append(values, pathsAt(inner)...)
		case isValue && (node.Content[i-1].Value == "path" || node.Content[i-1].Value == "value" && strings.Contains(inner.Value, "/")):
			values = append(values, inner.Value)
		case strings.Contains(inner.Value, "\n"):
			values = append(values, pathsOf([]byte(inner.Value))...)
		}
	}
	return values
}
