// Package iam holds IAM policy documents as Go types and writes them in one canonical form.
//
// In: statements. Out: JSON text for ACK's policy fields, the same bytes for the same statements.
// It imports nothing of this module.
package iam

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Document is an IAM policy (IAM User Guide: Grammar of the IAM JSON policy language).
type Document struct {
	Version   string      `json:"Version"`
	Statement []Statement `json:"Statement"`
}

// Statement is one statement. Its fields stand in the order of the grammar.
type Statement struct {
	Sid       string    `json:"Sid,omitempty"`
	Effect    string    `json:"Effect"`
	Principal Principal `json:"Principal,omitempty"`
	Action    Values    `json:"Action"`
	Resource  Values    `json:"Resource,omitempty"`
	Condition Condition `json:"Condition,omitempty"`
}

// Principal maps a kind of principal (AWS, Service, Federated) to its names.
type Principal map[string]Values

// Condition maps an operator to condition keys and their values.
type Condition map[string]map[string]Values

// Values is a list that is written as a plain string when it has one element, as IAM returns it.
type Values []string

// MarshalJSON implements json.Marshaler.
func (v Values) MarshalJSON() ([]byte, error) {
	if len(v) == 1 {
		return marshal(v[0])
	}
	return marshal([]string(v))
}

// The effects of a statement.
const (
	Allow = "Allow"
	Deny  = "Deny"
)

// Policy returns the canonical JSON of a policy with the given statements: keys in the order of the grammar,
// maps sorted, two spaces of indentation so that a change of one action is one line of a diff.
// ACK compares trust documents by meaning, and IAM keeps the text of inline policies as it was put.
func Policy(statements ...Statement) (string, error) {
	raw, err := marshal(Document{Version: "2012-10-17", Statement: statements})
	if err != nil {
		return "", fmt.Errorf("encode IAM policy: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return "", fmt.Errorf("indent IAM policy: %w", err)
	}
	return out.String(), nil
}

// marshal is json.Marshal without turning < > & into escapes, which IAM would keep.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
