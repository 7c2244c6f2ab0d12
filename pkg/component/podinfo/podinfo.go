// Package podinfo creates podinfo: a small web application that shows that nodes, DNS and load balancers work.
// It is the smallest component with a chart; copy it to start a new one.
package podinfo

import (
	"maps"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
)

// Component is the component podinfo.
var Component = component.Component{
	Name:      "podinfo",
	Workloads: workloads,
}

func workloads(c *config.Cluster, chart flux.Chart) ([]component.Delivery, error) {
	settings := c.Components.Podinfo
	values := map[string]any{"replicaCount": settings.Replicas}
	if settings.Ingress != nil {
		values["ingress"] = ingress(c, settings.Ingress)
	}
	if c.Env.Protect {
		maps.Copy(values, available())
	}
	return component.Helm{
		Component: "podinfo",
		Values:    values,
	}.Deliveries(c, chart)
}

// ingress are the chart's values for an application load balancer. The scheme and a certificate that is
// known are in the parameters of its class; a certificate that is made is found by the host name
// (AWS Load Balancer Controller: Ingress, Certificate Discovery).
func ingress(c *config.Cluster, from *config.Ingress) map[string]any {
	annotations := map[string]any{"alb.ingress.kubernetes.io/target-type": "ip"}
	if c.DNS.Certificate || c.DNS.CertificateARN != "" {
		annotations["alb.ingress.kubernetes.io/listen-ports"] = `[{"HTTP":80},{"HTTPS":443}]`
		annotations["alb.ingress.kubernetes.io/ssl-redirect"] = "443"
	}
	return map[string]any{
		"annotations": annotations,
		"className":   component.IngressClass(from.Scheme),
		"enabled":     true,
		"hosts": []any{map[string]any{
			"host":  from.Host,
			"paths": []any{map[string]any{"path": "/", "pathType": "Prefix"}},
		}},
	}
}

// available are the chart's values that keep podinfo up while nodes and zones come and go. With one replica the chart makes no budget.
func available() map[string]any {
	return map[string]any{
		"podDisruptionBudget": map[string]any{"maxUnavailable": 1},
		"topologySpreadConstraints": []any{map[string]any{
			"labelSelector":     map[string]any{"matchLabels": map[string]any{"app.kubernetes.io/name": "podinfo"}},
			"maxSkew":           1,
			"topologyKey":       "topology.kubernetes.io/zone",
			"whenUnsatisfiable": "ScheduleAnyway",
		}},
	}
}
