package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// copyTree stands in for cp -r where there is none: it copies generated folders into an empty directory.
func copyTree(from, to string) error {
	for _, dir := range outputRoots() {
		if err := os.CopyFS(filepath.Join(to, dir), os.DirFS(filepath.Join(from, dir))); err != nil {
			return fmt.Errorf("copy %s: %w", dir, err)
		}
	}
	return nil
}

// buildAll runs kustomize build on each directory that in names, one after the other, as the pinned command
// does it: from the disk, and no file from outside of a kustomization's own directory.
func buildAll(ctx context.Context, in io.Reader) error {
	disk := filesys.MakeFsOnDisk()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(disk, lines.Text())
		if err != nil {
			return fmt.Errorf("build %s: %w", lines.Text(), err)
		}
		if _, err := built.AsYaml(); err != nil {
			return fmt.Errorf("print %s: %w", lines.Text(), err)
		}
	}
	return lines.Err()
}
