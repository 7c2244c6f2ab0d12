package generate

import (
	"fmt"
	"slices"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/layout"
)

// CheckDelivery refuses to change what delivers a cluster at once, unless allowed names it as CLUSTER/delivery. On the way from the
// hub to the cluster Flux on the hub would delete its releases, and Helm uninstall them; on the way back both would act on them. So
// there is a step between the two.
func CheckDelivery(fleet *config.Fleet, delivered []Delivered, allowed []string) diag.List {
	var problems diag.List
	for _, d := range delivered {
		i := slices.IndexFunc(fleet.Clusters, func(c config.Cluster) bool { return c.Name == d.Name && c.Environment == d.Environment })
		if i < 0 || slices.Contains(allowed, d.Name+"/delivery") {
			continue
		}
		c := &fleet.Clusters[i]
		looks := d.State == config.AdoptReadOnly || c.ReadOnly() // nothing is delivered into the cluster
		if d.Delivery == c.Delivery || looks || d.Delivery == config.DeliveryHandover || c.Handover() && d.State != config.StateRetiring {
			continue
		}
		problems = append(problems, refuseDelivery(c, d))
	}
	return problems
}

func refuseDelivery(c *config.Cluster, d Delivered) diag.Problem {
	problem := diag.Problem{File: layout.ClustersFile, Line: c.Line, Column: c.Column, Path: "clusters[" + c.Name + "].delivery"}
	if d.State == config.StateRetiring {
		problem.Message = fmt.Sprintf("cluster %q is retiring with delivery: %s, which cannot change any more", c.Name, d.Delivery)
		problem.Hint = "write delivery: " + d.Delivery
		return problem
	}
	what := "Flux on the hub would delete its releases, and Helm uninstall them"
	if c.Delivery == config.DeliveryHub {
		what = "Flux in the cluster would stay, and both act on its releases"
	}
	problem.Message = fmt.Sprintf("cluster %q goes from delivery: %s to %s at once: %s", c.Name, d.Delivery, c.Delivery, what)
	problem.Hint = fmt.Sprintf("write delivery: handover, run gen clusters, push, and write delivery: %s when gen status says that the cluster is ready; "+
		"or run gen clusters --allow-destroy %s/delivery to let it happen", c.Delivery, c.Name)
	return problem
}
