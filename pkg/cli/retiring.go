package cli

import (
	"fmt"

	"eks-auto-gitops/pkg/config"
)

// retirements says of everything that is taken out of a cluster what the next step is, in a line each. In a cluster that
// itself retires all goes, and the next step is the cluster's.
func retirements(fleet *config.Fleet) []string {
	var lines []string
	for i := range fleet.Clusters {
		c := &fleet.Clusters[i]
		if c.State == config.StateRetiring {
			continue
		}
		for _, r := range c.Retiring() {
			next := "remove it from " + fileName
			if r.Component {
				next = "set enabled: false, without state, in " + fileName
			}
			lines = append(lines, fmt.Sprintf("%s/%s: %s is retiring; when kubectl -n %s get %s finds nothing, %s",
				c.Environment, c.Name, r.Name, c.Name, r.Object, next))
		}
	}
	return lines
}
