package diff

import "slices"

// autoModeRule finds changes of the switches of Auto Mode.
func autoModeRule() Rule {
	return Rule{
		Name: "auto-mode",
		Doc:  "one of the three switches of Auto Mode changes",
		Why: `Compute, block storage and load balancing are one switch in EKS: in parts it refuses them, and ACK cannot switch them off
at all (aws-controllers-k8s/community#3046). Nodes, volumes and load balancers of Auto Mode go with it.`,
		find: func(c *scoped) []Danger {
			return fieldDangers(c, func(f Field) string {
				switches := []string{"spec.computeConfig.enabled", "spec.storageConfig.blockStorage.enabled", "spec.kubernetesNetworkConfig.elasticLoadBalancing.enabled"}
				if c.change.Group != eksGroup || !slices.Contains(switches, f.Name) {
					return ""
				}
				return "Auto Mode is switched: " + transitionText(f)
			})
		},
	}
}
