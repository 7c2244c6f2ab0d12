package delivery

import (
	"regexp"
	"strings"

	"github.com/fluxcd/pkg/envsubst"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// GuardCheck looks at every ${ in the tree.
func GuardCheck() check.Check {
	return check.Check{
		Name: "guard",
		Doc:  "A ${ that is not a Flux variable is escaped as $${ where Flux substitutes variables, and only there.",
		Why: "Where a Kustomization has postBuild, Flux replaces every ${name} in every object, even ${aws:username} in " +
			"an IAM policy: depending on its version, it blanks the text or fails. Where it has none, the escape stays in the text.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			for _, b := range t.Builds {
				for _, o := range b.Objects {
					if o.Substituted() {
						problems = append(problems, unguarded(o)...)
					} else if o.Build.Owner != nil {
						problems = append(problems, guarded(o)...)
					}
				}
			}
			return problems
		},
	}
}

// unguarded are the texts that Flux cannot put variables into.
func unguarded(o *manifest.Object) diag.List {
	if !o.Raw.Dollar {
		return nil
	}
	var problems diag.List
	manifest.Walk(o.Raw.Content, nil, func(keys []any, value any) {
		text, ok := value.(string)
		if !ok || !strings.Contains(text, "${") {
			return
		}
		unknown := ""
		_, err := envsubst.Eval(text, func(name string) (string, bool) {
			_, ok := o.Build.Variables[name]
			if !ok {
				unknown = name
			}
			return "x", ok
		})
		switch {
		case err == nil:
		case unknown == "":
			problems = append(problems, o.Problem(manifest.FieldOf(keys), "Flux cannot put variables in: "+err.Error(), "write $${ where the text shall have ${"))
		default:
			whole := regexp.MustCompile(`\$\{` + unknown + `[^}]*}`).FindString(text)
			problems = append(problems, o.Problem(manifest.FieldOf(keys), whole+" is not a variable of "+o.Build.Owner.String(),
				"write $"+whole+" if the text shall have it, or let postBuild have the variable"))
		}
	})
	return problems
}

// guarded are the texts with a guard that nobody takes away.
func guarded(o *manifest.Object) diag.List {
	if !o.IsACK() || !o.Raw.Dollar || o.Build.Variables != nil {
		return nil // values of a chart may well hold such a text
	}
	var problems diag.List
	manifest.Walk(o.Content, nil, func(keys []any, value any) {
		if text, ok := value.(string); ok && strings.Contains(text, "$${") {
			problems = append(problems, o.Problem(manifest.FieldOf(keys), "$${ stays as it is, because "+o.Build.Owner.String()+" puts in no variables", "write ${"))
		}
	})
	return problems
}
