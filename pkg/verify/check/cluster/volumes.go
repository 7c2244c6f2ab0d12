package cluster

import (
	"slices"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// VolumesCheck looks at volumes that are there already, and at snapshots of them. What makes new ones is in StorageCheck.
func VolumesCheck() check.Check {
	return check.Check{
		Name: "volumes",
		Doc:  "Volumes and snapshot classes use the driver of Auto Mode.",
		Why: "Auto Mode has its own driver. A volume of the EBS CSI driver cannot be attached to its nodes, so its pod does not start, and a " +
			"snapshot class with that driver creates no snapshot. The API server accepts both.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, o := range t.OfKind("", "PersistentVolume") {
				if name := o.Text("spec", "csi", "driver"); slices.Contains(foreignDrivers(), name) {
					problems = append(problems, notAttached(o, "spec.csi.driver", name))
				}
				if o.Value("spec", "awsElasticBlockStore") != nil {
					problems = append(problems, notAttached(o, "spec.awsElasticBlockStore", foreignDrivers()[0]))
				}
			}
			for _, o := range t.OfKind("snapshot.storage.k8s.io", "VolumeSnapshotClass") {
				if name := o.Text("driver"); slices.Contains(foreignDrivers(), name) {
					problems = append(problems, check.Warning(o.Problem("driver", name+" is a driver that Auto Mode does not have, so no snapshot is created", "write "+autoProvisioner)))
				}
			}
			return problems
		},
	}
}

// notAttached is a volume of another driver (Amazon EKS User Guide, "Create a storage class", Considerations).
func notAttached(o *manifest.Object, field, driver string) diag.Problem {
	return check.Warning(o.Problem(field, driver+" is a driver that Auto Mode does not have, so the volume cannot be attached to its nodes",
		"the driver of a PersistentVolume is immutable: create another one with csi: {driver: "+autoProvisioner+", …} and the same volumeHandle, or restore a snapshot"))
}

// foreignDrivers are the EBS drivers that Auto Mode does not have: the EBS CSI driver, and Kubernetes' former in-tree one, which it replaces
// (Kubernetes, Persistent Volumes, "CSI migration").
func foreignDrivers() []string { return []string{"ebs.csi.aws.com", "kubernetes.io/aws-ebs"} }
