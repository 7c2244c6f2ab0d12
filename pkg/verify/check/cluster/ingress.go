package cluster

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// IngressCheck looks at what load balancers are made of.
func IngressCheck() check.Check {
	return check.Check{
		Name: "ingress",
		Doc:  "Load balancers are requested in the way that Auto Mode supports, by a class and in subnets that exist.",
		Why: "Auto Mode ignores annotations and controllers that it does not know. The Ingress is stored, the release is " +
			"ready, and no load balancer is ever created; or it is created without the firewall that the annotation named.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, kind := range []string{"Ingress", "IngressClass"} {
				for _, o := range t.OfKind(manifest.IngressGroup, kind) {
					problems = append(problems, ignored(o, isAnnotation, "metadata", "annotations")...)
					problems = append(problems, controller(o)...)
					problems = append(problems, className(t, o, o.Place(), "spec.ingressClassName")...)
				}
			}
			for _, o := range t.OfKind("", "Service") {
				problems = append(problems, ignored(o, isAnnotation, "metadata", "annotations")...)
			}
			for _, o := range t.OfKind(manifest.HelmGroup, "HelmRelease") {
				problems = append(problems, ignored(o, isAnnotation, "spec", "values")...)
				problems = append(problems, className(t, o, o.Destination(), "spec.values.ingress.className")...)
				problems = append(problems, className(t, o, o.Destination(), "spec.values.ingress.ingressClassName")...)
			}
			for _, o := range t.OfKind(manifest.AutoGroup, "IngressClassParams") {
				problems = append(problems, balanced(t, o)...)
				problems = append(problems, exposed(o)...)
			}
			return problems
		},
	}
}

// isAnnotation reports whether a key is an annotation, which all have a domain.
func isAnnotation(key string) bool { return strings.Contains(key, "/") }

// ignored are the keys of some kind below a field that Auto Mode does not act on. A warning, because a release may bring
// a controller that does.
func ignored(o *manifest.Object, ofKind func(key string) bool, path ...string) diag.List {
	var problems diag.List
	keys := make([]any, len(path))
	for i, key := range path {
		keys[i] = key
	}
	manifest.Walk(o.Value(path...), keys, func(keys []any, value any) {
		name, text := manifest.LastName(keys), fmt.Sprint(value)
		if hint := config.UnsupportedHint(name, text); hint != "" && ofKind(name) {
			problems = append(problems, check.Warning(o.Problem(manifest.FieldOf(keys), "Auto Mode does not act on "+name, hint)))
		}
	})
	return problems
}

// controller is that of an IngressClass (Amazon EKS User Guide, "Create an IngressClass to configure an Application
// Load Balancer").
func controller(o *manifest.Object) diag.List {
	if o.Text("spec", "controller") != "ingress.k8s.aws/alb" {
		return nil
	}
	return diag.List{check.Warning(o.Problem("spec.controller", "is that of the AWS Load Balancer Controller, which is not the one of Auto Mode", "write eks.amazonaws.com/alb, with parameters of eks.amazonaws.com"))}
}

// className is the class that an Ingress names, where one of the tree was meant. A release may bring a class of its own.
func className(t *manifest.Tree, o *manifest.Object, place, at string) diag.List {
	name := o.Text(manifest.KeysOf(at)...)
	if name == "" {
		return nil
	}
	var names []string
	for _, class := range t.All(place, apischema.GroupKind{Group: manifest.IngressGroup, Kind: "IngressClass"}, "") {
		names = append(names, class.Name())
	}
	if slices.Contains(names, name) {
		return nil
	}
	near := diag.Nearest(name, names)
	if near == "" {
		return nil
	}
	return diag.List{o.Problem(at, "there is no IngressClass "+name+" in the cluster", "did you mean "+near+"?")}
}

// balanced reports whether a load balancer has subnets in two zones: those it names, or those of a VPC of the tree that
// have the tag for its scheme (Amazon EKS User Guide, "Tag subnets for EKS Auto Mode").
func balanced(t *manifest.Tree, params *manifest.Object) diag.List {
	subnets := t.All("", apiSubnet(), params.Home())
	if params.Value("spec", "subnets") != nil || len(subnets) == 0 || t.Broken[""] {
		return nil
	}
	tag := "kubernetes.io/role/elb"
	if params.Text("spec", "scheme") == "internal" {
		tag = "kubernetes.io/role/internal-elb"
	}
	tagged := 0
	for _, subnet := range subnets {
		for _, item := range subnet.List("spec", "tags") {
			if manifest.Field(item, "key") == tag && strings.TrimSpace(manifest.Field(item, "value")) != "0" {
				tagged++
			}
		}
	}
	if tagged >= 2 {
		return nil
	}
	return diag.List{params.Problem("spec.scheme", fmt.Sprintf("%d subnets of the VPC have the tag %s, but a load balancer needs two", tagged, tag), "add the tag to subnets of two zones, or name them in spec.subnets")}
}

// exposed is a class that says internal and is not. The scheme goes before that of each Ingress.
func exposed(params *manifest.Object) diag.List {
	if params.Text("spec", "scheme") != "internet-facing" || !slices.Contains(strings.FieldsFunc(params.Name(), func(r rune) bool { return r == '-' || r == '.' }), "internal") {
		return nil
	}
	return diag.List{params.Problem("spec.scheme", "is internet-facing, so that whatever asks for an internal load balancer is open to the internet", "write internal, or take another name for the class")}
}

func apiSubnet() apischema.GroupKind {
	return apischema.GroupKind{Group: manifest.EC2Group, Kind: "Subnet"}
}
