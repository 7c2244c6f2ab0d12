package manifest

import (
	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/policy"
)

// Where is the place in AWS of an object's namespace; what the namespace does not say is empty. The check references
// says which namespaces are not there.
func (t *Tree) Where(o *Object) policy.Place { return t.Places[o.Namespace()] }

// awsPlaceOf reads the annotations of a namespace by which ACK knows where to make its objects (ACK, Manage resources in
// multiple accounts and regions).
func awsPlaceOf(namespace *Object) policy.Place {
	annotations := namespace.Value("metadata", "annotations")
	place := policy.Place{Account: Field(annotations, ack.OwnerAccountID), Region: Field(annotations, ack.DefaultRegion)}
	if place.Region != "" {
		cluster := &config.Cluster{}
		cluster.Region = place.Region
		place.Partition, place.DNSSuffix = cluster.Partition(), cluster.DNSSuffix()
	}
	return place
}
