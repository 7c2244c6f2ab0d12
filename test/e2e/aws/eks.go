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
	endpoint string
	ca       []byte
	failure  error
}

// clusterARN names a cluster. Its name may be taken in another account or region.
func clusterARN(region, account, name string) string {
	return fmt.Sprintf("arn:aws:eks:%s:%s:cluster/%s", region, account, name)
}

// cluster makes an EKS cluster, or says how far it is. a.mu is held.
func (a *AWS) cluster(o Object) (status map[string]any, ready bool) {
	arn := clusterARN(o.Region, o.Account, o.Name)
	c, ok := a.clusters[arn]
	if !ok {
		c = &cluster{}
		a.clusters[arn] = c
		go a.start(arn, c)
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

func (a *AWS) start(arn string, c *cluster) {
	endpoint, ca, err := a.planes.Start(a.ctx, arn)
	a.mu.Lock()
	defer a.mu.Unlock()
	c.endpoint, c.ca, c.failure = endpoint, ca, err
}

// deleteCluster also deletes what exists only in the cluster. a.mu is held.
func (a *AWS) deleteCluster(cluster Object) {
	arn := clusterARN(cluster.Region, cluster.Account, cluster.Name)
	delete(a.clusters, arn)
	for id, o := range a.objects {
		if (id.Kind == "AccessEntry" || id.Kind == "PodIdentityAssociation" || id.Kind == "Addon") && o.ofCluster() == arn {
			delete(a.objects, id)
		}
	}
	a.planes.Stop(arn)
}

// ofCluster is the ARN of the cluster that an access entry and the like is of.
func (o Object) ofCluster() string {
	name, _ := o.Spec["clusterName"].(string)
	return clusterARN(o.Region, o.Account, name)
}

// Admits reports whether an access entry makes a role an administrator of a cluster. Who has assumed a role enters
// as that role (Amazon EKS User Guide: Grant IAM users access to Kubernetes with EKS access entries).
func (a *AWS) Admits(cluster, principal string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, o := range a.objects {
		if id.Kind != "AccessEntry" || o.ofCluster() != cluster || o.Spec["principalARN"] != principal {
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
// The caller sees the clusters of its own account, and needs a permission for the one.
func (a *AWS) EKS(region string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		session, err := a.caller(r, fromHeader(r), region, "eks")
		if err != nil {
			deny(w, http.StatusForbidden, err.Error())
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/clusters/")
		arn := clusterARN(region, session.Account, name)
		a.mu.Lock()
		defer a.mu.Unlock()
		if err := a.may(session, "eks:DescribeCluster", arn); err != nil {
			deny(w, http.StatusForbidden, err.Error())
			return
		}
		c, ok := a.clusters[arn]
		if !ok || c.endpoint == "" {
			deny(w, http.StatusNotFound, "ResourceNotFoundException: No cluster found for name: "+name+".")
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"cluster": map[string]any{ // a client that has gone away needs no answer
			"name": name, "arn": arn, "status": "ACTIVE", "endpoint": c.endpoint,
			"certificateAuthority": map[string]any{"data": c.ca}, // bytes become base64
		}})
	})
}

// deny answers with an error that begins with its code (AWS REST-JSON protocol: Operation error serialization).
func deny(w http.ResponseWriter, code int, message string) {
	kind, message, _ := strings.Cut(message, ": ")
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Amzn-Errortype", kind)
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": message}) // a client that has gone away needs no answer
}
