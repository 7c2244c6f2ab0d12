package schema

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
)

// A shape says which values of an object its validity depends on. Objects of one kind that are the same in these, and
// have the same fields, are all valid or all not: a fleet has thousands of objects that differ in names only.
type shape struct {
	// whole is set where every value counts.
	whole bool
	// anyText is set where any text will do, anyOfLength where only its length counts.
	anyText, anyOfLength bool
	// ignored is set where nothing is looked at.
	ignored bool
	// fields are the known ones, others is for all the rest, items for the elements of a list; nil means whole.
	fields        map[string]*shape
	others, items *shape
}

// newShape reads a schema. What it does not understand counts as whole.
func newShape(s *structuralschema.Structural, whole bool) *shape {
	if s == nil || whole || closeRead(s) {
		return &shape{whole: true}
	}
	read, all := readByRules(s)
	if all {
		return &shape{whole: true}
	}
	var limits structuralschema.ValueValidation
	if s.ValueValidation != nil {
		limits = *s.ValueValidation
	}
	limits.MinLength, limits.MaxLength = nil, nil
	made := &shape{
		anyOfLength: s.Type == "string" && reflect.ValueOf(limits).IsZero(),
		anyText:     s.Type == "string" && (s.ValueValidation == nil || reflect.ValueOf(*s.ValueValidation).IsZero()),
		ignored:     s.XPreserveUnknownFields && s.Type == "" && len(s.Properties) == 0 && s.AdditionalProperties == nil,
		fields:      make(map[string]*shape, len(s.Properties)),
	}
	for name := range s.Properties {
		property := s.Properties[name]
		made.fields[name] = newShape(&property, slices.Contains(read, name))
	}
	if s.AdditionalProperties != nil {
		made.others = newShape(s.AdditionalProperties.Structural, s.AdditionalProperties.Structural == nil)
	}
	if s.Items != nil {
		made.items = newShape(s.Items, false)
	}
	return made
}

// closeRead reports whether a schema compares values inside of what it describes.
func closeRead(s *structuralschema.Structural) bool {
	if s.XEmbeddedResource || s.XIntOrString || s.XListType != nil && *s.XListType != "atomic" {
		return true
	}
	v := s.ValueValidation
	if v == nil {
		return false
	}
	logic := len(v.AllOf) > 0 || len(v.AnyOf) > 0 || len(v.OneOf) > 0 || v.Not != nil
	return logic || v.UniqueItems || len(v.Enum) > 0 && s.Type != "string"
}

// readByRules are the fields that the CEL rules of a schema read; all is set if they may read anything. A rule that
// compares with the stored object says nothing about a new one.
func readByRules(s *structuralschema.Structural) (fields []string, all bool) {
	self := regexp.MustCompile(`\bself\b(?:\.([A-Za-z_]\w*))?`)
	for _, rule := range s.XValidations {
		if strings.Contains(rule.Rule, "oldSelf") && rule.OptionalOldSelf == nil {
			continue
		}
		if s.Type != "object" || s.AdditionalProperties != nil {
			return nil, true // self.all(…) of a list or a map reads every element
		}
		for _, match := range self.FindAllStringSubmatch(rule.Rule+" "+rule.MessageExpression, -1) {
			if match[1] == "" || strings.Contains(match[1], "__") {
				return nil, true
			}
			fields = append(fields, match[1])
		}
	}
	return fields, false
}

// sum is a sum of what the validity of an object depends on.
func (s *shape) sum(object map[string]any) [sha256.Size]byte {
	var b []byte
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if inner := s.fields[name].orWhole(); name != "metadata" || inner.whole {
			b = inner.append(appendText(b, name), object[name])
		}
	}
	return sha256.Sum256(b)
}

func (s *shape) orWhole() *shape {
	if s == nil {
		return &shape{whole: true}
	}
	return s
}

// append adds a value to b so that two values give the same bytes only if they are the same where it counts.
func (s *shape) append(b []byte, value any) []byte {
	if s.ignored {
		return append(b, 'i')
	}
	switch v := value.(type) {
	case map[string]any:
		b = binary.AppendUvarint(append(b, 'm'), uint64(len(v)))
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if inner, known := s.fields[name]; !known && s.others != nil {
				b = s.others.append(append(b, 'o'), v[name]) // a key of a map may be anything
			} else {
				b = inner.orWhole().append(appendText(b, name), v[name])
			}
		}
	case []any:
		b = binary.AppendUvarint(append(b, 'l'), uint64(len(v)))
		for _, item := range v {
			b = s.items.orWhole().append(b, item)
		}
	case string:
		switch b = append(b, 's'); {
		case s.anyText:
		case s.anyOfLength:
			b = binary.AppendUvarint(b, uint64(utf8.RuneCountInString(v)))
		default:
			b = appendText(b, v)
		}
	case bool:
		b = append(b, 'f')
		if v {
			b[len(b)-1] = 't'
		}
	case int64:
		b = binary.AppendVarint(append(b, 'n'), v)
	case float64:
		b = binary.BigEndian.AppendUint64(append(b, 'd'), math.Float64bits(v))
	default:
		b = appendText(append(b, '?'), fmt.Sprintf("%T %v", v, v))
	}
	return b
}

// appendText adds a text with its length, so that texts beside each other cannot be taken for others.
func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}
