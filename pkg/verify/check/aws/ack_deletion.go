package aws

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// deletion is what becomes of a thing of AWS when its object goes: ACK's annotation for it on the object, or one for each
// service on its namespace (ACK, Deletion policy).
func deletion(o *manifest.Object) diag.List {
	annotations := o.Strings("metadata", "annotations")
	var problems diag.List
	for _, key := range slices.Sorted(maps.Keys(annotations)) {
		value := annotations[key]
		if key != ack.DeletionPolicy && !strings.HasSuffix(key, "."+ack.DeletionPolicy) || value == "delete" || value == "retain" {
			continue
		}
		problems = append(problems, o.Problem(manifest.FieldOf([]any{"metadata", "annotations", key}),
			fmt.Sprintf("%q is no deletion policy of ACK, which deletes in AWS on exactly delete only: when the object goes, what it made stays in AWS", value),
			"write retain if that is meant, or delete"))
	}
	return problems
}
