package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/cli"
	"helm.sh/helm/v3/pkg/registry"
)

// fetch is the path of a chart: the argument itself, or what its address leads to.
func fetch(arg string) (string, error) {
	address, version, _ := strings.Cut(arg, "@")
	if !strings.Contains(address, "://") {
		return arg, nil
	}
	if version == "" {
		return "", fmt.Errorf("append @ and the version")
	}
	dir, err := os.MkdirTemp("", "charts")
	if err != nil {
		return "", err
	}
	client, err := registry.NewClient()
	if err != nil {
		return "", err
	}
	pull := action.NewPullWithOpts(action.WithConfig(&action.Configuration{RegistryClient: client}))
	pull.Settings, pull.DestDir, pull.Version = cli.New(), dir, version
	if !strings.HasPrefix(address, "oci://") {
		i := strings.LastIndex(address, "/")
		pull.RepoURL, address = address[:i], address[i+1:]
	}
	if _, err := pull.Run(address); err != nil {
		return "", err
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("found %d charts: %w", len(found), err)
	}
	return found[0], nil
}
