package plane

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"eks-auto-gitops/test/e2e/programs"
)

// Flux starts the controllers of Flux for an API server, as on a hub of some clusters: a cluster that is being
// made keeps a worker busy, so there are more of them than by default. environment is what they see besides.
func (p *Plane) Flux(s *APIServer, environment []string) error {
	storage := filepath.Join(p.dir, "artifacts")
	if err := os.MkdirAll(storage, 0o700); err != nil {
		return fmt.Errorf("make the folder of artifacts: %w", err)
	}
	ports, err := freePorts(1)
	if err != nil {
		return err
	}
	address := "127.0.0.1:" + strconv.Itoa(ports[0])
	source := []string{"--storage-path", storage, "--storage-addr", address, "--storage-adv-addr", address}
	for name, args := range map[string][]string{
		programs.SourceController: source, programs.KustomizeController: nil, programs.HelmController: nil,
	} {
		home := filepath.Join(p.dir, name)
		if err := os.MkdirAll(home, 0o700); err != nil {
			return fmt.Errorf("make the folder of %s: %w", name, err)
		}
		env := append([]string{
			"KUBECONFIG=" + s.Kubeconfig, "RUNTIME_NAMESPACE=flux-system", "PATH=" + os.Getenv("PATH"),
			"HOME=" + home, "TMPDIR=" + home,
		}, environment...)
		args = append(args, "--watch-all-namespaces", "--concurrent", "20", "--events-addr=",
			"--metrics-addr", "127.0.0.1:0", "--health-addr", "127.0.0.1:0")
		if _, err := p.group.Start(name, p.built[name], env, args...); err != nil {
			return err
		}
	}
	return nil
}
