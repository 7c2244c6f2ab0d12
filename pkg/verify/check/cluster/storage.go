package cluster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// autoProvisioner makes the volumes of Auto Mode (Amazon EKS User Guide, "Create a storage class").
const autoProvisioner = "ebs.csi.eks.amazonaws.com"

// defaultClass marks the class of claims that name none (Kubernetes, Storage Classes, Default StorageClass).
const defaultClass = "storageclass.kubernetes.io/is-default-class"

// StorageCheck looks at what volumes are made of.
func StorageCheck() check.Check {
	return check.Check{
		Name: "storage",
		Doc:  "Every cluster has one default storage class, with Auto Mode's provisioner and parameters that it knows.",
		Why: "Auto Mode creates no storage class. A claim without one, or with one of a driver that Auto Mode does not have, " +
			"stays Pending, and so does its pod, without an error.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			defaults := map[string]*manifest.Object{}
			for _, o := range t.OfKind(manifest.StorageGroup, "StorageClass") {
				problems = append(problems, provisioner(o)...)
				if manifest.Field(o.Value("metadata", "annotations"), defaultClass) != "true" {
					continue
				}
				if other := defaults[o.Place()]; other != nil {
					problems = append(problems, check.Warning(o.Problem("metadata.annotations", other.String()+" is the default as well, and which one counts is by chance", "keep the mark on one of the two")))
				}
				defaults[o.Place()] = o
			}
			for _, o := range t.OfKind(manifest.HelmGroup, "HelmRelease") {
				problems = append(problems, ignored(o, func(key string) bool { return !isAnnotation(key) }, "spec", "values")...)
			}
			for _, b := range t.Builds {
				problems = append(problems, unclassed(b, defaults)...)
			}
			return problems
		},
	}
}

// unclassed is a stage with node pools for a cluster that has no default class.
func unclassed(b *manifest.Build, defaults map[string]*manifest.Object) diag.List {
	nodes := func(o *manifest.Object) bool {
		return o.Kind().Group == manifest.KarpenterGroup || o.Kind().Group == manifest.AutoGroup
	}
	if b.Place() == "" || defaults[b.Place()] != nil || !slices.ContainsFunc(b.Objects, nodes) {
		return nil
	}
	return diag.List{check.Warning(b.Owner.Problem("spec.path", "has no default StorageClass for the cluster, and Auto Mode creates none", "add one with the provisioner "+autoProvisioner+" and the annotation "+defaultClass))}
}

// provisioner checks a StorageClass.
func provisioner(o *manifest.Object) diag.List {
	switch name := o.Text("provisioner"); {
	case slices.Contains(foreignDrivers(), name):
		return diag.List{check.Warning(o.Problem("provisioner", name+" is a driver that Auto Mode does not have, so that no volume is made", "write "+autoProvisioner))}
	case name != autoProvisioner:
		return nil
	}
	problems := volumes(o)
	parameters, _ := o.Value("parameters").(map[string]any)
	numbered := regexp.MustCompile(`^tagSpecification_[0-9]+$`)
	for key := range parameters {
		if !slices.Contains(diskParameters(), key) && !numbered.MatchString(key) && !strings.HasPrefix(key, "csi.storage.k8s.io/") {
			hint := "take it away"
			if near := diag.Nearest(key, diskParameters()); near != "" {
				hint = "did you mean " + near + "?"
			}
			problems = append(problems, o.Problem(manifest.FieldOf([]any{"parameters", key}), fmt.Sprintf("%s has no parameter %s, and would make no volume", autoProvisioner, key), hint))
		}
	}
	return problems
}

// diskParameters are those of Amazon EKS User Guide, "Create a storage class", and of the Amazon EBS CSI driver,
// StorageClass parameters.
func diskParameters() []string {
	return []string{
		"type", "iopsPerGB", "allowAutoIOPSPerGBIncrease", "allowAutoIOPSIncreaseOnModify", "iops", "throughput", "encrypted", "blockExpress", "kmsKeyId",
		"blockSize", "inodeSize", "bytesPerInode", "numberOfInodes", "ext4BigAlloc", "ext4ClusterSize",
	}
}
