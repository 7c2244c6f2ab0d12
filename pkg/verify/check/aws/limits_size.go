package aws

import (
	"fmt"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/resource"
)

// size holds an object to what etcd takes (etcd, System limits), and the data of a ConfigMap to what the API server does
// (Kubernetes, ConfigMaps).
func size(o *manifest.Object) diag.List {
	if o.Kind().String() == "ConfigMap" {
		data := map[string]string{}
		o.CopyData(data)
		sum := 0
		for _, value := range data {
			sum += len(value)
		}
		if sum > resource.MaxData {
			return diag.List{o.Problem("data", fmt.Sprintf("has %d bytes of data, but may have %d", sum, resource.MaxData),
				"the API server would refuse it; put less into it, or split it")}
		}
	}
	n := resource.TooLarge(o.Content)
	if n == 0 {
		return nil
	}
	at := ""
	if o.IsRelease() && resource.TooLarge(o.Value("spec", "values")) > 0 {
		at = "spec.values"
	}
	return diag.List{o.Problem(at, fmt.Sprintf("has %d bytes as JSON, but etcd takes %d", n, resource.MaxSize),
		"the API server would refuse it; put what is large into the chart or an image, and make it small here")}
}
