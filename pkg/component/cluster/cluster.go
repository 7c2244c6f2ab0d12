// Package cluster creates the EKS cluster with its roles, its key and its log group.
package cluster

import (
	"eks-auto-gitops/pkg/ack/eks"
	"eks-auto-gitops/pkg/ack/logs"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Component is the component cluster.
var Component = component.Component{
	Name: "cluster",
	AWS:  aws,
}

func aws(c *config.Cluster) ([]component.Delivery, error) {
	objects, err := roles(c)
	if err != nil {
		return nil, err
	}
	key, err := key(c)
	if err != nil {
		return nil, err
	}
	objects = append(objects, key...)
	objects = append(objects, logGroup(c)...)
	return []component.Delivery{
		component.At(component.Foundation, objects...),
		component.At(component.Cluster, eksCluster(c)),
	}, nil
}

// logGroup creates the log group before EKS does, which would keep everything forever
// (Amazon EKS User Guide: Send control plane logs to CloudWatch Logs).
func logGroup(c *config.Cluster) []resource.Object {
	if len(c.Logging.Types) == 0 {
		return nil
	}
	name := component.ControlPlaneLogs(c)
	return []resource.Object{
		logs.LogGroup(component.KeptOrFound(c, c.Name, map[string]string{"name": name}), name, int64(c.Logging.RetentionDays), c.Logging.KMSKeyARN),
	}
}

func eksCluster(c *config.Cluster) resource.Object {
	meta := component.Meta(c, c.Name)
	meta.NoPrune = c.Env.Protect && c.State != config.StateRetiring
	object := eks.Cluster{
		Meta:               meta,
		AuthenticationMode: c.AuthenticationMode,
		DeletionProtection: *c.DeletionProtection && c.State != config.StateRetiring,
		KeyARN:             c.Encryption.KeyARN,
		IPFamily:           c.Network.IPFamily,
		LogTypes:           c.Logging.Types,
		PrivateAccess:      c.Endpoint.Private,
		PublicAccess:       c.Endpoint.Public,
		PublicCIDRs:        c.Endpoint.PublicCIDRs,
		RemoteNodeNetworks: c.Network.RemoteNodeNetworks,
		RemotePodNetworks:  c.Network.RemotePodNetworks,
		Role:               component.ClusterRole(c),
		RoleARN:            c.Adopt.RoleARN,
		SecurityGroupIDs:   c.Adopt.SecurityGroupIDs,
		ServiceCIDR:        c.Network.ServiceCIDR,
		SubnetIDs:          c.Network.PrivateSubnetIDs,
		SupportType:        c.UpgradePolicy,
		Tier:               c.ControlPlaneTier,
		Version:            c.Version,
		ZonalShift:         c.ZonalShift,
	}
	if len(c.Network.ControlPlaneSubnetIDs) > 0 {
		object.SubnetIDs = c.Network.ControlPlaneSubnetIDs
	}
	if c.Encryption.Create {
		object.KeyARN = "${" + flux.KeyARNVariable + "}"
	}
	if c.Network.CIDR != "" {
		for _, zone := range component.Zones(c) {
			subnet := component.PrivateSubnet(c, zone)
			if c.Network.ControlPlaneSubnets {
				subnet = component.ControlPlaneSubnet(c, zone)
			}
			object.Subnets = append(object.Subnets, subnet)
		}
	}
	if len(c.Nodes.BuiltIn) > 0 {
		object.NodePools = c.Nodes.BuiltIn
		object.NodeRoleARN = nodeRoleARN(c)
	}
	return object.Object()
}

func nodeRoleARN(c *config.Cluster) string {
	if c.Nodes.RoleARN != "" {
		return c.Nodes.RoleARN
	}
	return component.RoleARN(c, component.NodeRole(c))
}
