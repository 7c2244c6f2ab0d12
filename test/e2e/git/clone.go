package git

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Clone is the folder that the user works in.
type Clone struct{ Dir string }

// New makes an empty bare repository at remote and a clone of it at dir, on branch.
func New(ctx context.Context, remote, dir, branch string) (*Clone, error) {
	c := &Clone{Dir: dir}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make the clone: %w", err)
	}
	for _, args := range [][]string{
		{"init", "--quiet", "--bare", "--initial-branch", branch, remote},
		{"init", "--quiet", "--initial-branch", branch},
		{"remote", "add", "origin", remote},
	} {
		if _, err := c.Run(ctx, args...); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Run runs git in the clone, with nothing of the machine's configuration, and returns its output.
func (c *Clone) Run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = c.Dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + c.Dir, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0",
		"GIT_AUTHOR_NAME=user", "GIT_AUTHOR_EMAIL=user@example.org",
		"GIT_COMMITTER_NAME=user", "GIT_COMMITTER_EMAIL=user@example.org",
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

// Commit commits all that changed and pushes the branch, and returns the revision as Flux writes it.
func (c *Clone) Commit(ctx context.Context, message string) (revision string, err error) {
	for _, args := range [][]string{{"add", "--all"}, {"commit", "--quiet", "--message", message}} {
		if _, err := c.Run(ctx, args...); err != nil {
			return "", err
		}
	}
	return c.Push(ctx)
}

// Push pushes the branch that is checked out, and returns the revision as Flux writes it.
func (c *Clone) Push(ctx context.Context) (revision string, err error) {
	branch, err := c.Run(ctx, "branch", "--show-current")
	if err != nil {
		return "", err
	}
	if _, err := c.Run(ctx, "push", "--quiet", "origin", branch); err != nil {
		return "", err
	}
	hash, err := c.Run(ctx, "rev-parse", "HEAD")
	return branch + "@sha1:" + hash, err
}
