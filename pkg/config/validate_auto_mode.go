package config

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// checkSelfManaged warns of charts that do in a cluster what Auto Mode does already (EKS User Guide, "Learn how EKS Auto Mode
// works"): two of them act on the same nodes and volumes.
func checkSelfManaged(c clusterScope) {
	for i, r := range c.Releases {
		chart := r.Chart.Name
		if chart == "" {
			chart = path.Base(strings.TrimSuffix(r.Chart.URL, "/"))
		}
		switch {
		case slices.Contains([]string{"karpenter", "cluster-autoscaler"}, chart):
			c.warn(c.at("releases", i, "chart"), fmt.Sprintf("%s scales nodes, and Auto Mode does that already", chart),
				"remove the release, and describe nodes under nodes.pools")
		case slices.Contains([]string{"aws-ebs-csi-driver", "aws-vpc-cni", "eks-pod-identity-agent", "coredns", "kube-proxy"}, chart):
			c.warn(c.at("releases", i, "chart"), fmt.Sprintf("the work of %s is built into Auto Mode", chart), "remove the release; a second one would run beside it")
		}
	}
}

// checkImages warns of nodes that cannot pull the images of a component: without a NAT gateway they reach Amazon ECR through its
// endpoint, and no registry of others.
func checkImages(c clusterScope) {
	if c.Network.NAT != NATNone || c.Network.CIDR == "" || !c.privateNodes() {
		return
	}
	var far []string
	for _, p := range ChartComponents() {
		if p.ByHelm(c.Cluster) && !namesImage(p.Settings(c.Cluster).Values) {
			far = append(far, fmt.Sprintf("%s (%s)", p.Name, p.Chart.Registry))
		}
	}
	if len(far) > 0 {
		c.warn(c.at("network", "nat"), "nodes in private subnets could not pull the images of "+strings.Join(far, ", "),
			"mirror them to Amazon ECR and name that in values of the component (image), or set nat: single")
	}
}

// namesImage reports whether values name an image, at whatever depth.
func namesImage(values map[string]any) bool {
	for key, value := range values {
		inner, _ := value.(map[string]any)
		if strings.HasPrefix(strings.ToLower(key), "image") || namesImage(inner) {
			return true
		}
	}
	return false
}
