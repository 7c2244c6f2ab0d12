package plane

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"eks-auto-gitops/test/e2e/process"
	"eks-auto-gitops/test/e2e/programs"
)

// Flux starts the controllers of Flux for an API server. flags are those of each controller besides where it listens,
// and environment is what they see besides.
func (p *Plane) Flux(s *APIServer, flags map[string][]string, environment []string) error {
	_, err := p.FluxIn(s, "", flags, environment)
	return err
}

// FluxIn starts the controllers of Flux for the API server of a cluster, and returns them. prefix tells their folders from those of others.
func (p *Plane) FluxIn(s *APIServer, prefix string, flags map[string][]string, environment []string) ([]*process.Process, error) {
	var all []*process.Process
	storage := filepath.Join(p.dir, prefix+"artifacts")
	if err := os.MkdirAll(storage, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of artifacts: %w", err)
	}
	ports, err := freePorts(1)
	if err != nil {
		return nil, err
	}
	address := "127.0.0.1:" + strconv.Itoa(ports[0])
	for name, args := range flags {
		home := filepath.Join(p.dir, prefix+name)
		if err := os.MkdirAll(home, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of %s: %w", name, err)
		}
		env := append([]string{
			"KUBECONFIG=" + s.Kubeconfig, "RUNTIME_NAMESPACE=flux-system", "PATH=" + os.Getenv("PATH"),
			"HOME=" + home, "TMPDIR=" + home,
		}, environment...)
		args = append(slices.Clone(args), "--events-addr=", "--metrics-addr", "127.0.0.1:0", "--health-addr", "127.0.0.1:0")
		if name == programs.SourceController {
			args = append(args, "--storage-path", storage, "--storage-addr", address, "--storage-adv-addr", address)
		}
		program, err := p.group.Start(prefix+name, p.built[name], env, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, program)
	}
	return all, nil
}
