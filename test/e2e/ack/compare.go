package ack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"eks-auto-gitops/test/e2e/aws"
)

// A Row says how ACK compares a field: a row of pkg/ack/compare, where the words are explained.
type Row struct {
	Group, Kind, Field, How string
	Left                    bool
}

// Table is that of pkg/ack/compare in the checkout.
func Table(ctx context.Context, root string) ([]Row, error) {
	command := exec.CommandContext(ctx, "go", "run", "./internal/rows")
	command.Dir = root
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("print the table of pkg/ack/compare: %w: %s", err, &said)
	}
	var rows []Row
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, fmt.Errorf("read the table of pkg/ack/compare: %w", err)
	}
	return rows, nil
}

// differences are the fields in which AWS is not as it is wanted; for each look at an object with one ACK makes a call (ACK runtime,
// pkg/runtime/reconciler.go: updateResource; delta.go of each kind).
func differences(rows []Row, id aws.ID, want, is map[string]any) []string {
	var fields []string
	for _, row := range rows {
		if row.Group != id.Group || row.Kind != id.Kind {
			continue
		}
		path := strings.Split(strings.TrimPrefix(row.Field, "spec."), ".")
		a, _, _ := unstructured.NestedFieldNoCopy(want, path...)
		b, _, _ := unstructured.NestedFieldNoCopy(is, path...)
		if !row.same(a, b) {
			fields = append(fields, row.Field)
		}
	}
	return fields
}

// same compares what is wanted with what AWS returns.
func (r Row) same(want, is any) bool {
	switch r.How {
	case "reference", "never": // resolved before, or not compared
		return true
	case "set", "tags":
		return equality.Semantic.DeepEqual(sorted(want), sorted(is))
	case "document":
		return equality.Semantic.DeepEqual(document(want), document(is))
	case "own":
		return sameByHook(want, is)
	default:
		return r.Left && want == nil || equality.Semantic.DeepEqual(want, is)
	}
}

// sameByHook compares as the hooks of the controllers do: https:// and the sign within a word do not count, nor what AWS adds to a list.
func sameByHook(want, is any) bool {
	if text, ok := want.(string); ok {
		plain := strings.NewReplacer("https://", "", "-", "_")
		other, _ := is.(string)
		return plain.Replace(text) == plain.Replace(other)
	}
	there := sorted(is)
	return !slices.ContainsFunc(sorted(want), func(item string) bool { return !slices.Contains(there, item) })
}

// sorted are the items of a list, or the entries of a map, as texts.
func sorted(value any) []string {
	var items []string
	add := func(item any) {
		text, _ := json.Marshal(item) //nolint:errchkjson // it was JSON before
		items = append(items, string(text))
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			add(item)
		}
	case map[string]any:
		for key, item := range v {
			add([]any{key, item})
		}
	}
	slices.Sort(items)
	return items
}

func document(value any) any {
	text, _ := value.(string)
	var content any
	if json.Unmarshal([]byte(text), &content) != nil {
		return text
	}
	return content
}

// calls are those that ACK makes for an object at this look.
func (r *reconciler) calls(want aws.Object) []string {
	is := r.aws.Spec(want.ID)
	if is == nil {
		return []string{"Create " + want.String()}
	}
	var calls []string
	for _, field := range differences(r.options.Table, want.ID, want.Spec, is) {
		calls = append(calls, "Update "+want.String()+": "+field)
	}
	return calls
}
