package render

import "bytes"

// token is a scalar on one line, as it was read before.
type token struct {
	value  any
	dollar bool
}

// key divides a line into the key and what follows the colon and one blank. ok is false where there is no key.
func (d *decoder) key(line []byte) (key string, rest []byte, ok bool) {
	const longest = 512 // YAML takes no key of more than 1,024 characters
	var raw []byte
	if line[0] == '\'' || line[0] == '"' {
		n := bytes.IndexByte(line[1:], line[0]) + 1
		if n == 0 || n+1 >= len(line) || line[n+1] != ':' {
			return "", nil, false
		}
		raw, rest = line[:n+1], line[n+1:]
	} else {
		n := bytes.Index(line, []byte(": "))
		if n < 0 {
			n = len(line) - 1
		}
		raw, rest = line[:n], line[n:]
	}
	if len(raw) == 0 || len(raw) > longest || rest[0] != ':' {
		return "", nil, false
	}
	if rest = rest[1:]; len(rest) > 0 {
		if len(rest) < 2 || rest[0] != ' ' || rest[1] == ' ' {
			return "", nil, false
		}
		rest = rest[1:]
	}
	value, ok := d.token(raw)
	key, isText := value.(string)
	return key, rest, ok && isText
}

// token reads a scalar, or an empty mapping or list.
func (d *decoder) token(raw []byte) (any, bool) {
	if known, ok := d.tokens[string(raw)]; ok {
		d.dollar = d.dollar || known.dollar
		return known.value, true
	}
	before := d.dollar
	d.dollar = false
	value, ok := d.newToken(raw)
	if ok {
		d.tokens[string(raw)] = token{value, d.dollar}
	}
	d.dollar = d.dollar || before
	return value, ok
}

func (d *decoder) newToken(raw []byte) (any, bool) {
	switch {
	case string(raw) == "{}":
		return map[string]any{}, true
	case string(raw) == "[]":
		return []any{}, true
	case raw[0] == '\'':
		inner, ok := inQuotes(raw, '\'')
		halves := bytes.ReplaceAll(inner, []byte("''"), nil)
		return d.text(string(bytes.ReplaceAll(inner, []byte("''"), []byte("'")))), ok && !bytes.Contains(halves, []byte("'"))
	case raw[0] == '"':
		inner, ok := inQuotes(raw, '"')
		text, fine := unescaped(inner)
		return d.text(string(text)), ok && fine
	case raw[len(raw)-1] == ' ' || raw[len(raw)-1] == ':' || bytes.Contains(raw, []byte(": ")) || bytes.Contains(raw, []byte(" #")):
		return nil, false
	}
	value, err := d.plain(string(raw))
	return value, err == nil
}

// inQuotes is what stands between quotes.
func inQuotes(raw []byte, quote byte) ([]byte, bool) {
	if len(raw) < 2 || raw[len(raw)-1] != quote {
		return nil, false
	}
	return raw[1 : len(raw)-1], true
}

// unescaped is the text of a scalar in double quotes, of which it knows the usual escapes.
func unescaped(inner []byte) ([]byte, bool) {
	text := make([]byte, 0, len(inner))
	for i := 0; i < len(inner); i++ {
		c := inner[i]
		if c == '"' {
			return nil, false
		}
		if c == '\\' {
			i++
			if i == len(inner) {
				return nil, false
			}
			n := bytes.IndexByte([]byte(`"\/nt`), inner[i])
			if n < 0 {
				return nil, false
			}
			c = "\"\\/\n\t"[n]
		}
		text = append(text, c)
	}
	return text, true
}
