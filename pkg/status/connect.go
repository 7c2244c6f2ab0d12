package status

import (
	"fmt"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/clientcmd"

	"eks-auto-gitops/pkg/schema"
)

// Connect makes the client of the hub that a kubeconfig leads to: the file, or else what kubectl takes, and a context of it, or
// else the current one.
func Connect(kubeconfig, kubeContext string) (Hub, error) {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = kubeconfig
	config, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{CurrentContext: kubeContext}).ClientConfig()
	if err != nil {
		return Hub{}, fmt.Errorf("read the kubeconfig: %w", err)
	}
	// A hub has a few requests for each cluster that is not ready; client-go's five a second would be felt.
	config.QPS, config.Burst = 50, 100
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return Hub{}, fmt.Errorf("make a client: %w", err)
	}
	crds, err := schema.Embedded()
	if err != nil {
		return Hub{}, fmt.Errorf("read the CRDs: %w", err)
	}
	return Hub{Client: client, Resource: crds.Resource}, nil
}
