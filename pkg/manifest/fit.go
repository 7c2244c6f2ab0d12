package manifest

import (
	"path"
	"slices"
	"strings"
)

// Fit reports whether there is a file or a folder that a pattern fits, as fs.Glob has it.
func (f *Files) Fit(pattern string) bool { return f.fit("", strings.Split(path.Clean(pattern), "/")) }

func (f *Files) fit(dir string, parts []string) bool {
	if len(parts) == 0 {
		return true
	}
	if !strings.ContainsAny(parts[0], "*?[\\") {
		name := path.Join(dir, parts[0])
		_, isFile := f.Content[name]
		return (f.HasDir(name) || isFile && len(parts) == 1) && f.fit(name, parts[1:])
	}
	for _, child := range f.children(dir) {
		if ok, err := path.Match(parts[0], child); ok && err == nil && f.fit(path.Join(dir, child), parts[1:]) {
			return true
		}
	}
	return false
}

// children are the files and folders in a folder, or at the root. It goes from one to the next, and not through all that is below.
func (f *Files) children(dir string) []string {
	prefix := strings.TrimPrefix(dir+"/", "/")
	var found []string
	for at := prefix; ; {
		i, _ := slices.BinarySearch(f.Names, at)
		if i == len(f.Names) || !strings.HasPrefix(f.Names[i], prefix) {
			return found
		}
		child, _, isDir := strings.Cut(f.Names[i][len(prefix):], "/")
		found = append(found, child)
		if at = prefix + child + "\x00"; isDir {
			at = prefix + child + "0" // which comes after the slash
		}
	}
}
