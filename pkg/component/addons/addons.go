// Package addons creates the EKS managed add-ons that clusters.yaml lists.
package addons

import (
	"encoding/json"
	"fmt"

	"eks-auto-gitops/pkg/ack/eks"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
)

// Component is the component addons.
var Component = component.Component{
	Name: "addons",
	AWS:  aws,
}

// aws makes the add-ons after the nodes, because an add-on waits for its pods.
func aws(c *config.Cluster) ([]component.Delivery, error) {
	var deliveries []component.Delivery
	for _, a := range c.Addons {
		object := eks.Addon{Meta: component.Meta(c, a.Name), Addon: a.Name, Cluster: c.Name, Version: a.Version}
		if len(a.Values) > 0 {
			values, err := json.Marshal(a.Values)
			if err != nil {
				return nil, fmt.Errorf("add-on %s: values: %w", a.Name, err)
			}
			object.Values = string(values)
		}
		for _, role := range component.RolesOf(c, a.Name, a.Namespace, a.ServiceAccounts) {
			roles, err := role.Role(c)
			if err != nil {
				return nil, fmt.Errorf("add-on %s: %w", a.Name, err)
			}
			deliveries = append(deliveries, roles...)
			role.Bind(c, &object)
		}
		if !a.Retires() {
			deliveries = append(deliveries, component.At(component.Addons, object.Object()))
		}
	}
	return deliveries, nil
}
