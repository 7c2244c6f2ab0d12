package cli

import (
	"context"
	"fmt"
	"os"

	"eks-auto-gitops/pkg/output"
)

// lockedRoot opens the current folder for a command that writes to it, when no other run of gen does. The caller calls
// release when it is done.
func lockedRoot(ctx context.Context) (root *os.Root, release func(), err error) {
	return lockedDir(ctx, ".")
}

// lockedDir is lockedRoot for another folder.
func lockedDir(ctx context.Context, dir string) (root *os.Root, release func(), err error) {
	root, err = os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open the folder: %w", err)
	}
	unlock, err := output.Lock(ctx, root)
	if err != nil {
		_ = root.Close() // nothing was written through it
		return nil, nil, fmt.Errorf("wait for another run: %w", err)
	}
	return root, func() {
		_ = unlock()     // the lock ends with the process at the latest
		_ = root.Close() // everything is written by now
	}, nil
}
