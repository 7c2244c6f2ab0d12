package cloudwatch

import (
	"eks-auto-gitops/pkg/ack/logs"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/resource"
)

// logGroups are made before the agent is there, which takes a group that exists as it is: Fluent Bit, with
// auto_create_group, and the agent pass over ResourceAlreadyExistsException (Fluent Bit, tests/runtime/out_cloudwatch.c). They are
// adopted where the agent was first.
func logGroups(c *config.Cluster) []component.Delivery {
	days := c.Components.CloudWatch.ContainerLogs.RetentionDays
	if days == 0 {
		return nil
	}
	var groups []resource.Object
	for _, kind := range []string{"application", "dataplane", "host", "performance"} {
		name := "/aws/containerinsights/" + c.Name + "/" + kind
		groups = append(groups, logs.LogGroup(component.KeptOrFound(c, c.Name+"-"+kind, map[string]string{"name": name}), name, int64(days), ""))
	}
	return []component.Delivery{component.At(component.Foundation, groups...)}
}
