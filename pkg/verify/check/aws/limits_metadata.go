package aws

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/manifest"

	apivalidation "k8s.io/apimachinery/pkg/api/validation"

	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/util/validation"

	fieldpath "k8s.io/apimachinery/pkg/util/validation/field"

	"eks-auto-gitops/pkg/diag"
)

// metadata holds names, labels and annotations to the rules of Kubernetes (Object Names and IDs; Labels and
// Selectors).
func metadata(o *manifest.Object) diag.List {
	var problems diag.List
	if name := o.Name(); name != "" {
		problems = append(problems, refused(o, "metadata.name", nameFaults(o, name))...)
	}
	if namespace := o.Namespace(); namespace != "" {
		problems = append(problems, refused(o, "metadata.namespace", validation.IsDNS1123Label(namespace))...)
	}
	labels, annotations := o.Strings("metadata", "labels"), o.Strings("metadata", "annotations")
	for _, fault := range metavalidation.ValidateLabels(labels, fieldpath.NewPath("metadata", "labels")) {
		problems = append(problems, refused(o, "metadata.labels", []string{fmt.Sprintf("%v: %s", fault.BadValue, fault.Detail)})...)
	}
	for _, fault := range apivalidation.ValidateAnnotations(annotations, fieldpath.NewPath("metadata", "annotations")) {
		problems = append(problems, refused(o, "metadata.annotations", []string{fmt.Sprintf("%v: %s", fault.BadValue, fault.Detail)})...)
	}
	return problems
}

// nameFaults are what is wrong with a name: that of a namespace is a label of DNS, that of a role is part of a path,
// and all others are names of DNS.
func nameFaults(o *manifest.Object, name string) []string {
	switch kind := o.Kind(); {
	case kind.Group == "" && (kind.Kind == "Namespace" || kind.Kind == "Service"):
		return validation.IsDNS1123Label(name)
	case kind.Group == "rbac.authorization.k8s.io":
		if name == "." || name == ".." || strings.ContainsAny(name, "/%") {
			return []string{"must not be . or .. and have no / and %"}
		}
		return nil
	}
	return validation.IsDNS1123Subdomain(name)
}

func refused(o *manifest.Object, at string, faults []string) diag.List {
	var problems diag.List
	for _, fault := range faults {
		problems = append(problems, o.Problem(at, fault, "the API server would refuse it; correct it"))
	}
	return problems
}
