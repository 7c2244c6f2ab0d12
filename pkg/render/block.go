package render

import "bytes"

// block reads YAML of the form that gen writes, and many people do: mappings and lists in block style, each entry on a line of its
// own, plain and quoted scalars on one line, and literal text. It takes a tenth of the time of the YAML library. It gives up at
// everything else, such as a comment or an empty line, and then the library reads the file: what it does read has one meaning only,
// the library's (TestBlockIsYAML, FuzzBlockIsYAML).
type block struct {
	*decoder
	content []byte
	// The current line begins at start and has indent blanks before its text; the next one begins at next.
	start, next, indent int
	line                []byte
	// end is set after the last line of a document.
	end bool
}

// blocks reads all documents of a file. ok is false where the file is not of the form.
func (d *decoder) blocks(content []byte) (all []document, ok bool) {
	if !isSimple(content) {
		return nil, false
	}
	r := &block{decoder: d, content: content, next: head(content)}
	for {
		d.dollar = false
		if !r.advance() || r.end || r.indent != 0 {
			return nil, false
		}
		fields, ok := r.mapping(0)
		if !ok || !r.end {
			return nil, false
		}
		all = append(all, document{fields, d.dollar})
		if r.start == len(content) {
			return all, true
		}
	}
}

// isSimple reports whether a file is lines of printable ASCII.
func isSimple(content []byte) bool {
	for _, c := range content {
		if (c < ' ' || c > '~') && c != '\n' {
			return false
		}
	}
	return len(content) > 0 && content[len(content)-1] == '\n'
}

// head is the length of the comment lines with which a file begins.
func head(content []byte) int {
	n := 0
	for n < len(content) && content[n] == '#' {
		n += bytes.IndexByte(content[n:], '\n') + 1
	}
	return n
}

// advance goes to the next line. It says no to lines that are not of the form.
func (r *block) advance() bool { return r.load(r.next) }

func (r *block) load(at int) bool {
	r.start, r.end = at, at == len(r.content)
	if r.end {
		return true
	}
	raw, next := r.lineAt(at)
	r.next = next
	if string(raw) == "---" {
		r.end = true
		return true
	}
	r.indent = blanks(raw)
	r.line = raw[r.indent:]
	return len(r.line) > 0 && r.line[0] != '#' && !bytes.HasPrefix(raw, []byte("---")) && !bytes.HasPrefix(raw, []byte("..."))
}

// lineAt is the line that begins at a place, and where the next one does.
func (r *block) lineAt(at int) (raw []byte, next int) {
	n := bytes.IndexByte(r.content[at:], '\n')
	return r.content[at : at+n], at + n + 1
}

// blanks is how many blanks a line begins with.
func blanks(line []byte) int {
	n := 0
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n
}

// isItem reports whether a line is an item of a list.
func isItem(line []byte) bool { return len(line) > 1 && line[0] == '-' && line[1] == ' ' }

// mapping reads the lines of a mapping that stand at an indent. The current line is the first.
func (r *block) mapping(indent int) (map[string]any, bool) {
	fields := map[string]any{}
	for !r.end && r.indent == indent {
		key, rest, ok := r.key(r.line)
		if !ok {
			return nil, false
		}
		if _, twice := fields[key]; twice {
			return nil, false
		}
		if fields[key], ok = r.entry(rest, indent); !ok {
			return nil, false
		}
	}
	return fields, r.end || r.indent < indent
}

// entry reads what follows a key, or the dash of an item, at an indent, up to the line after it.
func (r *block) entry(rest []byte, indent int) (any, bool) {
	switch string(rest) {
	case "":
		if !r.advance() || r.end {
			return nil, false // it is null
		}
		if isItem(r.line) && r.indent >= indent || !isItem(r.line) && r.indent > indent {
			return r.nested(r.indent, isItem(r.line))
		}
		return nil, false
	case "|", "|-":
		return r.literal(indent, len(rest) == 2)
	}
	value, ok := r.token(rest)
	// A line that is further in would go on with the scalar.
	return value, ok && r.advance() && (r.end || r.indent <= indent)
}

// nested reads a mapping or a list that begins with the current line, or takes the one that was read before from the same lines.
func (r *block) nested(indent int, list bool) (any, bool) {
	return r.once(r.start, indent, func(line []byte, at int) bool {
		return at > indent || at == indent && isItem(line) == list
	}, func() (any, bool) {
		if list {
			return r.list(indent)
		}
		return r.mapping(indent)
	})
}

// list reads the items that stand at an indent.
func (r *block) list(indent int) ([]any, bool) {
	list := []any{}
	for !r.end && r.indent == indent && isItem(r.line) {
		item, ok := r.item(indent)
		if !ok {
			return nil, false
		}
		list = append(list, item)
	}
	return list, r.end || r.indent <= indent
}

// item reads one item. The entries of a mapping in it stand two blanks further in than its dash.
func (r *block) item(indent int) (any, bool) {
	rest := r.line[2:]
	if len(rest) == 0 || isItem(rest) || rest[0] == ' ' {
		return nil, false
	}
	if _, _, isKey := r.key(rest); !isKey {
		return r.entry(rest, indent)
	}
	const in = 2
	r.line, r.indent = rest, indent+in
	return r.once(r.start+indent+in, indent+in, func(_ []byte, at int) bool { return at >= indent+in },
		func() (any, bool) { return r.mapping(indent + in) })
}

// once reads a part that begins at a place of the current line, or takes the one that was read before from the same bytes at the
// same indent. The part has those lines that are in it.
func (r *block) once(from, indent int, in func(line []byte, at int) bool, read func() (any, bool)) (any, bool) {
	to := r.next
	for to < len(r.content) && to-from <= mostSpelt {
		raw, next := r.lineAt(to)
		at := blanks(raw)
		if len(raw) == at {
			return read() // a literal text may go on behind it
		}
		if string(raw) == "---" || !in(raw[at:], at) {
			break
		}
		to = next
	}
	if to-from > mostSpelt || indent > 255 {
		return read()
	}
	r.spelt = append(append(r.spelt[:0], 'b', byte(indent)), r.content[from:to]...)
	if known, ok := r.parts[string(r.spelt)]; ok {
		r.dollar = r.dollar || known.dollar
		return known.value, r.load(to)
	}
	spelt, before := string(r.spelt), r.dollar
	r.dollar = false
	value, ok := read()
	if ok && r.start == to {
		r.parts[spelt] = part{value, r.dollar}
	}
	r.dollar = r.dollar || before
	return value, ok
}

// literal reads the lines of a text that stand further in than an indent.
func (r *block) literal(indent int, stripped bool) (any, bool) {
	var text []byte
	at, in, empty := r.next, 0, 0
	for at < len(r.content) {
		raw, next := r.lineAt(at)
		n := blanks(raw)
		switch {
		case len(raw) == 0 && in > 0:
			empty++
			at = next
			continue
		case n == len(raw):
			return nil, false
		case in == 0:
			in = n
		}
		if n <= indent {
			break
		}
		if n < in {
			return nil, false
		}
		text = append(append(append(text, bytes.Repeat([]byte{'\n'}, empty)...), raw[in:]...), '\n')
		at, empty = next, 0
	}
	if len(text) == 0 {
		return nil, false
	}
	if stripped {
		text = text[:len(text)-1]
	}
	return r.text(string(text)), r.load(at)
}
