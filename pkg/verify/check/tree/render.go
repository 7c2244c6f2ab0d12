package tree

import (
	"fmt"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// RenderCheck compares what Flux applies with what a reviewer sees.
func RenderCheck() check.Check {
	return check.Check{
		Name: "render",
		Doc:  "Plain kustomize build shows the same objects that Flux applies.",
		Why: "A Kustomization of Flux can change what it builds: patches, images, components, targetNamespace, namePrefix, " +
			"nameSuffix. And where a folder has no kustomization.yaml, Flux applies every file in it. Then kustomize build, " +
			"the diff of a pull request and gen diff do not show what the cluster gets.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, b := range t.Builds {
				switch {
				case len(b.Unseen) == 0:
				case b.ChangedBy == "spec.path":
					problems = append(problems, b.Owner.Problem(b.ChangedBy, b.Dir+" has no kustomization.yaml: Flux takes every file in it, kustomize build none",
						"add one that lists the files"))
				default:
					problems = append(problems, b.Owner.Problem(b.ChangedBy, "kustomize build shows something else than Flux applies: "+several(b.Unseen),
						"remove it, and change the objects in patches/ or in "+b.Dir))
				}
			}
			return problems
		},
	}
}

// several names the first three and says how many more there are.
func several(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
