package delivery

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	celgo "github.com/google/cel-go/cel"
	"github.com/google/cel-go/ext"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/schema"
)

// HealthCheck holds the expressions by which Flux knows that an object is ready to what they can mean.
func HealthCheck() check.Check {
	return check.Check{
		Name: "health",
		Doc:  "Health expressions are valid, cannot be true by accident, and exist for every kind that needs one.",
		Why: "Without an expression, Flux considers an ACK object ready as soon as it is stored, and the next stage starts " +
			"before anything exists in AWS. An expression with filter().all() is true for an object that has no " +
			"conditions yet, so that every new object counts as failed, or as ready.",
		Run: func(t *manifest.Tree) diag.List {
			env, err := fluxEnvironment()
			if err != nil {
				return diag.List{{Message: err.Error(), Hint: "this is a bug in gen; please report it"}}
			}
			var problems diag.List
			known := map[string]verdict{}
			for _, o := range t.Objects() {
				if o.IsFlux() {
					problems = append(problems, expressions(env, o, known)...)
				}
			}
			for _, b := range t.Builds {
				problems = append(problems, unasked(t, b)...)
			}
			return problems
		},
	}
}

// fluxEnvironment has the names that are at the top of an object, as Flux gives them, and optional fields
// (Flux, Kustomization API: Health check expressions).
func fluxEnvironment() (*celgo.Env, error) {
	options := []celgo.EnvOption{celgo.OptionalTypes(), celgo.CrossTypeNumericComparisons(true), ext.Strings(), ext.Sets(), ext.Encoders()}
	for _, name := range []string{"apiVersion", "kind", "metadata", "spec", "status", "data"} {
		options = append(options, celgo.Variable(name, celgo.DynType))
	}
	env, err := celgo.NewEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("make the environment of health expressions: %w", err)
	}
	return env, nil
}

// expressions checks each expression of a Kustomization. Few of them differ, so known has what was found of each text.
func expressions(env *celgo.Env, o *manifest.Object, known map[string]verdict) diag.List {
	var problems diag.List
	for i, item := range o.List("spec", "healthCheckExprs") {
		for _, key := range []string{"inProgress", "failed", "current"} {
			text := manifest.Field(item, key)
			if text == "" {
				continue
			}
			found, ok := known[text]
			if !ok {
				found = judge(env, text)
				known[text] = found
			}
			if found.message != "" {
				problems = append(problems, o.Problem(manifest.FieldOf([]any{"spec", "healthCheckExprs", i, key}), found.message, found.hint))
			}
		}
	}
	return problems
}

// verdict is what is wrong with an expression; both are empty if nothing is.
type verdict struct{ message, hint string }

func judge(env *celgo.Env, text string) verdict {
	ast, issues := env.Compile(text)
	switch {
	case issues.Err() != nil:
		return verdict{"the expression cannot be read: " + reason(issues), "correct it; Flux takes CEL, in which equal is =="}
	case !ast.OutputType().IsExactType(celgo.BoolType) && !ast.OutputType().IsExactType(celgo.DynType):
		return verdict{"the expression gives " + ast.OutputType().String() + ", not true or false", "compare it with something"}
	case regexp.MustCompile(`\.(filter\(.*\)\.all|all)\(`).MatchString(text):
		return verdict{"the expression is true for an object that has no conditions yet", "use exists() in place of all()"}
	}
	return verdict{}
}

// reason is the first fault that the compiler names.
func reason(issues *celgo.Issues) string {
	if all := issues.Errors(); len(all) > 0 {
		return strings.Join(strings.Fields(all[0].Message), " ")
	}
	return issues.Err().Error()
}

// unasked are the kinds of a build that have to be asked and are not.
func unasked(t *manifest.Tree, b *manifest.Build) diag.List {
	if b.Owner == nil || b.Owner.Value("spec", "wait") != true {
		return nil
	}
	asked := map[apischema.GroupKind]bool{}
	for _, item := range b.Owner.List("spec", "healthCheckExprs") {
		asked[apischema.FromAPIVersionAndKind(manifest.Field(item, "apiVersion"), manifest.Field(item, "kind")).GroupKind()] = true
	}
	var told []apischema.GroupKind
	var problems diag.List
	for _, o := range b.Objects {
		kind := o.Kind()
		if !needsExpression(kind) || !t.CRDs.Has(schema.KindOf(o.Content)) || asked[kind] || asked[apischema.GroupKind{Group: kind.Group}] || slices.Contains(told, kind) {
			continue
		}
		told = append(told, kind)
		problems = append(problems, b.Owner.Problem("spec.healthCheckExprs", "has no expression for "+kind.String()+", which Flux would take for ready at once",
			"add one; "+o.String()+" is such an object"))
	}
	return problems
}

// needsExpression reports whether Flux alone would take a new object of a kind for ready.
func needsExpression(kind apischema.GroupKind) bool {
	if kind.Group == manifest.ACKGroup {
		return false // a FieldExport is ready when the ConfigMap that it fills is
	}
	return strings.HasSuffix(kind.Group, ".services.k8s.aws") || kind.Group == manifest.KarpenterGroup || kind == apischema.GroupKind{Group: manifest.AutoGroup, Kind: "NodeClass"}
}
