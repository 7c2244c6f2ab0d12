package change

import (
	"slices"
	"strings"
	"unicode"
)

// Unnamed writes the placeholder for every whole word that is the cluster's name.
func Unnamed(text, cluster string) string {
	if cluster == "" {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, cluster)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		end := i + len(cluster)
		if i > 0 && isWordByte(text[i-1]) || end < len(text) && isWordByte(text[end]) {
			b.WriteString(text[:end])
		} else {
			b.WriteString(text[:i] + Placeholder)
		}
		text = text[end:]
	}
}

func isWordByte(c byte) bool { return unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) }

// Neutral is a change with the placeholder for the cluster's name.
func Neutral(c Change, cluster string) Change {
	put := func(text string) string { return Unnamed(text, cluster) }
	c.Namespace, c.Name, c.Folder, c.Why = put(c.Namespace), put(c.Name), put(c.Folder), put(c.Why)
	c.Before, _ = neutralValue(c.Before, put).(map[string]any)
	c.After, _ = neutralValue(c.After, put).(map[string]any)
	c.Fields = slices.Clone(c.Fields)
	for i, f := range c.Fields {
		f.Path, f.Name, f.Why = put(f.Path), put(f.Name), put(f.Why)
		f.Before, f.After = neutralValue(f.Before, put), neutralValue(f.After, put)
		c.Fields[i] = f
	}
	c.Dangers = slices.Clone(c.Dangers)
	for i, d := range c.Dangers {
		c.Dangers[i] = d.Neutral(cluster)
	}
	return c
}

// neutralValue copies a value with every text changed by put.
func neutralValue(value any, put func(string) string) any {
	switch v := value.(type) {
	case string:
		return put(v)
	case map[string]any:
		if v == nil {
			return nil
		}
		fields := make(map[string]any, len(v))
		for key, inner := range v {
			fields[put(key)] = neutralValue(inner, put)
		}
		return fields
	case []any:
		list := make([]any, 0, len(v))
		for _, inner := range v {
			list = append(list, neutralValue(inner, put))
		}
		return list
	default:
		return value
	}
}

// Neutral is a danger with the placeholder for the cluster's name.
func (d Danger) Neutral(cluster string) Danger {
	d.Message, d.Field = Unnamed(d.Message, cluster), Unnamed(d.Field, cluster)
	d.Objects = slices.Clone(d.Objects)
	for i, name := range d.Objects {
		d.Objects[i] = Unnamed(name, cluster)
	}
	return d
}
