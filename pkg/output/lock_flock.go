//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package output

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"
)

// tryLock takes an exclusive lock on an open directory, or reports that another run has it.
// Closing dir releases it.
func tryLock(dir *os.File) (bool, error) {
	conn, err := dir.SyscallConn()
	if err != nil {
		return false, fmt.Errorf("get file descriptor: %w", err)
	}
	var flockErr error
	if err := conn.Control(func(fd uintptr) {
		flockErr = syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB)
	}); err != nil {
		return false, fmt.Errorf("use file descriptor: %w", err)
	}
	switch {
	case flockErr == nil || cannotLock(flockErr):
		return true, nil
	case errors.Is(flockErr, syscall.EWOULDBLOCK), errors.Is(flockErr, syscall.EINTR):
		return false, nil
	}
	return false, fmt.Errorf("flock: %w", flockErr)
}

// cannotLock reports whether the file system has no locks for directories. NFS says EBADF, because
// it wants the handle to be open for writing, which a directory never is.
func cannotLock(err error) bool {
	without := []error{syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS, syscall.ENOLCK, syscall.EBADF, syscall.EINVAL}
	return slices.ContainsFunc(without, func(target error) bool { return errors.Is(err, target) })
}
