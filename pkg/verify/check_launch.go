package verify

import (
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/instance"
)

const requirementsOfPool = "spec.template.spec.requirements"

// launchCheck finds pools that the API server takes and that never launch a node.
func launchCheck() Check {
	return Check{
		Name: "launch",
		Doc:  "Every node pool can launch a node: an instance type satisfies its requirements and limits, and Karpenter reads its budgets.",
		Why: "Karpenter says that no instance type is left in its events only, when pods wait already, and a schedule that it " +
			"cannot read stops every replacement of the pool's nodes.",
		Run: func(t *Tree) diag.List {
			table, err := instance.Load()
			if err != nil {
				return diag.List{{Message: err.Error(), Hint: "this is a fault of gen itself; please report it"}}
			}
			var problems diag.List
			for _, pool := range t.kind(karpenterGroup, "NodePool") {
				problems = append(problems, pool.launch(table, t.places[pool.home()].Region)...)
				problems = append(problems, t.reserved(pool)...)
				problems = append(problems, pool.budgets()...)
			}
			return problems
		},
	}
}

// launch asks the table of instance types.
func (o *Object) launch(table *instance.Table, region string) diag.List {
	p := instance.Pool{Region: region, CPU: o.limit("cpu"), Memory: o.limit("memory")}
	for _, item := range o.list("spec", "template", "spec", "requirements") {
		fields, _ := item.(map[string]any)
		minValues, _ := fields["minValues"].(int64)
		p.Requirements = append(p.Requirements, instance.Requirement{
			Key: field(item, "key"), Operator: field(item, "operator"), Values: oneOrMany(fields["values"]), MinValues: int(minValues),
		})
	}
	var problems diag.List
	for _, f := range table.Faults(p) {
		at := "spec.limits." + f.Limit
		if f.Limit == "" {
			at = requirementsOfPool
		}
		if len(f.Requirements) > 0 {
			at = fmt.Sprintf("%s[%d]", requirementsOfPool, f.Requirements[len(f.Requirements)-1])
		}
		problem := o.problem(at, f.Text, f.Hint)
		if f.Unsure {
			problem = warning(problem)
		}
		problems = append(problems, problem)
	}
	return problems
}

// limit is a limit of the pool; nil where it has none, and where it is no quantity, which is the schema's to say.
func (o *Object) limit(name string) *resource.Quantity {
	value := o.value("spec", "limits", name)
	if value == nil {
		return nil
	}
	q, err := resource.ParseQuantity(fmt.Sprint(value))
	if err != nil {
		return nil
	}
	return &q
}

// reserved: a pool for reserved capacity alone launches what its class selects, and nothing else (Karpenter, "NodeClasses",
// spec.capacityReservationSelectorTerms).
func (t *Tree) reserved(pool *Object) diag.List {
	for i, item := range pool.list("spec", "template", "spec", "requirements") {
		fields, _ := item.(map[string]any)
		if field(item, "key") != "karpenter.sh/capacity-type" || field(item, "operator") != "In" || !slices.Equal(oneOrMany(fields["values"]), []string{"reserved"}) {
			continue
		}
		name := pool.text("spec", "template", "spec", "nodeClassRef", "name")
		for _, class := range t.find(pool.place(), apischema.GroupKind{Group: autoGroup, Kind: "NodeClass"}, "", name) {
			if len(class.list("spec", "capacityReservationSelectorTerms")) == 0 {
				return diag.List{pool.problem(fmt.Sprintf("%s[%d]", requirementsOfPool, i),
					fmt.Sprintf("asks for reserved capacity only, and %s selects none, so the pool never launches a node", class),
					"add spec.capacityReservationSelectorTerms to the class, or on-demand here")}
			}
		}
	}
	return nil
}

// budgets are those that Karpenter cannot read.
func (o *Object) budgets() diag.List {
	var problems diag.List
	for i, item := range o.list("spec", "disruption", "budgets") {
		if fault, hint := config.ScheduleFault(field(item, "schedule")); fault != "" {
			problems = append(problems, o.problem(fmt.Sprintf("spec.disruption.budgets[%d].schedule", i), fault, hint))
		}
	}
	return problems
}
