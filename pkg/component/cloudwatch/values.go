package cloudwatch

import (
	"regexp"

	"eks-auto-gitops/pkg/config"
)

// values are those of the chart that follow from clusters.yaml. Application Signals is off unless asked for: the chart's default
// instruments every pod of the cluster, whoever it belongs to, and each is paid for. Charts before 6.2.0 do not read
// applicationSignals.enabled; there monitorAllServices keeps the operator from the pods.
func values(c *config.Cluster) map[string]any {
	on := c.Components.CloudWatch.ApplicationSignals
	made := map[string]any{"applicationSignals": map[string]any{"enabled": on}, "clusterName": c.Name, "region": c.Region}
	if !on {
		made["manager"] = monitorNone()
	}
	return made
}

// addonValues are those of the add-on. EKS refuses values that a version does not know: autoMonitor came with 4, and
// applicationSignals.enabled only with 6.2, which monitorAllServices makes needless.
func addonValues(settings config.CloudWatch) map[string]any {
	if settings.ApplicationSignals || regexp.MustCompile(`^v[0-3]\.`).MatchString(settings.Version) {
		return nil
	}
	return map[string]any{"manager": monitorNone()}
}

func monitorNone() map[string]any {
	return map[string]any{"applicationSignals": map[string]any{"autoMonitor": map[string]any{"monitorAllServices": false}}}
}
