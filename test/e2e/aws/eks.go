package aws

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// administrator is the access policy that lets a principal do everything in a cluster
// (Amazon EKS User Guide: Review access policy permissions).
const administrator = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

// cluster is an EKS cluster. Its API server is there some time after it was asked for.
type cluster struct {
	arn, endpoint string
	ca            []byte
	failure       error
}

// cluster makes an EKS cluster, or says how far it is.
func (a *AWS) cluster(o Object) (status map[string]any, ready bool) {
	c, ok := a.clusters[o.Name]
	if !ok {
		c = &cluster{arn: fmt.Sprintf("arn:aws:eks:%s:%s:cluster/%s", o.Region, o.Account, o.Name)}
		a.clusters[o.Name] = c
		go a.start(o.Name, c)
	}
	status = map[string]any{"status": "CREATING"}
	switch {
	case c.failure != nil:
		status["status"] = "FAILED"
	case c.endpoint != "":
		status["status"] = "ACTIVE"
		status["endpoint"] = c.endpoint
		status["identity"] = map[string]any{"oidc": map[string]any{"issuer": Issuer(o.Region, o.Name)}}
		ready = true
	}
	return status, ready
}

// Issuer is the address of a cluster's OpenID Connect issuer, which is known once the cluster is there.
func Issuer(region, cluster string) string {
	return fmt.Sprintf("https://oidc.eks.%s.amazonaws.com/id/%X", region, cluster)
}

func (a *AWS) start(name string, c *cluster) {
	endpoint, ca, err := a.planes.Start(a.ctx, name)
	a.mu.Lock()
	defer a.mu.Unlock()
	c.endpoint, c.ca, c.failure = endpoint, ca, err
}

// deleteCluster also deletes what exists only in the cluster.
func (a *AWS) deleteCluster(name string) {
	delete(a.clusters, name)
	for id, o := range a.objects {
		if (id.Kind == "AccessEntry" || id.Kind == "PodIdentityAssociation" || id.Kind == "Addon") && o.Spec["clusterName"] == name {
			delete(a.objects, id)
		}
	}
	a.planes.Stop(name)
}

// Admits reports whether an access entry makes an AWS principal an administrator of a cluster.
func (a *AWS) Admits(cluster, principal string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, o := range a.objects {
		if id.Kind != "AccessEntry" || o.Spec["clusterName"] != cluster || o.Spec["principalARN"] != principal {
			continue
		}
		policies, _ := o.Spec["accessPolicies"].([]any)
		if slices.ContainsFunc(policies, func(p any) bool { return p.(map[string]any)["policyARN"] == administrator }) {
			return true
		}
	}
	return false
}

// EKS answers DescribeCluster in a region, the one call that Flux makes (Amazon EKS API Reference: DescribeCluster).
func (a *AWS) EKS(region string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/clusters/")
		a.mu.Lock()
		defer a.mu.Unlock()
		c, ok := a.clusters[name]
		if !ok || c.endpoint == "" || !strings.Contains(c.arn, ":"+region+":") {
			w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
			http.Error(w, `{"message": "No cluster found for name: `+name+`."}`, http.StatusNotFound)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"cluster": map[string]any{ // a client that has gone away needs no answer
			"name": name, "arn": c.arn, "status": "ACTIVE", "endpoint": c.endpoint,
			"certificateAuthority": map[string]any{"data": c.ca}, // bytes become base64
		}})
	})
}
