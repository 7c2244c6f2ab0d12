// Package component says what a component is: one thing that a cluster can have, such as ExternalDNS.
//
// In: one resolved cluster of clusters.yaml. Out: objects, each with the stage that delivers it.
// The components are in the folders below; none of them imports another. pkg/catalog lists them.
package component

import (
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/resource"
)

// Stage is a step of a cluster's delivery: one Flux Kustomization, ready before the next starts.
type Stage string

// The stages, in order of delivery. Sources is not a step of a cluster: it holds the chart sources that
// the clusters of an environment share.
const (
	Sources    Stage = "sources"
	Network    Stage = "network"
	Foundation Stage = "foundation"
	Cluster    Stage = "cluster"
	Access     Stage = "access"
	Identity   Stage = "identity"
	Nodes      Stage = "nodes"
	Operator   Stage = "operator"
	Addons     Stage = "addons"
	Agent      Stage = "agent"
	Apps       Stage = "apps"
)

// What the Flux of a cluster with delivery: agent applies besides the nodes, below the folder that it follows.
const (
	OwnSources Stage = "sync/sources"
	OwnAddons  Stage = "sync/addons"
	OwnApps    Stage = "sync/apps"
)

// Stages lists the steps of a cluster's delivery in order.
func Stages() []Stage {
	return []Stage{Network, Foundation, Cluster, Access, Identity, Nodes, Operator, Addons, Agent, Apps}
}

// OnAWS reports whether the stage holds only ACK objects and so has its folder under clusters/.
func (s Stage) OnAWS() bool {
	return s == Network || s == Foundation || s == Cluster || s == Access || s == Identity
}

// InCluster reports whether the cluster's own Flux applies the stage, and no other.
func (s Stage) InCluster() bool { return s == OwnSources || s == OwnAddons || s == OwnApps }

// SyncDir is the folder that the Flux of a cluster with delivery: agent follows.
func SyncDir(c *config.Cluster) string { return "flux/" + c.Environment + "/" + c.Name + "/sync" }

// A Delivery is objects and the stage that delivers them.
type Delivery struct {
	// Stage delivers the objects.
	Stage Stage
	// Objects stand in one file, in this order.
	Objects []resource.Object
	// Base names the component whose manifest under flux/base the objects change. With it, Objects holds
	// what differs from the base, or nothing.
	Base string
}

// At is a delivery of objects by a stage.
func At(stage Stage, objects ...resource.Object) Delivery {
	return Delivery{Stage: stage, Objects: objects}
}

// A Component creates the objects of one thing that a cluster can have. What else is known about it is in the table of pkg/config.
type Component struct {
	// Name is that of its row in the table, Row the row itself, which pkg/catalog sets.
	Name string
	Row  config.Component
	// AWS makes what ACK applies, from the hub. May be nil.
	AWS func(*config.Cluster) ([]Delivery, error)
	// Workloads makes what Flux applies in the cluster, and its chart sources. It gets the component's own
	// chart, if it has one. May be nil.
	Workloads func(*config.Cluster, flux.Chart) ([]Delivery, error)
}

// In reports whether the cluster has the component.
func (c Component) In(cluster *config.Cluster) bool { return c.Row.In(cluster) }

// HasChart reports whether templates has a Helm chart for it.
func (c Component) HasChart() bool { return c.Row.Chart != nil }

// StageOf is the stage that delivers the release of a component with a chart.
func StageOf(name string) Stage {
	if chart := config.ComponentNamed(name).Chart; chart != nil && chart.Apps {
		return Apps
	}
	return Addons
}

// Deliveries creates everything of the component for the cluster; chart is the component's own, if it has one.
func (c Component) Deliveries(cluster *config.Cluster, chart flux.Chart) ([]Delivery, error) {
	var all []Delivery
	if c.AWS != nil {
		deliveries, err := c.AWS(cluster)
		if err != nil {
			return nil, err
		}
		all = deliveries
	}
	if c.Workloads != nil {
		deliveries, err := c.Workloads(cluster, chart)
		if err != nil {
			return nil, err
		}
		all = append(all, deliveries...)
	}
	return all, nil
}
