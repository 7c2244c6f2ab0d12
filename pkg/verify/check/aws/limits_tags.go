package aws

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// A tag is one tag of an object in AWS and where it stands.
type tag struct{ field, key, value string }

// awsTags are the tags that an object puts on things in AWS; each service of ACK has its own form.
func awsTags(o *manifest.Object) []tag {
	if !o.IsACK() && o.Kind().Group != manifest.AutoGroup {
		return nil
	}
	var tags []tag
	for i, item := range o.List("spec", "tags") {
		tags = append(tags, tag{
			manifest.FieldOf([]any{"spec", "tags", i}), manifest.OrElse(manifest.Field(item, "key"), manifest.Field(item, "tagKey")), manifest.OrElse(manifest.Field(item, "value"), manifest.Field(item, "tagValue")),
		})
	}
	for key, value := range o.Strings("spec", "tags") {
		tags = append(tags, tag{manifest.FieldOf([]any{"spec", "tags", key}), key, value})
	}
	return tags
}

// tags checks AWS tags (Tagging AWS Resources User Guide, Tag naming limits and requirements; IAM User Guide, Rules
// for tagging in IAM and AWS STS, which is stricter).
func tags(o *manifest.Object) diag.List {
	tags := awsTags(o)
	var problems diag.List
	if len(tags) > 50 {
		problems = append(problems, o.Problem("spec.tags", fmt.Sprintf("has %d tags, but may have 50", len(tags)), "take some away; AWS would refuse all of them"))
	}
	iam := o.Kind().Group == manifest.IAMGroup
	seen := map[string]bool{}
	for _, t := range tags {
		key := t.key
		if iam {
			key = strings.ToLower(key)
		}
		if message := t.fault(iam); message != "" {
			problems = append(problems, o.Problem(t.field, message, "AWS would refuse it; take another tag"))
		} else if seen[key] {
			problems = append(problems, o.Problem(t.field, t.key+": the tag stands twice", "remove one of the two"))
		}
		seen[key] = true
	}
	return problems
}

// fault says what is wrong with one tag, if anything.
func (t tag) fault(iam bool) string {
	strange := func(c rune) bool {
		return !unicode.In(c, unicode.L, unicode.Z, unicode.N) && !strings.ContainsRune("_.:/=+-@", c)
	}
	key, value := utf8.RuneCountInString(t.key), utf8.RuneCountInString(t.value)
	switch {
	case key == 0:
		return "the tag has no key"
	case strings.HasPrefix(strings.ToLower(t.key), "aws:"):
		return t.key + ": only AWS may set tags that begin with aws:"
	case key > 128:
		return fmt.Sprintf("%.20s…: the key has %d characters, but may have 128", t.key, key)
	case value > 256:
		return fmt.Sprintf("%s: the value has %d characters, but may have 256", t.key, value)
	case iam && strings.ContainsFunc(t.key+t.value, strange):
		return t.key + ": has other characters than letters, digits, spaces and _.:/=+-@"
	}
	return ""
}
