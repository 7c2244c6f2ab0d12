package check

import "strings"

// AfterSlash is what follows the last slash of a text: the name in an ARN.
func AfterSlash(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// An ARN is the name of something in AWS, taken apart (AWS, Amazon Resource Names).
type ARN struct{ Partition, Service, Region, Account, Resource string }

// SplitARN takes an ARN apart; ok is false if the text is none.
func SplitARN(text string) (arn ARN, ok bool) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return ARN{}, false
	}
	return ARN{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}
