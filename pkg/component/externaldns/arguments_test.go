package externaldns

import (
	"reflect"
	"testing"
)

func TestWithArguments(t *testing.T) {
	t.Parallel()
	own := []any{"--aws-zone-type=public", "--zone-id-filter=Z1"}
	for name, c := range map[string]struct{ users, want any }{
		"a list":            {[]any{"--once"}, []any{"--aws-zone-type=public", "--zone-id-filter=Z1", "--once"}},
		"an empty list":     {[]any{}, []any{"--aws-zone-type=public", "--zone-id-filter=Z1"}},
		"a flag of gen":     {[]any{"--aws-zone-type=private"}, []any{"--zone-id-filter=Z1", "--aws-zone-type=private"}},
		"a flag twice":      {[]any{"--zone-id-filter=Z2", "--zone-id-filter=Z3"}, []any{"--aws-zone-type=public", "--zone-id-filter=Z2", "--zone-id-filter=Z3"}},
		"a mapping":         {map[string]any{"once": nil}, map[string]any{"aws-zone-type": "public", "zone-id-filter": "Z1", "once": nil}},
		"a mapping of gen":  {map[string]any{"aws-zone-type": ""}, map[string]any{"aws-zone-type": "", "zone-id-filter": "Z1"}},
		"null":              {nil, nil},
		"a text, of nobody": {"--once", "--once"},
	} {
		if got := withArguments(own, c.users); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if want := []any{"--aws-zone-type=public", "--zone-id-filter=Z1"}; !reflect.DeepEqual(own, want) {
		t.Errorf("gen's own arguments are changed: %v", own)
	}
}
