package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// repositories are the folders to verify: the arguments, each once, or the current folder.
func repositories(args []string) ([]string, error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	var dirs []string
	for _, arg := range args {
		dir := filepath.Clean(arg)
		if root, below := rootAbove(dir); below {
			return nil, usageError{fmt.Errorf("%s is not the root of a repository, but a folder of %s; run gen verify %s", arg, root, root)}
		}
		if !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs, nil
}

// rootAbove is the nearest folder above dir that holds what gen generates. below is false if dir holds that itself
// or is no folder, or if none above it does.
func rootAbove(dir string) (root string, below bool) {
	whole, err := filepath.Abs(dir)
	if err != nil || isRoot(dir) || !isFolder(dir) {
		return "", false
	}
	for whole != filepath.Dir(whole) {
		whole, dir = filepath.Dir(whole), filepath.Join(dir, "..")
		if isRoot(dir) {
			return dir, true
		}
	}
	return "", false
}

// isRoot reports whether a folder holds both trees that gen generates.
func isRoot(dir string) bool {
	return isFolder(filepath.Join(dir, "flux")) && isFolder(filepath.Join(dir, "clusters"))
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
