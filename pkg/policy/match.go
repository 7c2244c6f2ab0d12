package policy

import "strings"

// Matches reports whether a text is among what a pattern stands for: * is any number of characters, ? is one (IAM User
// Guide, IAM JSON policy elements: Resource).
func Matches(pattern, text string) bool {
	for pattern != "" {
		switch pattern[0] {
		case '*':
			for i := 0; i <= len(text); i++ {
				if Matches(pattern[1:], text[i:]) {
					return true
				}
			}
			return false
		case '?':
			if text == "" {
				return false
			}
		default:
			if text == "" || text[0] != pattern[0] {
				return false
			}
		}
		pattern, text = pattern[1:], text[1:]
	}
	return text == ""
}

// AllowsAction is [Matches] for actions, whose letter case counts for nothing.
func AllowsAction(pattern, action string) bool {
	return Matches(strings.ToLower(pattern), strings.ToLower(action))
}
