package explain

import (
	"maps"
	"slices"
)

// deepest is how many fields a path names at most; no field of clusters.yaml is below that.
const deepest = 8

// Paths lists every path that Field knows, sorted: those from a cluster, an environment, and the top.
func (f *Fields) Paths() []string {
	all := map[string]bool{}
	for _, start := range f.starts() {
		f.paths(start, "", 0, false, func(path string, _ bool) { all[path] = true })
	}
	return slices.Sorted(maps.Keys(all))
}

// Settable lists the paths from a cluster, or from the top, that lead through no list, sorted: an item of a list has a number or
// a name in its path.
func (f *Fields) Settable(top bool) []string {
	start := f.Defs["Cluster"]
	if top {
		start = f.Defs["Fleet"]
	}
	var all []string
	f.paths(start, "", 0, false, func(path string, listed bool) {
		if !listed {
			all = append(all, path)
		}
	})
	slices.Sort(all)
	return all
}

// paths calls visit for the fields below one, and says whether the way there leads through a list.
func (f *Fields) paths(p *property, above string, depth int, listed bool, visit func(path string, listed bool)) {
	in := f.inner(p)
	if depth == deepest {
		return
	}
	for name, field := range in.Properties {
		path := name
		if above != "" {
			path = above + "." + name
		}
		visit(path, listed)
		f.paths(field, path, depth+1, listed || f.isList(field), visit)
	}
}

// isList reports whether a field may be a list.
func (f *Fields) isList(p *property) bool {
	p = f.resolve(p)
	return p.Items != nil || slices.ContainsFunc(p.forms(), f.isList)
}
