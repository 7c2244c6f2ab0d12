package verify

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
)

// limitsCheck holds names, tags and networks to the limits of AWS, which CRDs do not know.
func limitsCheck() Check {
	return Check{
		Name: "limits",
		Doc:  "Names, tags and address ranges are within the limits of AWS.",
		Why: "CRDs know little of AWS's limits, so the object is stored and ACK is refused when it makes the thing: with a " +
			"terminal condition at best, and again and again at worst.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, o := range t.objects() {
				problems = append(problems, o.name()...)
				problems = append(problems, o.tags()...)
				problems = append(problems, t.network(o)...)
				problems = append(problems, o.zones()...)
			}
			return problems
		},
	}
}

// name checks the name in AWS, or Helm's, by the rule of its kind.
func (o *Object) name() diag.List {
	at, pattern, most := "spec.name", `^[\w+=,.@-]+$`, 0
	switch o.Kind().String() {
	case "Role.iam.services.k8s.aws": // IAM and AWS STS quotas, Name requirements and character limits
		most = 64
	case "Policy.iam.services.k8s.aws":
		most = 128
	case "Cluster.eks.services.k8s.aws": // EKS API, CreateCluster
		pattern, most = `^[0-9A-Za-z][0-9A-Za-z_-]*$`, 100
	case "HelmRelease.helm.toolkit.fluxcd.io": // Helm, names of releases
		at, pattern, most = "spec.releaseName", `^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`, 53
	}
	name := o.text(strings.Split(at, ".")...)
	switch {
	case most == 0 || name == "":
		return nil
	case len(name) > most:
		return diag.List{o.problem(at, fmt.Sprintf("has %d characters, but may have %d", len(name), most), "take a shorter name")}
	case !regexp.MustCompile(pattern).MatchString(name):
		return diag.List{o.problem(at, fmt.Sprintf("%q has characters that are not allowed", name), "it has to fit "+pattern)}
	}
	return nil
}

// tags checks AWS tags (Tagging AWS Resources User Guide, Tag naming limits and requirements).
func (o *Object) tags() diag.List {
	if !o.isACK() {
		return nil
	}
	tags := map[string]string{}
	for _, item := range o.list("spec", "tags") {
		tags[orElse(field(item, "key"), field(item, "tagKey"))] = orElse(field(item, "value"), field(item, "tagValue"))
	}
	if byKey, ok := o.value("spec", "tags").(map[string]any); ok {
		for key := range byKey {
			tags[key] = field(byKey, key)
		}
	}
	var problems diag.List
	fault := func(format string, args ...any) {
		problems = append(problems, o.problem("spec.tags", fmt.Sprintf(format, args...), "AWS would refuse it; take another tag"))
	}
	if len(tags) > 50 {
		fault("has %d tags, but may have 50", len(tags))
	}
	for key, value := range tags {
		switch {
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			fault("%s: only AWS may set tags that begin with aws:", key)
		case len([]rune(key)) > 128:
			fault("%.20s…: the key has %d characters, but may have 128", key, len([]rune(key)))
		case len([]rune(value)) > 256:
			fault("%s: the value has %d characters, but may have 256", key, len([]rune(value)))
		}
	}
	return problems
}

// network checks that a subnet is inside of its VPC and has addresses of its own.
func (t *Tree) network(o *Object) diag.List {
	subnets := apischema.GroupKind{Group: "ec2.services.k8s.aws", Kind: "Subnet"}
	block, err := netip.ParsePrefix(o.text("spec", "cidrBlock"))
	if o.Kind() != subnets || err != nil {
		return nil
	}
	const at = "spec.cidrBlock"
	vpc := o.text("spec", "vpcRef", "from", "name")
	for _, v := range t.find(o.place(), apischema.GroupKind{Group: subnets.Group, Kind: "VPC"}, o.Namespace(), vpc) {
		if !inside(block, v.list("spec", "cidrBlocks")) {
			return diag.List{o.problem(at, fmt.Sprintf("%s is not inside of %s", block, v), "take a part of the range of the VPC")}
		}
	}
	for _, other := range t.all(o.place(), subnets, o.Namespace()) {
		theirs, err := netip.ParsePrefix(other.text("spec", "cidrBlock"))
		if err == nil && other.Name() < o.Name() && other.text("spec", "vpcRef", "from", "name") == vpc && theirs.Overlaps(block) {
			return diag.List{o.problem(at, fmt.Sprintf("%s overlaps with %s of %s", block, theirs, other), "take another part of the range of the VPC")}
		}
	}
	return nil
}

// inside tells whether a range is part of one of a list.
func inside(block netip.Prefix, list []any) bool {
	for _, item := range list {
		text, _ := item.(string)
		if whole, err := netip.ParsePrefix(text); err == nil && whole.Bits() <= block.Bits() && whole.Contains(block.Addr()) {
			return true
		}
	}
	return len(list) == 0
}

// zones are the subnets of a cluster: EKS wants them in two zones at least, so there have to be two (Amazon EKS User
// Guide, Amazon EKS networking requirements for VPC and subnets).
func (o *Object) zones() diag.List {
	if o.Kind() != (apischema.GroupKind{Group: "eks.services.k8s.aws", Kind: "Cluster"}) {
		return nil
	}
	const at = "spec.resourcesVPCConfig"
	refs, ids := o.list("spec", "resourcesVPCConfig", "subnetRefs"), o.list("spec", "resourcesVPCConfig", "subnetIDs")
	if n := len(refs) + len(ids); n < 2 {
		field := at + ".subnetRefs"
		if len(ids) > 0 {
			field = at + ".subnetIDs"
		}
		return diag.List{o.problem(field, fmt.Sprintf("has %d subnets, but EKS wants two or more, in two zones or more", n), "name a subnet of another zone")}
	}
	return nil
}
