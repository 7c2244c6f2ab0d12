package charts

import "strings"

// Made are the service accounts that the chart creates with these values.
func (f *Facts) Made(values map[string]any) []string {
	var names []string
	for _, a := range f.Accounts {
		if name := a.NameWith(values); name != "" && !a.dropped(values) {
			names = append(names, name)
		}
	}
	return names
}

// NameWith is the name of the account with these values.
func (a Account) NameWith(values map[string]any) string {
	if name, _ := At(values, a.NameFrom).(string); name != "" {
		return name
	}
	return a.Name
}

// Dropping is the value by which the chart does not make the account, or empty.
func (a Account) Dropping(values map[string]any) string {
	for _, path := range a.Create {
		if At(values, path) == false {
			return path
		}
	}
	return ""
}

func (a Account) dropped(values map[string]any) bool { return a.Dropping(values) != "" }

// At is the value at a path such as serviceAccount.name, or nil.
func At(values map[string]any, path string) any {
	var value any = values
	for key := range strings.SplitSeq(path, ".") {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}
