package hub

import (
	"fmt"

	"eks-auto-gitops/pkg/config"
)

// size is how much the controllers on the hub are given, by the number of clusters. A cluster that is being created keeps a
// worker of kustomize-controller busy for all of that time.
type size struct {
	// flux is FluxInstance's word; with it come concurrency 5, 10 or 20, and memory (Flux Operator, profiles.go).
	flux string
	// workers of kustomize-controller and helm-controller, where FluxInstance's are too few; 0 otherwise.
	workers int
	// ackMemory limits each ACK controller, ackSyncs is how many objects of a kind it works on at once.
	ackMemory string
	ackSyncs  int64
}

func sizeOf(f *config.Fleet) size {
	switch n := len(f.Clusters); {
	case n <= 5:
		return size{"small", 0, "256Mi", 2}
	case n <= 20:
		return size{"medium", 0, "512Mi", 5}
	case n <= 100:
		return size{"large", 0, "1Gi", 10}
	default:
		return size{"large", min(200, n/5), "2Gi", 20}
	}
}

// arguments are those of a Flux controller besides what FluxInstance gives it; the last of a name counts.
func (s size) arguments(controller string) []string {
	var all []string
	if s.flux == "small" {
		all = append(all, "--requeue-dependency=5s") // or a stage follows the one before after up to 30 s
	}
	if s.workers > 0 {
		all = append(all, fmt.Sprintf("--concurrent=%d", s.workers))
	}
	if controller == "kustomize-controller" {
		// A fix that is pushed while a stage waits is applied at once, and not at the stage's time-out (Flux 2.7 or newer).
		all = append(all, "--feature-gates=CancelHealthCheckOnNewRevision=true")
		// What Flux builds is in the repository: no commit makes the hub fetch an address (Flux, Security: Multi-tenancy lockdown).
		all = append(all, "--no-remote-bases=true")
	}
	return all
}
