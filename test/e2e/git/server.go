// Package git is the Git server that Flux fetches from, and the clone that the user works in.
package git

import (
	"fmt"
	"net/http"
	"net/http/cgi"
	"os/exec"
	"path/filepath"
	"strings"
)

// Server serves the bare repositories in root over HTTP, to read (git-http-backend(1)).
func Server(root string) (http.Handler, error) {
	out, err := exec.Command("git", "--exec-path").Output() //nolint:noctx // it answers at once
	if err != nil {
		return nil, fmt.Errorf("find git: %w", err)
	}
	return &cgi.Handler{
		Path: filepath.Join(strings.TrimSpace(string(out)), "git-http-backend"),
		Env:  []string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_GLOBAL=/dev/null"},
	}, nil
}
