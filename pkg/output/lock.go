package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// Lock makes sure that no other run of gen writes below root at the same time. It waits for the other
// run to end, until ctx is done. Take it before [NewPlan] and call unlock after [Plan.Apply].
//
// The lock is advisory and on the root directory itself, so that there is no file to leave behind;
// the system releases it when the process ends, however it ends. On Windows and other systems
// without flock, and on file systems that cannot lock a directory (some network mounts),
// nothing is locked, and it is up to the user not to run gen twice at once.
func Lock(ctx context.Context, root *os.Root) (unlock func() error, err error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", root.Name(), err)
	}
	// Asking again and again, because a blocked flock could not be interrupted by ctx.
	for wait := time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		locked, err := tryLock(dir)
		if err == nil && locked {
			return dir.Close, nil
		}
		if err == nil {
			err = sleep(ctx, wait)
		}
		if err != nil {
			return nil, fmt.Errorf("lock %s: %w", root.Name(), errors.Join(err, dir.Close()))
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("wait for the other run: %w", context.Cause(ctx))
	case <-time.After(d):
		return nil
	}
}
