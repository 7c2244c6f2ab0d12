package resource

// plain reports whether s is a string that every YAML reader takes for a string without quotes:
// it starts with a letter or a slash, goes on with letters, digits and - _ . / (and : between
// two of them), and is none of the words below. Anything else is left to the YAML library.
func plain(s string) bool {
	if s == "" || !letter(s[0]) && s[0] != '/' || reserved(s) {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case letter(c), c >= '0' && c <= '9', c == '-', c == '_', c == '.', c == '/':
		case c == ':' && i+1 < len(s) && (letter(s[i+1]) || s[i+1] >= '0' && s[i+1] <= '9' || s[i+1] == ':'):
		default:
			return false
		}
	}
	return true
}

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
