package manifest

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/fluxcd/pkg/sourceignore"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/readfile"
)

// ignored reads the .sourceignore at the root; those in the folders are read with them. What is no regular file Flux does not
// fetch, so it leaves nothing out.
func (f *Files) ignored(repository fs.FS) error {
	content, err := readfile.Read(repository, sourceignore.IgnoreFile)
	if problem, ok := readfile.Problem(err); ok {
		problem.Severity = diag.Warning
		f.Irregular = append(f.Irregular, problem)
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the tree: %w", err)
	}
	if err == nil {
		f.Content[sourceignore.IgnoreFile] = content
	}
	return nil
}
