package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkTags checks the cluster's tags.
func checkTags(c clusterScope) {
	c.tags(c.Tags)
	if len(c.Tags) > 40 {
		c.fail(c.at("tags"), fmt.Sprintf("%d tags", len(c.Tags)), "AWS takes 50, and gen, ACK and EKS add up to ten of their own; keep 40")
	}
	if len(c.Nodes.Pools) == 0 {
		return
	}
	for _, key := range sortedKeys(c.Tags) {
		if value := c.Tags[key]; value != "" && len(validation.IsValidLabelValue(value)) > 0 && tagText(value) {
			c.warn(c.at("tags", key), fmt.Sprintf("%q cannot be the value of a node's label", value),
				"nodes go without this label; for one, "+labelValueHint())
		}
	}
}

// tags follows the IAM User Guide, "Rules for tagging", the strictest of the services in use.
func (s scope) tags(tags map[string]string) {
	seen := map[string]string{}
	for _, key := range sortedKeys(tags) {
		at := s.keyAt("tags", key)
		other, twice := seen[strings.ToLower(key)]
		seen[strings.ToLower(key)] = key
		switch {
		case twice:
			s.fail(at, fmt.Sprintf("%q and %q differ only in letter case", other, key), "IAM takes them for one tag; remove one of the two")
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			s.fail(at, fmt.Sprintf("the tag %q is AWS's own", key), `keys that start with "aws:" are reserved; choose another`)
		case slices.ContainsFunc(ownTags(), func(own string) bool { return strings.EqualFold(own, key) }):
			s.fail(at, fmt.Sprintf("gen sets the tag %q itself", key), "remove it; it says which fleet, environment and cluster something belongs to")
		case reservedTag(key):
			s.fail(at, fmt.Sprintf("the tag %q belongs to Kubernetes, EKS or Karpenter", key), "they decide by it what they own; choose another key")
		case key == "" || utf8.RuneCountInString(key) > 128 || !tagText(key):
			s.fail(at, fmt.Sprintf("%q is not the key of a tag", key), "use letters, digits, spaces and _ . : / = + - @, at most 128")
		}
		if value := tags[key]; utf8.RuneCountInString(value) > 256 || !tagText(value) {
			s.fail(s.at("tags", key), fmt.Sprintf("%q is not the value of a tag", value), "use letters, digits, spaces and _ . : / = + - @, at most 256")
		}
	}
}

// ownTags are the tags that gen puts on everything.
func ownTags() []string { return []string{"Product", "Environment", "Cluster", "Name", "Provisioner"} }

// reservedTag reports whether a controller reads ownership from the tag.
func reservedTag(key string) bool {
	for _, prefix := range []string{"kubernetes.io/cluster", "kubernetes.io/role/", "karpenter.sh/", "karpenter.k8s.aws/", "eks.amazonaws.com/", "eks:", "services.k8s.aws/"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// tagText reports whether IAM takes every character of s in a tag.
func tagText(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.Z, unicode.N) && !strings.ContainsRune("_.:/=+-@", r)
	})
}
