//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the largest resident set of a process that has ended. Linux counts from the fork, so it is
// never less than what bench itself has; for that reason bench keeps nothing large and leaves kustomize to a child.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return peakOf(usage)
}

// ownPeak is peakMemory of this process.
func ownPeak() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return peakOf(&usage)
}

func peakOf(usage *syscall.Rusage) int64 {
	peak := int64(usage.Maxrss) //nolint:unconvert // has 32 bits on some systems
	if runtime.GOOS == "darwin" {
		return peak // in bytes there, elsewhere in KiB
	}
	return peak << 10
}
