package nodes

import (
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/pkg/component"
	"eks-auto-gitops/pkg/config"
)

// storageClass makes the default class: Auto Mode makes none, and volumes stay pending without it
// (Amazon EKS User Guide: Create a storage class).
func storageClass(c *config.Cluster) *storagev1.StorageClass {
	parameters := map[string]string{"encrypted": "true", "type": "gp3"}
	tags := component.Tags(c)
	for i, key := range slices.Sorted(maps.Keys(tags)) {
		parameters[fmt.Sprintf("tagSpecification_%d", i+1)] = key + "=" + tags[key]
	}
	return &storagev1.StorageClass{
		TypeMeta: metav1.TypeMeta{APIVersion: storagev1.SchemeGroupVersion.String(), Kind: "StorageClass"},
		ObjectMeta: metav1.ObjectMeta{
			Name: "auto-ebs",
			Annotations: map[string]string{
				// The parameters cannot be changed, and tags are among them: Flux makes the class anew, which
				// leaves volumes as they are.
				"kustomize.toolkit.fluxcd.io/force":           "Enabled",
				"storageclass.kubernetes.io/is-default-class": "true",
			},
		},
		AllowedTopologies: []corev1.TopologySelectorTerm{{
			MatchLabelExpressions: []corev1.TopologySelectorLabelRequirement{{
				Key: "eks.amazonaws.com/compute-type", Values: []string{"auto"},
			}},
		}},
		AllowVolumeExpansion: new(true),
		Parameters:           parameters,
		Provisioner:          "ebs.csi.eks.amazonaws.com",
		ReclaimPolicy:        new(corev1.PersistentVolumeReclaimDelete),
		VolumeBindingMode:    new(storagev1.VolumeBindingWaitForFirstConsumer),
	}
}
