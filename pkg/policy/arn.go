package policy

import (
	"fmt"
	"strings"
)

// splitARN splits an ARN into its six parts (AWS General Reference, Amazon Resource Names). Variables of IAM count
// as wildcards: some of them have colons.
func splitARN(value string) (parts []string, ok bool) {
	for {
		before, after, found := strings.Cut(value, "${")
		if !found {
			break
		}
		_, tail, _ := strings.Cut(after, "}")
		value = before + "*" + tail
	}
	parts = strings.SplitN(value, ":", 6)
	return parts, len(parts) == 6 && parts[0] == "arn" && parts[1] != "" && parts[2] != "" && parts[5] != ""
}

// resource checks one resource of a statement.
func (r *review) resource(n *node, path string) {
	if n.value == "*" {
		return
	}
	r.variables(n, path)
	parts, ok := splitARN(n.value)
	if !ok {
		if !strings.HasPrefix(n.value, "${") {
			r.fail(n.offset, path, fmt.Sprintf("%q is not an ARN", n.value), refused)
		}
		return
	}
	r.partition(n, path, parts[1])
	if message, hint := r.actions.UnknownService(parts[2]); message != "" {
		r.warn(n.offset, path, message, hint)
	}
	account := parts[4]
	switch {
	case account == "" || strings.Trim(account, "0123456789") != "":
	case len(account) != 12:
		r.fail(n.offset, path, fmt.Sprintf("%s: an account has 12 digits, not %d", n.value, len(account)), "correct the account")
	case r.Place.Account != "" && account != r.Place.Account:
		r.warn(n.offset, path, fmt.Sprintf("%s is in account %s, but the object is made in %s", n.value, account, r.Place.Account),
			"name one of that account, unless the other one shares it")
	}
}

// partition says that an ARN is in another partition than the object: nothing reaches from one to the other.
func (r *review) partition(n *node, path, partition string) {
	if r.Place.Partition == "" || partition == r.Place.Partition || strings.ContainsAny(partition, "*?") {
		return
	}
	r.fail(n.offset, path, fmt.Sprintf("%s is in partition %s, but the object is made in %s", n.value, partition, r.Place.Partition),
		"begin it with arn:"+r.Place.Partition+":")
}
