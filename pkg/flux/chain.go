package flux

import (
	"time"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
	"github.com/fluxcd/pkg/apis/meta"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
)

// Step is one Kustomization of a cluster's chain.
type Step struct {
	// Name is the stage.
	Name string
	// Path is the folder, from the root of the repository.
	Path string
	// Kinds are the kinds that it may hold and that need a health check.
	Kinds []schema.GroupKind
	// Remote steps are applied in the cluster, all others on the hub.
	Remote bool
	// SubstituteFrom names a ConfigMap with variables; empty for none.
	SubstituteFrom string
	// First steps make what the cluster's own Flux then keeps: they change and delete nothing.
	First bool
	// Stays is set for what the cluster needs as long as it is there, whoever delivers it.
	Stays bool
	// Loose steps hold what nobody acts on, so that it is never ready; no other step waits for them.
	Loose bool
	// Emptied steps hold a mark and nothing else, since all that was in them is being taken out.
	Emptied bool
	// Timeout is how long the step may take until everything is ready.
	Timeout time.Duration
}

// Chain creates the Kustomizations of a cluster, each of which starts when the one before it is ready.
func Chain(c *config.Cluster, steps []Step) []*kustomizev1.Kustomization {
	chain := make([]*kustomizev1.Kustomization, 0, len(steps))
	before := ""
	for _, step := range steps {
		k := kustomization(c, step)
		if before != "" {
			k.Spec.DependsOn = []kustomizev1.DependencyReference{{Name: before}}
		}
		if !step.Loose {
			before = step.Name
		}
		chain = append(chain, k)
	}
	return chain
}

func kustomization(c *config.Cluster, step Step) *kustomizev1.Kustomization {
	k := &kustomizev1.Kustomization{
		TypeMeta:   kustomizationType(),
		ObjectMeta: metav1.ObjectMeta{Name: step.Name, Namespace: c.Name},
		Spec: kustomizev1.KustomizationSpec{
			DeletionPolicy:   deletionPolicy(c, step),
			HealthCheckExprs: healthChecks(step.Kinds, c.Fleet.Flux.Version),
			Interval:         duration(time.Hour),
			Path:             "./" + step.Path,
			Prune:            !step.First,
			RetryInterval:    optionalDuration(2 * time.Minute),
			SourceRef:        clusterSource(c),
			Timeout:          optionalDuration(step.Timeout),
			Wait:             !step.Loose,
		},
	}
	if step.Remote {
		k.Spec.KubeConfig = kubeConfig()
	} else {
		k.Spec.ServiceAccountName = Account
	}
	if step.SubstituteFrom != "" {
		k.Spec.PostBuild = &kustomizev1.PostBuild{SubstituteFrom: []kustomizev1.SubstituteReference{{
			Kind: "ConfigMap", Name: step.SubstituteFrom,
		}}}
	}
	return k
}

// deletionPolicy says what becomes of a step's objects when its Kustomization is deleted. In a protected
// environment nothing on the hub goes that way unless the cluster, or all that the step had, is retiring. What is in the cluster goes
// with it: deleting it one by one would wait for an API server that may be gone.
func deletionPolicy(c *config.Cluster, step Step) string {
	if step.Loose {
		return kustomizev1.DeletionPolicyDelete // what is suspended stays in the cluster
	}
	if step.Remote || step.Stays || c.Env.Protect && c.State != config.StateRetiring && !step.Emptied {
		return kustomizev1.DeletionPolicyOrphan
	}
	return kustomizev1.DeletionPolicyDelete
}

// Root creates the Kustomization that delivers an environment from its branch. It does not wait: a cluster
// that is not ready must not block the others. Deleting it deletes no cluster.
func Root(env *config.Environment) *kustomizev1.Kustomization {
	return &kustomizev1.Kustomization{
		TypeMeta:   kustomizationType(),
		ObjectMeta: metav1.ObjectMeta{Name: Repository, Namespace: Namespace(env.Name)},
		Spec: kustomizev1.KustomizationSpec{
			DeletionPolicy:     kustomizev1.DeletionPolicyOrphan,
			Interval:           duration(10 * time.Minute),
			Path:               "./flux/" + env.Name,
			Prune:              true,
			RetryInterval:      optionalDuration(2 * time.Minute),
			ServiceAccountName: Account,
			SourceRef:          kustomizev1.CrossNamespaceSourceReference{Kind: sourcev1.GitRepositoryKind, Name: Repository},
			Timeout:            optionalDuration(5 * time.Minute),
		},
	}
}

// GitRepository creates the source of an environment: the repository at the environment's branch. Only the
// folders that Flux reads are fetched.
func GitRepository(f *config.Fleet, env *config.Environment) *sourcev1.GitRepository {
	repository := &sourcev1.GitRepository{
		TypeMeta:   sourceType(sourcev1.GitRepositoryKind),
		ObjectMeta: metav1.ObjectMeta{Name: Repository, Namespace: Namespace(env.Name)},
		Spec: sourcev1.GitRepositorySpec{
			Ignore:    new("/*\n!/clusters/\n!/flux/\n!/patches/\n"),
			Interval:  duration(time.Minute),
			Provider:  f.Repository.Provider,
			Reference: &sourcev1.GitRepositoryRef{Branch: env.Branch},
			Timeout:   optionalDuration(time.Minute),
			URL:       f.Repository.URL,
		},
	}
	if f.Repository.SecretRef != nil {
		repository.Spec.SecretRef = &meta.LocalObjectReference{Name: f.Repository.SecretRef.Name}
	}
	return repository
}
