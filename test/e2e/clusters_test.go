package e2e

import (
	"context"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/aws"
	"eks-auto-gitops/test/e2e/history"
	"eks-auto-gitops/test/e2e/karpenter"
	"eks-auto-gitops/test/e2e/plane"
)

// clusters are the API servers of the EKS clusters that AWS has. One starts when ACK makes the cluster.
type clusters struct {
	dir     string
	plane   *plane.Plane
	webhook *httptest.Server

	mu sync.Mutex
	// running is by ARN.
	running map[string]*cluster
	starts  int
}

// cluster is an EKS cluster that runs.
type cluster struct {
	server  *plane.APIServer
	client  client.Client
	history *history.History
	stop    context.CancelFunc
}

// listen starts the webhook that tells the API servers who a token belongs to.
func (c *clusters) listen(t *testing.T, cloud *aws.AWS) {
	t.Helper()
	c.webhook = httptest.NewServer(cloud.Webhook())
	t.Cleanup(c.webhook.Close)
}

// Start starts the API server of a cluster, with what EKS Auto Mode brings.
func (c *clusters) Start(ctx context.Context, arn string) (endpoint string, ca []byte, err error) {
	parts := strings.FieldsFunc(arn, func(r rune) bool { return r == ':' || r == '/' })
	region, name := parts[3], parts[6]
	c.mu.Lock()
	c.starts++
	folder := fmt.Sprintf("%s-%d", name, c.starts) // a cluster that is made anew is empty
	c.mu.Unlock()
	config, err := c.webhookConfig(folder, arn)
	if err != nil {
		return "", nil, err
	}
	server, err := c.plane.APIServer(ctx, folder, aws.Issuer(region, name),
		"--authentication-token-webhook-config-file", config, "--authentication-token-webhook-version", "v1",
		"--authentication-token-webhook-cache-ttl", "1s")
	if err != nil {
		return "", nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	running := &cluster{server: server, stop: stop}
	if running.client, err = client.New(server.Config(), client.Options{}); err != nil {
		stop()
		return "", nil, fmt.Errorf("client of %s: %w", name, err)
	}
	if err := installCRDs(ctx, running.client, inCluster); err != nil {
		stop()
		return "", nil, err
	}
	if running.history, err = history.Record(ctx, server.Config(), worthNoting); err != nil {
		stop()
		return "", nil, fmt.Errorf("history of %s: %w", name, err)
	}
	if err := karpenter.Run(ctx, server.Config()); err != nil {
		stop()
		return "", nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running[arn] = running
	return server.URL, server.CA, nil
}

// webhookConfig writes the file that tells the API server of a cluster where to ask who a token belongs to.
func (c *clusters) webhookConfig(folder, arn string) (string, error) {
	config := clientcmdapi.NewConfig()
	config.Clusters["aws"] = &clientcmdapi.Cluster{Server: c.webhook.URL + "/" + arn}
	config.Contexts["aws"] = &clientcmdapi.Context{Cluster: "aws"}
	config.CurrentContext = "aws"
	file := filepath.Join(c.dir, "webhook-"+folder)
	if err := clientcmd.WriteToFile(*config, file); err != nil {
		return "", fmt.Errorf("write the webhook of %s: %w", arn, err)
	}
	return file, nil
}

// Stop ends the API server of a cluster.
func (c *clusters) Stop(arn string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if running, ok := c.running[arn]; ok {
		running.stop()
		running.server.Kill()
		delete(c.running, arn)
	}
}

// get returns a cluster, or nil if there is none of that name. The shipped fleet has each name once.
func (c *clusters) get(name string) *cluster {
	c.mu.Lock()
	defer c.mu.Unlock()
	for arn, running := range c.running {
		if strings.HasSuffix(arn, "cluster/"+name) {
			return running
		}
	}
	return nil
}

// worthNoting leaves out what Kubernetes itself changes all the time.
func worthNoting(_, resource string) bool {
	return !slices.Contains([]string{"endpoints", "endpointslices", "events", "leases"}, resource)
}
