// Package plane runs Kubernetes control planes on loopback: one etcd, and API servers that share it.
package plane

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"eks-auto-gitops/test/e2e/process"
	"eks-auto-gitops/test/e2e/programs"
)

// patience is how long a program may take until it answers, on a busy machine.
const patience = 2 * time.Minute

// Plane is an etcd and what it needs to start API servers on it.
type Plane struct {
	dir   string
	built programs.Built
	group *process.Group
	etcd  string
	token string
}

// New starts etcd. Everything that the plane writes goes into dir.
func New(ctx context.Context, dir string, built programs.Built, group *process.Group) (*Plane, error) {
	ports, err := freePorts(2)
	if err != nil {
		return nil, err
	}
	address := func(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }
	p := &Plane{dir: dir, built: built, group: group, etcd: address(ports[0]), token: rand.Text()}
	peers := address(ports[1])
	_, err = group.Start("etcd", built[programs.Etcd], nil,
		"--data-dir", filepath.Join(dir, "etcd"), "--unsafe-no-fsync", "--log-level", "warn",
		"--listen-client-urls", p.etcd, "--advertise-client-urls", p.etcd,
		"--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", "default="+peers)
	if err != nil {
		return nil, err
	}
	return p, wait(ctx, "etcd", func(ctx context.Context) error { return get(ctx, http.DefaultClient, p.etcd+"/health", "") })
}

// wait asks until check is nil.
func wait(ctx context.Context, name string, check func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		err := check(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w", name, err)
		case <-tick.C:
		}
	}
}

func get(ctx context.Context, client *http.Client, url, token string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", url, err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("ask %s: %w", url, err)
	}
	defer response.Body.Close() //nolint:errcheck // only the code is of interest
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s says %s", url, response.Status)
	}
	return nil
}

// freePorts finds ports that nobody listens on. All are held until the last is found, so that they differ.
func freePorts(count int) ([]int, error) {
	ports := make([]int, 0, count)
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it is closed at once
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		defer listener.Close() //nolint:errcheck // held until all are found
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// writeKey makes the key that an API server signs service account tokens with.
func writeKey(file string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return fmt.Errorf("make the service account key: %w", err)
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		return fmt.Errorf("write the service account key: %w", err)
	}
	return nil
}
