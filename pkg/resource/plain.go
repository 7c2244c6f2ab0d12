package resource

import "strings"

// plain reports whether s is a string that every YAML reader takes for a string without quotes, in a block:
// a line of printable ASCII that begins with a letter or a slash, has neither ": " nor " #" in it, and is none of
// the words below; or a number with a unit or a network mask, which no type of YAML looks like. Anything else is
// left to the YAML library.
func plain(s string) bool {
	switch {
	case s == "" || reserved(s):
		return false
	case letter(s[0]) || s[0] == '/':
		return line(s)
	}
	return measure(s)
}

func line(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~':
			return false
		case c == ' ' && (i+1 == len(s) || s[i+1] == '#'):
			return false
		case c == ':' && (i+1 == len(s) || s[i+1] == ' '):
			return false
		}
	}
	return true
}

// measure reports whether s is such as 10m, 80Gi, 10% or 10.0.0.0/16.
func measure(s string) bool {
	rest := strings.TrimLeft(s, "0123456789")
	if rest == s {
		return false
	}
	switch rest {
	case "s", "m", "h", "Mi", "Gi", "Ti", "%":
		return true
	}
	address, mask, ok := strings.Cut(s, "/")
	return ok && strings.Trim(address, "0123456789.") == "" && digits(mask)
}

// digits reports whether s is a number without a sign, which has to be quoted to be a string.
func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// reserved reports whether YAML 1.1 or 1.2 reads the word as a boolean or null
// (YAML 1.1, Boolean and Null Language-Independent Types).
func reserved(s string) bool {
	switch s {
	case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO",
		"true", "True", "TRUE", "false", "False", "FALSE",
		"on", "On", "ON", "off", "Off", "OFF",
		"null", "Null", "NULL":
		return true
	}
	return false
}
