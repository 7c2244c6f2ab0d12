package diff

// commonRows are the fields that every kind has.
func commonRows() []Row {
	return rowsOf("", "", "Kubernetes, API Concepts",
		updated("apiVersion", ""),
		updated("metadata.labels", ""),
		updated("metadata.annotations", ""),
	)
}
