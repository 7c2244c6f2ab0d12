// Package internet is the internet as far as Flux uses it: a proxy on loopback, behind which the test plays the
// Git server, the chart servers and the AWS API. What gen has written is so tried as it is, real addresses and
// all, and nothing leaves the machine: a host that nobody plays is refused.
package internet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Internet is a proxy and the hosts behind it.
type Internet struct {
	proxy   net.Listener
	servers []*http.Server
	tunnels *tunnels
	caFile  string

	mu      sync.Mutex
	hosts   map[string]http.Handler
	down    map[string]bool
	unknown []string
}

// New starts the proxy. The certificate authority that all hosts are signed by is written into dir.
func New(dir string) (*Internet, error) {
	ca, err := newAuthority()
	if err != nil {
		return nil, err
	}
	caFile := filepath.Join(dir, "internet-ca.crt")
	if err := os.WriteFile(caFile, ca.pem, 0o600); err != nil {
		return nil, fmt.Errorf("write the authority: %w", err)
	}
	proxy, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it is closed in Close
	if err != nil {
		return nil, fmt.Errorf("listen as a proxy: %w", err)
	}
	i := &Internet{
		proxy: proxy, tunnels: newTunnels(proxy.Addr()), caFile: caFile,
		hosts: map[string]http.Handler{}, down: map[string]bool{},
	}
	front := &http.Server{Handler: http.HandlerFunc(i.connect)}                         //nolint:gosec // loopback
	back := &http.Server{Handler: http.HandlerFunc(i.serve), TLSConfig: ca.tlsConfig()} //nolint:gosec // loopback
	i.servers = []*http.Server{front, back}
	go front.Serve(proxy)               //nolint:errcheck // ends with Close
	go back.ServeTLS(i.tunnels, "", "") //nolint:errcheck // ends with Close
	return i, nil
}

// Env is the environment that makes a Go program use this internet. Go never asks a proxy for loopback
// (net/http: ProxyFromEnvironment), and takes the roots from SSL_CERT_FILE (crypto/x509, on Linux).
func (i *Internet) Env() []string {
	return []string{"HTTPS_PROXY=http://" + i.proxy.Addr().String(), "SSL_CERT_FILE=" + i.caFile}
}

// Handle plays a host.
func (i *Internet) Handle(host string, h http.Handler) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.hosts[host] = h
}

// SetDown makes a host unreachable, or reachable again.
func (i *Internet) SetDown(host string, down bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.down[host] = down
}

// Unknown lists the hosts that somebody wanted to reach and that nobody plays.
func (i *Internet) Unknown() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.unknown)
}

// Close ends all of it.
func (i *Internet) Close() {
	i.tunnels.Close() //nolint:errcheck // it only closes a channel
	for _, s := range i.servers {
		s.Close() //nolint:errcheck // nobody is there to be told
	}
}

// handler returns who plays a host.
func (i *Internet) handler(host string) (http.Handler, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.down[host] {
		return nil, errors.New(host + " does not answer")
	}
	h, ok := i.hosts[host]
	if !ok {
		if !slices.Contains(i.unknown, host) {
			i.unknown = append(i.unknown, host)
		}
		return nil, errors.New("the test plays no host " + host)
	}
	return h, nil
}

// Get reads a page of a host, as somebody within the internet does.
func (i *Internet) Get(ctx context.Context, url string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", url, err)
	}
	h, err := i.handler(r.URL.Hostname())
	if err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("%s says %d: %s", url, w.Code, w.Body)
	}
	return w.Body.Bytes(), nil
}

// connect answers CONNECT, with which a client asks the proxy for a tunnel to a host (RFC 9110, CONNECT).
func (i *Internet) connect(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if r.Method != http.MethodConnect || err != nil {
		http.Error(w, "only https can be reached", http.StatusBadGateway)
		return
	}
	if _, err := i.handler(host); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	client, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if _, err := io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		client.Close() //nolint:errcheck // it is broken already
		return
	}
	i.tunnels.add(client)
}

// serve answers a request to a host. A tunnel that was opened before the host went down is of no use either.
func (i *Internet) serve(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	h, err := i.handler(host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	h.ServeHTTP(w, r)
}
