package plane

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"eks-auto-gitops/test/e2e/process"
	"eks-auto-gitops/test/e2e/programs"
)

// APIServer is a kube-apiserver, or the place of one that is down.
type APIServer struct {
	plane *Plane
	name  string
	dir   string
	args  []string
	proc  *process.Process
	// URL is where it listens, also after a restart.
	URL string
	// CA is the certificate that it shows, PEM encoded.
	CA []byte
	// Kubeconfig is a file that makes its reader an administrator.
	Kubeconfig string
}

// APIServer starts an API server with its own part of etcd, and waits until it is ready. issuer is the address that
// its service account tokens name; Issuer plays what is there.
func (p *Plane) APIServer(ctx context.Context, name, issuer string, args ...string) (*APIServer, error) {
	ports, err := freePorts(1)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(p.dir, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of %s: %w", name, err)
	}
	key, tokens := filepath.Join(dir, "sa.key"), filepath.Join(dir, "tokens.csv")
	if err := writeKey(key); err != nil {
		return nil, err
	}
	if err := os.WriteFile(tokens, []byte(p.token+",admin,admin,system:masters\n"), 0o600); err != nil {
		return nil, fmt.Errorf("write the tokens of %s: %w", name, err)
	}
	s := &APIServer{
		plane: p, name: name, dir: dir,
		URL: "https://127.0.0.1:" + strconv.Itoa(ports[0]), Kubeconfig: filepath.Join(dir, "kubeconfig"),
		args: append([]string{
			"--etcd-servers", p.etcd, "--etcd-prefix", "/" + name,
			"--bind-address", "127.0.0.1", "--secure-port", strconv.Itoa(ports[0]), "--cert-dir", dir,
			"--service-cluster-ip-range", "10.0.0.0/24", "--authorization-mode", "RBAC", "--token-auth-file", tokens,
			"--service-account-issuer", issuer, "--service-account-jwks-uri", issuer + keys,
			"--service-account-key-file", key, "--service-account-signing-key-file", key,
			"--disable-admission-plugins", "ServiceAccount", // it would ask for tokens that nobody makes here
			"--endpoint-reconciler-type", "none", // there is nothing to reach through the service kubernetes
		}, args...),
	}
	if err := s.Start(ctx); err != nil {
		return nil, err
	}
	return s, s.writeKubeconfig()
}

// Start starts the API server, for the first time or again, and waits until it is ready.
func (s *APIServer) Start(ctx context.Context) error {
	proc, err := s.plane.group.Start("apiserver-"+s.name, s.plane.built[programs.APIServer], nil, s.args...)
	if err != nil {
		return err
	}
	s.proc = proc
	return wait(ctx, s.name, s.ready)
}

// Kill ends the API server as a crash does.
func (s *APIServer) Kill() { s.proc.Kill() }

// ready also reads the certificate, which the API server makes when it starts for the first time.
func (s *APIServer) ready(ctx context.Context) error {
	if err := s.proc.Exited(); err != nil {
		return fmt.Errorf("%w\n%s", err, s.proc.Tail(4096))
	}
	ca, err := os.ReadFile(filepath.Join(s.dir, "apiserver.crt"))
	if err != nil {
		return fmt.Errorf("certificate of %s: %w", s.name, err)
	}
	s.CA = ca
	client, err := rest.HTTPClientFor(s.Config())
	if err != nil {
		return fmt.Errorf("client of %s: %w", s.name, err)
	}
	defer client.CloseIdleConnections()
	return get(ctx, client, s.URL+"/readyz", "")
}

// keys is where an EKS cluster's issuer has its keys, below its address.
const keys = "/keys"

// Issuer answers for the issuer of service account tokens, below the path at which the internet has it: what EKS
// publishes of a cluster (Kubernetes: Configure Service Accounts for Pods, Service account issuer discovery).
func (s *APIServer) Issuer(path string) http.Handler {
	pages := map[string]string{path + "/.well-known/openid-configuration": "/.well-known/openid-configuration", path + keys: "/openid/v1/jwks"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		content, err := s.read(r.Context(), page)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		_, _ = w.Write(content) // a client that has gone away needs no answer
	})
}

func (s *APIServer) read(ctx context.Context, page string) ([]byte, error) {
	client, err := discovery.NewDiscoveryClientForConfig(s.Config())
	if err != nil {
		return nil, fmt.Errorf("client of %s: %w", s.name, err)
	}
	content, err := client.RESTClient().Get().AbsPath(page).DoRaw(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s of %s: %w", page, s.name, err)
	}
	return content, nil
}

// Config makes its user an administrator.
func (s *APIServer) Config() *rest.Config {
	return &rest.Config{
		Host: s.URL, BearerToken: s.plane.token, QPS: -1,
		TLSClientConfig: rest.TLSClientConfig{CAData: s.CA},
		Proxy:           http.ProxyURL(nil),
	}
}

func (s *APIServer) writeKubeconfig() error {
	config := clientcmdapi.NewConfig()
	config.Clusters[s.name] = &clientcmdapi.Cluster{Server: s.URL, CertificateAuthorityData: s.CA}
	config.AuthInfos["admin"] = &clientcmdapi.AuthInfo{Token: s.plane.token}
	config.Contexts[s.name] = &clientcmdapi.Context{Cluster: s.name, AuthInfo: "admin"}
	config.CurrentContext = s.name
	if err := clientcmd.WriteToFile(*config, s.Kubeconfig); err != nil {
		return fmt.Errorf("write the kubeconfig of %s: %w", s.name, err)
	}
	return nil
}

// Controllers starts a kube-controller-manager for the API server: it deletes what is in a deleted namespace,
// and counts for quotas.
func (p *Plane) Controllers(s *APIServer) error {
	return p.controllers(s, "namespace-controller,garbage-collector-controller,resourcequota-controller")
}

// Workloads starts one that also makes the pods of Deployments.
func (p *Plane) Workloads(s *APIServer) error {
	return p.controllers(s, "namespace-controller,garbage-collector-controller,resourcequota-controller,deployment-controller,replicaset-controller")
}

func (p *Plane) controllers(s *APIServer, names string) error {
	if s.Kubeconfig == "" {
		return errors.New("the API server has no kubeconfig yet")
	}
	_, err := p.group.Start("controller-manager-"+s.name, p.built[programs.ControllerManager], nil,
		"--kubeconfig", s.Kubeconfig, "--secure-port", "0", "--leader-elect=false",
		"--controllers", names)
	return err
}
