package instance

// Type is an instance type that Auto Mode may launch.
type Type struct {
	Name string
	// CPU is in vCPUs, Memory in MiB.
	CPU, Memory int64
}

// Admitted lists the types that satisfy the requirements of a pool, as far as they are about instance types, in the order
// of their names.
func (t *Table) Admitted(requirements []Requirement) []Type {
	var about []Requirement
	for _, r := range requirements {
		if t.known(r) {
			about = append(about, r)
		}
	}
	var list []Type
	for _, i := range t.fitting(about) {
		k := t.types[i]
		list = append(list, Type{k.values[t.labels[labelType]], k.cpu, k.memory})
	}
	return list
}
