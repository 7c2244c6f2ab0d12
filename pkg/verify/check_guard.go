package verify

import (
	"regexp"
	"strings"

	"github.com/fluxcd/pkg/envsubst"

	"eks-auto-gitops/pkg/diag"
)

// guardCheck looks at every ${ in the tree.
func guardCheck() Check {
	return Check{
		Name: "guard",
		Doc:  "A ${ that is not a variable of Flux is guarded as $${ where Flux puts in variables, and only there.",
		Why: "Where a Kustomization has postBuild, Flux replaces every ${name} of every object, also ${aws:username} in " +
			"an IAM policy: depending on its version it blanks the text or fails. Where it has none, a guard stays in the text.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			for _, b := range t.Builds {
				for _, o := range b.Objects {
					if o.substituted() {
						problems = append(problems, o.unguarded()...)
					} else if o.Build.Owner != nil {
						problems = append(problems, o.guarded()...)
					}
				}
			}
			return problems
		},
	}
}

// unguarded are the texts that Flux cannot put variables into.
func (o *Object) unguarded() diag.List {
	if !o.raw.Dollar {
		return nil
	}
	var problems diag.List
	walk(o.raw.Content, nil, func(keys []any, value any) {
		text, ok := value.(string)
		if !ok || !strings.Contains(text, "${") {
			return
		}
		unknown := ""
		_, err := envsubst.Eval(text, func(name string) (string, bool) {
			_, ok := o.Build.variables[name]
			if !ok {
				unknown = name
			}
			return "x", ok
		})
		switch {
		case err == nil:
		case unknown == "":
			problems = append(problems, o.problem(fieldOf(keys), "Flux cannot put variables in: "+err.Error(), "write $${ where the text shall have ${"))
		default:
			whole := regexp.MustCompile(`\$\{` + unknown + `[^}]*}`).FindString(text)
			problems = append(problems, o.problem(fieldOf(keys), whole+" is not a variable of "+o.Build.Owner.String(),
				"write $"+whole+" if the text shall have it, or let postBuild have the variable"))
		}
	})
	return problems
}

// guarded are the texts with a guard that nobody takes away.
func (o *Object) guarded() diag.List {
	if !o.isACK() || !o.raw.Dollar || o.Build.variables != nil {
		return nil // values of a chart may well hold such a text
	}
	var problems diag.List
	walk(o.Content, nil, func(keys []any, value any) {
		if text, ok := value.(string); ok && strings.Contains(text, "$${") {
			problems = append(problems, o.problem(fieldOf(keys), "$${ stays as it is, because "+o.Build.Owner.String()+" puts in no variables", "write ${"))
		}
	})
	return problems
}
