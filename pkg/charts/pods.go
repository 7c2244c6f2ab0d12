package charts

// With are the tolerations of the pods with these values.
func (p Pods) With(values map[string]any) []any {
	for _, path := range p.Tolerations {
		if list, ok := At(values, path).([]any); ok {
			return list
		}
	}
	if p.Anywhere {
		return []any{map[string]any{"operator": "Exists"}}
	}
	return nil
}
