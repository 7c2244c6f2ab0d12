package verify

import "strings"

func afterSlash(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// An arnParts is an ARN taken apart.
type arnParts struct{ partition, service, region, account, resource string }

func splitARN(text string) (arn arnParts, ok bool) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return arnParts{}, false
	}
	return arnParts{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}
