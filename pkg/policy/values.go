package policy

import (
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// A valueKind is what an operator compares.
type valueKind int

const (
	stringValue valueKind = iota
	exactString
	numberValue
	dateValue
	boolValue
	binaryValue
	addressValue
	arnValue
)

// wants says what a value should be, or nothing if it is that.
func (k valueKind) wants(value string) string {
	var err error
	wanted := ""
	switch k {
	case numberValue:
		wanted = "a number"
		_, err = strconv.ParseFloat(value, 64)
	case dateValue:
		wanted, err = "a date such as 2026-01-31T00:00:00Z", dateError(value)
	case boolValue:
		if !strings.EqualFold(value, "true") && !strings.EqualFold(value, "false") {
			return "true or false"
		}
	case binaryValue:
		wanted = "in base64"
		_, err = base64.StdEncoding.DecodeString(value)
	case addressValue:
		wanted = "an address or a range of them"
		if _, err = netip.ParseAddr(value); err != nil {
			_, err = netip.ParsePrefix(value)
		}
	case arnValue:
		if _, ok := splitARN(value); !ok && value != "*" {
			return "an ARN"
		}
	case stringValue, exactString:
	}
	if err == nil {
		return ""
	}
	return wanted
}

// dateError reads a date in one of the forms of W3C that IAM takes, or as seconds since 1970.
func dateError(value string) error {
	var err error
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01", "2006"} {
		if _, err = time.Parse(layout, value); err == nil {
			return nil
		}
	}
	if _, number := strconv.ParseInt(value, 10, 64); number == nil {
		return nil
	}
	return err //nolint:wrapcheck // only whether there is one counts
}
