package generate

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/ack"
	acklogs "eks-auto-gitops/pkg/ack/apis/cloudwatchlogs/v1alpha1"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/resource"
)

// adopt makes ACK find what a cluster that is in AWS already has: the cluster, its access entries, add-ons and log group. While
// the mode is read-only nothing else is delivered, because it would be made, in AWS or in the cluster, or would never be found.
//
// The policy is adopt-or-create in both modes: read-only, ACK then changes neither AWS nor the object, and looks no further than
// for what is there (ACK runtime, pkg/runtime/reconciler.go: Sync).
func adopt(c *config.Cluster, deliveries []layout.Named) []layout.Named {
	var kept []layout.Named
	for _, d := range deliveries {
		var objects []resource.Object
		for _, o := range d.Objects {
			if found := adopted(c, o); found || !c.ReadOnly() {
				objects = append(objects, o)
			}
		}
		if len(objects) > 0 || !c.ReadOnly() {
			d.Objects = objects
			kept = append(kept, d)
		}
	}
	return kept
}

// adopted annotates what may be in AWS and reports whether the object is that. The fields are those that ACK asks for
// (eks-controller, resource.go of each kind: PopulateResourceFromAnnotation); a log group has its own anyway.
//
// Read-only objects have no tags. So their spec changes when the mode does, and that alone makes ACK look at an object at once:
// of an annotation it hears after ten hours (ACK runtime, reconciler.go: BindControllerManager, GenerationChangedPredicate).
func adopted(c *config.Cluster, object resource.Object) bool {
	switch o := object.(type) {
	case *ackeks.Cluster:
		find(c, &o.ObjectMeta, &o.Spec.Tags, map[string]string{"name": c.Name})
	case *ackeks.AccessEntry:
		if *o.Spec.PrincipalARN == c.FluxRoleARN() {
			return false // nobody but gen makes it
		}
		find(c, &o.ObjectMeta, &o.Spec.Tags, map[string]string{"clusterName": c.Name, "principalARN": *o.Spec.PrincipalARN})
	case *ackeks.Addon:
		find(c, &o.ObjectMeta, &o.Spec.Tags, map[string]string{"clusterName": c.Name, "name": *o.Spec.Name})
	case *acklogs.LogGroup:
		if *o.Spec.Name != component.ControlPlaneLogs(c) {
			return false // it comes with what runs in the cluster
		}
		find(c, &o.ObjectMeta, &o.Spec.Tags, map[string]string{"name": *o.Spec.Name})
	default:
		return false
	}
	return true
}

// find has ACK take over what it finds by the fields, or only look at it.
func find(c *config.Cluster, meta *metav1.ObjectMeta, tags *map[string]*string, fields map[string]string) {
	metav1.SetMetaDataAnnotation(meta, ack.AdoptionPolicy, ack.AdoptOrCreate)
	metav1.SetMetaDataAnnotation(meta, ack.AdoptionFields, ack.Identity(fields))
	if c.ReadOnly() {
		metav1.SetMetaDataAnnotation(meta, ack.ReadOnly, "true")
		*tags = nil
	}
}
