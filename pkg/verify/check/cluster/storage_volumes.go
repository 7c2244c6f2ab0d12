package cluster

import (
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// volumes is about the volumes that a class of Auto Mode makes: where they are (Kubernetes, Storage Classes, Volume binding mode; the
// default is Immediate), and whether somebody with their snapshots can read them (Amazon EBS User Guide, Amazon EBS encryption).
func volumes(o *manifest.Object) diag.List {
	var problems diag.List
	if mode := o.Text("volumeBindingMode"); mode != "WaitForFirstConsumer" {
		problems = append(problems, check.Warning(o.Problem("volumeBindingMode",
			"a volume is made before its pod has a node, in any zone that has nodes: where there is none yet it is not made, and pods that may not run in its zone stay Pending",
			"write WaitForFirstConsumer")))
	}
	if manifest.Field(o.Value("parameters"), "encrypted") == "false" {
		problems = append(problems, check.Warning(o.Problem("parameters.encrypted",
			"volumes are not encrypted, unless the account encrypts all of them by default", `write "true"; a volume cannot be encrypted later`)))
	}
	return problems
}
