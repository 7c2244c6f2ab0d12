package manifest

// ContentOf is what an object holds; nothing if there is none.
func ContentOf(o *Object) map[string]any {
	if o == nil {
		return nil
	}
	return o.Content
}
