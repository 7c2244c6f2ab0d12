// Package aws has the checks of what all ACK objects have in common, and of the limits of AWS.
package aws

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/schema"
	"eks-auto-gitops/pkg/verify/check"
)

// LimitsCheck holds names, tags and networks to the limits of AWS, which CRDs do not know.
func LimitsCheck() check.Check {
	return check.Check{
		Name: "limits",
		Doc:  "Names, tags, address ranges and quantities are within the limits of AWS, Helm and Kubernetes.",
		Why: "CRDs know little of AWS's limits, so the object is stored and AWS refuses ACK's call: with a " +
			"terminal condition at best, and indefinitely at worst. Two objects for one AWS resource undo each other's " +
			"work forever. Exceeding a quota that AWS raises on request is a warning: the account may have a higher one.",
		Run: checkLimits,
	}
}

func checkLimits(t *manifest.Tree) diag.List {
	problems := rivals(t)
	rules := newNameRules()
	for _, o := range t.Objects() {
		problems = append(problems, rules.check(o)...)
		if !t.CRDs.Has(schema.KindOf(o.Content)) {
			problems = append(problems, metadata(o)...) // of those that have a CRD, the check schema says it
		}
		problems = append(problems, size(o)...)
		problems = append(problems, descriptions(o)...)
		problems = append(problems, tags(o)...)
		problems = append(problems, values(o)...)
		problems = append(problems, elsewhere(t, o)...)
		switch o.Kind().String() {
		case "VPC.ec2.services.k8s.aws":
			problems = append(problems, vpc(t, o)...)
		case "Subnet.ec2.services.k8s.aws":
			problems = append(problems, subnet(t, o)...)
		case "RouteTable.ec2.services.k8s.aws":
			problems = append(problems, routes(o)...)
		case "SecurityGroup.ec2.services.k8s.aws":
			problems = append(problems, groupRules(o)...)
		case "Cluster.eks.services.k8s.aws":
			problems = append(problems, cluster(t, o)...)
		case "AccessEntry.eks.services.k8s.aws":
			problems = append(problems, accessPolicies(o)...)
		case "Certificate.acm.services.k8s.aws":
			problems = append(problems, certificate(o)...)
		case "NodePool.karpenter.sh":
			problems = append(problems, nodePool(o)...)
		}
	}
	return problems
}
