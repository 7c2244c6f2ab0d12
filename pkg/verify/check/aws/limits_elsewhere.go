package aws

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// elsewhere is about objects that AWS makes, and that the cluster cannot use.
func elsewhere(t *manifest.Tree, o *manifest.Object) diag.List {
	region := t.Places[o.Namespace()].Region
	cluster := t.EKSCluster(o)
	if o.Place() != "" || cluster == nil {
		return podSecurity(o)
	}
	switch o.Kind().String() {
	case "VPCEndpoint.ec2.services.k8s.aws":
		return endpointRegion(o, region)
	case "Subnet.ec2.services.k8s.aws":
		if message := config.UnknownZone(region, o.Text("spec", "availabilityZone")); message != "" {
			return diag.List{check.Warning(t.InClusters(o.Problem("spec.availabilityZone", message, `write one that "aws ec2 describe-availability-zones --region `+region+`" shows`), "network", "zones"))}
		}
	case "Key.kms.services.k8s.aws":
		return encryptionKey(o, cluster)
	case "LogGroup.cloudwatchlogs.services.k8s.aws":
		name, want := o.Text("spec", "name"), "/aws/eks/"+cluster.Text("spec", "name")+"/cluster"
		if strings.HasPrefix(name, "/aws/eks/") && strings.HasSuffix(name, "/cluster") && name != want {
			return diag.List{o.Problem("spec.name", "EKS writes the logs of "+cluster.String()+" to "+want+", and makes that group itself, without retention", "write "+want)}
		}
	case "Addon.eks.services.k8s.aws":
		return configuration(o)
	}
	return nil
}

// endpointRegion: an endpoint of a service is in the region of the VPC (AWS PrivateLink Guide, Access AWS services).
func endpointRegion(o *manifest.Object, region string) diag.List {
	rest, ok := strings.CutPrefix(o.Text("spec", "serviceName"), "com.amazonaws.")
	of, _, dotted := strings.Cut(rest, ".")
	if !ok || !dotted || region == "" || of == region || !strings.Contains(of, "-") || strings.HasPrefix(of, "vpce") {
		return nil
	}
	return diag.List{o.Problem("spec.serviceName", "is a service of "+of+", and the VPC is in "+region, "write com.amazonaws."+region+strings.TrimPrefix(rest, of))}
}

// encryptionKey: EKS encrypts with a symmetric key (Amazon EKS User Guide, Encrypt Kubernetes secrets with KMS).
func encryptionKey(o, cluster *manifest.Object) diag.List {
	if cluster.Value("spec", "encryptionConfig") == nil {
		return nil
	}
	var problems diag.List
	for field, want := range map[string]string{"keySpec": "SYMMETRIC_DEFAULT", "keyUsage": "ENCRYPT_DECRYPT"} {
		if value := o.Text("spec", field); value != "" && value != want {
			problems = append(problems, o.Problem("spec."+field, "is "+value+", but EKS takes a key for its secrets only if it is "+want, "write "+want))
		}
	}
	return problems.Sort()
}

// configuration: EKS reads the values of an add-on as a mapping (Amazon EKS API, CreateAddon).
func configuration(o *manifest.Object) diag.List {
	text := o.Text("spec", "configurationValues")
	var content any
	err := yaml.Unmarshal([]byte(text), &content)
	if _, ok := content.(map[string]any); ok || text == "" {
		return nil
	}
	message := "is no mapping, so that EKS refuses it"
	if err != nil {
		message = "is neither JSON nor YAML, so that EKS refuses it"
	}
	return diag.List{o.Problem("spec.configurationValues", message, `write such as '{"replicaCount": 2}'`)}
}

// podSecurity holds the labels of a namespace to the levels that there are: the API server refuses others (Kubernetes, Enforce Pod
// Security Standards with Namespace Labels).
func podSecurity(o *manifest.Object) diag.List {
	if o.Kind().String() != "Namespace" {
		return nil
	}
	var problems diag.List
	levels := []string{"privileged", "baseline", "restricted"}
	for _, mode := range []string{"enforce", "audit", "warn"} {
		label := "pod-security.kubernetes.io/" + mode
		value := o.Text("metadata", "labels", label)
		if value == "" || value == levels[0] || value == levels[1] || value == levels[2] {
			continue
		}
		hint := "write one of " + strings.Join(levels, ", ")
		if near := diag.Nearest(value, levels); near != "" {
			hint = "did you mean " + near + "?"
		}
		problems = append(problems, o.Problem("metadata.labels["+label+"]", fmt.Sprintf("%q is no level of Pod Security, so that the API server refuses the namespace", value), hint))
	}
	return problems
}
