package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// A sample is what one run of a command took.
type sample struct {
	wall time.Duration
	// cpu is user and system time together.
	cpu time.Duration
	// peak is the most memory in bytes, 0 where the system does not tell.
	peak int64
}

// A command is a program with where and on what it runs.
type command struct {
	dir  string
	in   io.Reader
	args []string
}

// measure runs a command to its end. What it prints is dropped, unless it fails.
func (c command) measure(ctx context.Context) (sample, error) {
	settle(ctx)
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	var talk bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stderr = c.dir, c.in, &talk
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, tail(talk.Bytes()))
	}
	state := cmd.ProcessState
	return sample{wall: wall, cpu: state.UserTime() + state.SystemTime(), peak: peakMemory(state)}, nil
}

// settle waits until what was written before is on the disk. Otherwise each command pays for the one before it:
// on ext4, cp -r takes nearly three times as long for files that are not on the disk yet.
func settle(ctx context.Context) {
	exec.CommandContext(ctx, "sync").Run() //nolint:errcheck // where there is no sync, it is measured without
}

// tail is the end of what a command said: where it fails there may be a line for every cluster.
func tail(text []byte) []byte { return text[max(0, len(text)-2000):] }

// A series is the samples of one command.
type series []sample

func (s series) walls() []time.Duration {
	walls := make([]time.Duration, 0, len(s))
	for _, one := range s {
		walls = append(walls, one.wall)
	}
	return walls
}

func (s series) cpus() []time.Duration {
	cpus := make([]time.Duration, 0, len(s))
	for _, one := range s {
		cpus = append(cpus, one.cpu)
	}
	return cpus
}

// peak is the most of all runs: it is what must fit into the machine.
func (s series) peak() int64 {
	var most int64
	for _, one := range s {
		most = max(most, one.peak)
	}
	return most
}

// median is the one in the middle, the mean of two for an even number.
func median(times []time.Duration) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
