// Package policy parses the IAM policy documents in files and says what AWS would refuse and what can
// never have the intended effect.
//
// In: the text, what it is attached to and where. Out: problems, each with its position in the text.
// Of this module it imports diag alone.
package policy

import (
	"unicode"

	"eks-auto-gitops/pkg/diag"
)

// A Type is what a document is attached to. It decides which elements a statement must have (IAM User Guide, IAM
// JSON policy elements reference).
type Type string

// The types of policies.
const (
	// Identity says what a role or whoever has the policy may do: no principal, always a resource.
	Identity Type = "identity"
	// Trust says who may assume a role: always a principal, no resource.
	Trust Type = "trust"
	// Resource says who may do what with a thing, such as a key: a principal and a resource.
	Resource Type = "resource"
)

// A Place is where AWS has the policy. What is not known is empty, and nothing is held to it.
type Place struct {
	// Account is the id of the account, Partition and Region are as in an ARN.
	Account, Partition, Region string
	// DNSSuffix is the domain of AWS in the partition, such as amazonaws.com.
	DNSSuffix string
}

// A Document is one policy document.
type Document struct {
	Text  string
	Type  Type
	Place Place
	// Raw is set where the text may still have variables of another program, so that not every ${ is IAM's.
	Raw bool
}

// A Fault is one thing that is wrong with a document.
type Fault struct {
	// Offset is the byte of the text where it is.
	Offset int
	// Path is the element, such as Statement[1].Action; empty for the document as a whole.
	Path string
	// Message says what is wrong, Hint what to do.
	Message, Hint string
	// Severity is an error, a warning where AWS takes the document and it may be meant so, or a note where gen cannot tell.
	Severity diag.Severity
}

// Size counts what IAM counts: the characters that are not white space (IAM and AWS STS quotas).
func Size(text string) int {
	n := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// A Checker knows the actions of AWS, and which accounts are ours. It keeps its answers: a fleet has the same
// document many times. It is for one goroutine.
type Checker struct {
	actions   *Actions
	operators map[string]valueKind
	globals   []string
	accounts  map[string]bool
	told      map[Document][]Fault
}

// NewChecker returns a checker. A trust policy that names an account that is not in accounts is warned of, unless
// there are none.
func NewChecker(accounts map[string]bool) (*Checker, error) {
	actions, err := KnownActions()
	if err != nil {
		return nil, err
	}
	return &Checker{actions: actions, operators: operators(), globals: globalKeys(), accounts: accounts, told: map[Document][]Fault{}}, nil
}

// Check returns the faults of a document in the order of its text.
func (c *Checker) Check(d Document) []Fault {
	faults, ok := c.told[d]
	if !ok {
		r := &review{Checker: c, Document: d, unchecked: map[string]bool{}}
		r.run()
		faults = r.sorted()
		c.told[d] = faults
	}
	return faults
}
