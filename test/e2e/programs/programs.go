// Package programs builds etcd, Kubernetes and Flux from their Go modules. Each has a folder here with a go.mod
// of its own, so that what one requires does not change another.
package programs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// kubernetes is linked into Kubernetes' programs. Without it the API server calls itself v0.0.0, and charts that
// ask for a version refuse to install.
const kubernetes = "-X k8s.io/component-base/version.gitVersion=v1.35.0" +
	" -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=35"

// Names of the programs, which are those of their files.
const (
	Etcd                = "etcd"
	APIServer           = "kube-apiserver"
	ControllerManager   = "kube-controller-manager"
	SourceController    = "source-controller"
	KustomizeController = "kustomize-controller"
	HelmController      = "helm-controller"
)

type program struct{ name, folder, pkg, ldflags string }

// all is in the order of building: what others wait for first.
func all() []program {
	return []program{
		{name: Etcd, folder: "etcd", pkg: "go.etcd.io/etcd/server/v3"},
		{name: APIServer, folder: "kubernetes", pkg: "k8s.io/kubernetes/cmd/kube-apiserver", ldflags: kubernetes},
		{name: ControllerManager, folder: "kubernetes", pkg: "k8s.io/kubernetes/cmd/kube-controller-manager", ldflags: kubernetes},
		{name: SourceController, folder: "source-controller", pkg: "github.com/fluxcd/source-controller"},
		{name: KustomizeController, folder: "kustomize-controller", pkg: "github.com/fluxcd/kustomize-controller"},
		{name: HelmController, folder: "helm-controller", pkg: "github.com/fluxcd/helm-controller"},
	}
}

// Built maps the name of a program to its file.
type Built map[string]string

// Build builds what is not in the user's cache yet. sources is the folder of this package; talk goes to out.
func Build(ctx context.Context, sources string, out io.Writer) (Built, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("find the user's cache: %w", err)
	}
	goVersion, err := exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOOS", "GOARCH", "CGO_ENABLED").Output()
	if err != nil {
		return nil, fmt.Errorf("ask go for its version: %w", err)
	}
	built := Built{}
	for i, p := range all() {
		dir := filepath.Join(sources, p.folder)
		key, err := p.key(dir, goVersion)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(cache, "eks-auto-gitops", "e2e", p.name+"-"+key)
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			report := progress{out: out, what: fmt.Sprintf("building %s (%d of %d)", p.name, i+1, len(all()))}
			err = report.during(func() error { return p.buildWithRetries(ctx, dir, file) })
			if err != nil {
				return nil, err
			}
		}
		built[p.name] = file
	}
	return built, nil
}

// key changes when anything does that the program is made of.
func (p program) key(dir string, goVersion []byte) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "%s\n%s\n%s\n", goVersion, p.pkg, p.ldflags)
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", fmt.Errorf("modules of %s: %w", p.name, err)
		}
		hash.Write(content)
	}
	return hex.EncodeToString(hash.Sum(nil))[:16], nil
}

// buildWithRetries tries again, because the first build downloads, and downloads fail.
func (p program) buildWithRetries(ctx context.Context, dir, file string) error {
	var err error
	for range 3 {
		if err = p.build(ctx, dir, file); err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// build makes the file whole or not at all, so that an interrupted build leaves nothing that looks built.
func (p program) build(ctx context.Context, dir, file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return fmt.Errorf("make the cache: %w", err)
	}
	half := fmt.Sprintf("%s.%d", file, os.Getpid())
	defer os.Remove(half) //nolint:errcheck // after a success it is gone
	ctx, cancel := context.WithTimeout(ctx, 30*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "build", "-o", half, "-ldflags", p.ldflags, p.pkg)
	cmd.Dir = dir
	var talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &talk, &talk
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", p.name, err, talk.Bytes())
	}
	if err := os.Rename(half, file); err != nil {
		return fmt.Errorf("keep %s: %w", p.name, err)
	}
	return nil
}
