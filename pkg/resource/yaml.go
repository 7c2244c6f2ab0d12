package resource

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"
)

// writeYAML writes a document in block style, the way kubectl does. The shape is written here because
// it is the same few rules for every file and a general encoder takes five times as long; every
// scalar that is not plainly a word is left to the YAML library.
func writeYAML(out *bytes.Buffer, document map[string]any) error {
	return writeMap(out, document, "", false)
}

// writeMap writes m at the given indentation. With inline, the first key follows "- " on the same line.
func writeMap(out *bytes.Buffer, m map[string]any, indent string, inline bool) error {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if !inline {
			out.WriteString(indent)
		}
		inline = false
		if err := writeKey(out, key); err != nil {
			return err
		}
		out.WriteByte(':')
		if err := writeValue(out, m[key], indent); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

// writeValue writes what follows "key:", up to and with the newline.
func writeValue(out *bytes.Buffer, value any, indent string) error {
	switch v := value.(type) {
	case map[string]any:
		if len(v) == 0 {
			out.WriteString(" {}\n")
			return nil
		}
		out.WriteByte('\n')
		return writeMap(out, v, indent+"  ", false)
	case []any:
		if len(v) == 0 {
			out.WriteString(" []\n")
			return nil
		}
		out.WriteByte('\n')
		return writeList(out, v, indent)
	default:
		out.WriteByte(' ')
		if err := writeScalar(out, v, indent+"  "); err != nil {
			return err
		}
		out.WriteByte('\n')
		return nil
	}
}

// writeList writes a list whose dashes stand under the key, as kubectl writes them.
func writeList(out *bytes.Buffer, list []any, indent string) error {
	for _, item := range list {
		out.WriteString(indent + "-")
		if err := writeItem(out, item, indent); err != nil {
			return err
		}
	}
	return nil
}

// writeItem writes what follows the dash of a list item.
func writeItem(out *bytes.Buffer, item any, indent string) error {
	switch v := item.(type) {
	case map[string]any:
		if len(v) > 0 {
			out.WriteByte(' ')
			return writeMap(out, v, indent+"  ", true)
		}
	case []any:
		return writeValue(out, v, indent+"  ")
	}
	return writeValue(out, item, indent)
}

// writeScalar writes a string, number, bool or null; indent is that of a block of text.
func writeScalar(out *bytes.Buffer, value any, indent string) error {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		fmt.Fprintf(out, "%t", v)
	case int64:
		out.WriteString(strconv.FormatInt(v, 10))
	case float64:
		out.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
	case string:
		return writeString(out, v, indent)
	default:
		return fmt.Errorf("cannot encode a %T", value)
	}
	return nil
}

func writeString(out *bytes.Buffer, s, indent string) error {
	if text(s) {
		writeText(out, s, indent)
		return nil
	}
	return writeKey(out, s)
}

// writeKey writes s on one line.
func writeKey(out *bytes.Buffer, s string) error {
	if plain(s) {
		out.WriteString(s)
		return nil
	}
	if digits(s) {
		out.WriteString("'" + s + "'")
		return nil
	}
	quoted, err := quote(s)
	if err != nil {
		return err
	}
	out.Write(bytes.TrimSuffix(quoted, []byte("\n")))
	return nil
}

// quote leaves the choice of quotes to the library, but for characters that do not print, which it
// may spread over lines; Go's escapes are all YAML escapes too.
func quote(s string) ([]byte, error) {
	if strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
		return []byte(strconv.QuoteToASCII(s)), nil
	}
	quoted, err := yaml.Dump(s, yaml.WithLineWidth(-1))
	if err != nil {
		return nil, fmt.Errorf("quote %q: %w", s, err)
	}
	return quoted, nil
}

// text reports whether s is lines that a literal block shows as they are.
func text(s string) bool {
	if !strings.Contains(s, "\n") || s[0] == ' ' || s[0] == '\n' || strings.HasSuffix(s, "\n\n") {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasSuffix(line, " ") {
			return false
		}
	}
	return strings.IndexFunc(s, func(r rune) bool { return r != '\n' && (r < ' ' || r > '~') }) < 0
}

func writeText(out *bytes.Buffer, s, indent string) {
	body, ended := strings.CutSuffix(s, "\n")
	out.WriteByte('|')
	if !ended {
		out.WriteByte('-')
	}
	for line := range strings.SplitSeq(body, "\n") {
		out.WriteByte('\n')
		if line != "" {
			out.WriteString(indent + line)
		}
	}
}
