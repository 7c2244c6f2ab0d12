// Package externaldns creates ExternalDNS, which manages the DNS records of Ingresses and Services.
package externaldns

import (
	"fmt"
	"maps"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/iam"
)

// Component is the component external-dns.
var Component = component.Component{
	Name:      "external-dns",
	AWS:       func(c *config.Cluster) ([]component.Delivery, error) { return role(c).Deliveries(c) },
	Workloads: workloads,
}

func role(c *config.Cluster) component.PodRole {
	role := component.RoleOf(c, "external-dns")
	role.Statements = statements(c)
	return role
}

// statements let ExternalDNS change the records of the cluster's domain and nothing else (ExternalDNS: Setting
// up ExternalDNS for Services on AWS, IAM Policy). The id of a zone that is made is not known yet; there the
// names of the records are what limits it (Amazon Route 53 Developer Guide: Using IAM policy conditions for
// fine-grained access control).
func statements(c *config.Cluster) []iam.Statement {
	zone := c.DNS.Zone.ID
	if zone == "" {
		zone = "*"
	}
	zones := iam.Values{fmt.Sprintf("arn:%s:route53:::hostedzone/%s", c.Partition(), zone)}
	change := iam.Statement{
		Sid: "Change", Effect: iam.Allow, Action: iam.Values{"route53:ChangeResourceRecordSets"}, Resource: zones,
	}
	if c.DNS.Zone.ID == "" {
		change.Condition = iam.Condition{"ForAllValues:StringLike": {
			"route53:ChangeResourceRecordSetsNormalizedRecordNames": {c.DNS.Domain, "*." + c.DNS.Domain},
		}}
	}
	return []iam.Statement{
		change,
		{
			Sid: "Read", Effect: iam.Allow, Resource: zones,
			Action: iam.Values{"route53:ListResourceRecordSets", "route53:ListTagsForResources"},
		},
		{Sid: "Find", Effect: iam.Allow, Action: iam.Values{"route53:ListHostedZones"}, Resource: iam.Values{"*"}},
	}
}

// workloads names the cluster and its region as the owner of the records, which is unique in the fleet: two
// clusters with one owner delete each other's records.
func workloads(c *config.Cluster, chart flux.Chart) ([]component.Delivery, error) {
	arguments := []any{"--aws-zone-type=public"}
	if c.DNS.Zone.Private {
		arguments = []any{"--aws-zone-type=private"}
	}
	if c.DNS.Zone.ID != "" {
		arguments = append(arguments, "--zone-id-filter="+c.DNS.Zone.ID)
	}
	values := c.Components.ExternalDNS.Values
	if users, ok := values["extraArgs"]; ok {
		values = maps.Clone(values)
		values["extraArgs"] = withArguments(arguments, users)
	}
	return component.Helm{
		Component:  "external-dns",
		UserValues: values,
		Role:       role(c),
		Values: map[string]any{
			"domainFilters": []any{c.DNS.Domain},
			"env":           []any{map[string]any{"name": "AWS_DEFAULT_REGION", "value": c.Region}},
			"extraArgs":     arguments,
			"policy":        c.Components.ExternalDNS.Policy,
			"txtOwnerId":    c.Name + "-" + c.Region,
		},
	}.Deliveries(c, chart)
}
