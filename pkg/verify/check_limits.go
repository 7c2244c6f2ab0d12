package verify

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/schema"
)

// limitsCheck holds names, tags and networks to the limits of AWS, which CRDs do not know.
func limitsCheck() Check {
	return Check{
		Name: "limits",
		Doc:  "Names, tags, address ranges and numbers of things are within the limits of AWS, Helm and Kubernetes.",
		Why: "CRDs know little of AWS's limits, so the object is stored and ACK is refused when it makes the thing: with a " +
			"terminal condition at best, and again and again at worst. Two objects for one thing of AWS undo each other's " +
			"work for ever. A quota that AWS raises on request is a warning: an account may have been given more.",
		Run: checkLimits,
	}
}

func checkLimits(t *Tree) diag.List {
	problems := t.rivals()
	rules := newNameRules()
	for _, o := range t.objects() {
		problems = append(problems, rules.check(o)...)
		if !t.CRDs.Has(schema.KindOf(o.Content)) {
			problems = append(problems, o.metadata()...) // of those that have a CRD, the check schema says it
		}
		problems = append(problems, o.size()...)
		problems = append(problems, o.descriptions()...)
		problems = append(problems, o.tags()...)
		switch o.Kind().String() {
		case "VPC.ec2.services.k8s.aws":
			problems = append(problems, t.vpc(o)...)
		case "Subnet.ec2.services.k8s.aws":
			problems = append(problems, t.subnet(o)...)
		case "RouteTable.ec2.services.k8s.aws":
			problems = append(problems, o.routes()...)
		case "SecurityGroup.ec2.services.k8s.aws":
			problems = append(problems, o.rules()...)
		case "Cluster.eks.services.k8s.aws":
			problems = append(problems, t.cluster(o)...)
		case "AccessEntry.eks.services.k8s.aws":
			problems = append(problems, o.accessPolicies()...)
		case "Certificate.acm.services.k8s.aws":
			problems = append(problems, o.certificate()...)
		case "NodePool.karpenter.sh":
			problems = append(problems, o.nodePool()...)
		}
	}
	return problems
}
