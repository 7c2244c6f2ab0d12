package explain

// A becomes is what a field of clusters.yaml ends up as.
type becomes struct {
	// field is its path; what is below it is the same, unless another row says more.
	field string
	// objects are fields of objects, such as "Cluster spec.version"; words say what else happens when the field changes.
	objects []string
	words   string
}

// in is a field that ends up in fields of objects.
func in(field string, objects ...string) becomes { return becomes{field: field, objects: objects} }

// says is a field of which words say what a change of it does.
func says(field, words string) becomes { return becomes{field: field, words: words} }

// and adds words.
func (b becomes) and(words string) becomes {
	b.words = words
	return b
}
