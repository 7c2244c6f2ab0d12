package cluster

import (
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	"k8s.io/apimachinery/pkg/api/resource"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/instance"
)

const requirementsOfPool = "spec.template.spec.requirements"

// LaunchCheck finds pools that the API server takes and that never launch a node.
func LaunchCheck() check.Check {
	return check.Check{
		Name: "launch",
		Doc:  "Every node pool can launch a node: an instance type satisfies its requirements and limits, and Karpenter reads its budgets.",
		Why: "Karpenter reports only in events that no instance type is left, when pods are already waiting, and a schedule that it " +
			"cannot parse stops every replacement of the pool's nodes.",
		Run: func(t *manifest.Tree) diag.List {
			table, err := instance.Load()
			if err != nil {
				return diag.List{{Message: err.Error(), Hint: "this is a bug in gen; please report it"}}
			}
			var problems diag.List
			for _, pool := range t.OfKind(manifest.KarpenterGroup, "NodePool") {
				problems = append(problems, launch(pool, table, t.Places[pool.Home()].Region)...)
				problems = append(problems, reserved(t, pool)...)
				problems = append(problems, budgets(pool)...)
			}
			return problems
		},
	}
}

// launch asks the table of instance types.
func launch(o *manifest.Object, table *instance.Table, region string) diag.List {
	p := instance.Pool{Region: region, CPU: limit(o, "cpu"), Memory: limit(o, "memory"), Devices: deviceLimits(o)}
	for _, item := range o.List("spec", "template", "spec", "requirements") {
		fields, _ := item.(map[string]any)
		minValues, _ := fields["minValues"].(int64)
		p.Requirements = append(p.Requirements, instance.Requirement{
			Key: manifest.Field(item, "key"), Operator: manifest.Field(item, "operator"), Values: manifest.TextsOf(fields["values"]), MinValues: int(minValues),
		})
	}
	var problems diag.List
	for _, f := range table.Faults(p) {
		at := manifest.FieldOf([]any{"spec", "limits", f.Limit})
		if f.Limit == "" {
			at = requirementsOfPool
		}
		if len(f.Requirements) > 0 {
			at = fmt.Sprintf("%s[%d]", requirementsOfPool, f.Requirements[len(f.Requirements)-1])
		}
		problem := o.Problem(at, f.Text, f.Hint)
		if f.Unsure {
			problem = check.Warning(problem)
		}
		problems = append(problems, problem)
	}
	return problems
}

// limit is a limit of the pool; nil where it has none, and where it is no quantity, which is the schema's to say.
func limit(o *manifest.Object, name string) *resource.Quantity {
	value := o.Value("spec", "limits", name)
	if value == nil {
		return nil
	}
	q, err := resource.ParseQuantity(fmt.Sprint(value))
	if err != nil {
		return nil
	}
	return &q
}

// deviceLimits are the limits of devices, such as nvidia.com/gpu.
func deviceLimits(o *manifest.Object) map[string]resource.Quantity {
	devices := map[string]resource.Quantity{}
	limits, _ := o.Value("spec", "limits").(map[string]any)
	for name := range limits {
		if q := limit(o, name); q != nil && strings.Contains(name, "/") {
			devices[name] = *q
		}
	}
	return devices
}

// reserved: a pool for reserved capacity alone launches what its class selects, and nothing else (Karpenter, "NodeClasses",
// spec.capacityReservationSelectorTerms).
func reserved(t *manifest.Tree, pool *manifest.Object) diag.List {
	for i, item := range pool.List("spec", "template", "spec", "requirements") {
		fields, _ := item.(map[string]any)
		if manifest.Field(item, "key") != "karpenter.sh/capacity-type" || manifest.Field(item, "operator") != "In" || !slices.Equal(manifest.TextsOf(fields["values"]), []string{"reserved"}) {
			continue
		}
		name := pool.Text("spec", "template", "spec", "nodeClassRef", "name")
		for _, class := range t.Find(pool.Place(), apischema.GroupKind{Group: manifest.AutoGroup, Kind: "NodeClass"}, "", name) {
			if len(class.List("spec", "capacityReservationSelectorTerms")) == 0 {
				return diag.List{pool.Problem(fmt.Sprintf("%s[%d]", requirementsOfPool, i),
					fmt.Sprintf("asks for reserved capacity only, and %s selects none, so the pool never launches a node", class),
					"add spec.capacityReservationSelectorTerms to the class, or on-demand here")}
			}
		}
	}
	return nil
}

// budgets are those that Karpenter cannot read.
func budgets(o *manifest.Object) diag.List {
	var problems diag.List
	for i, item := range o.List("spec", "disruption", "budgets") {
		if fault, hint := config.ScheduleFault(manifest.Field(item, "schedule")); fault != "" {
			problems = append(problems, o.Problem(fmt.Sprintf("spec.disruption.budgets[%d].schedule", i), fault, hint))
		}
	}
	return problems
}
