package verify

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// longestLife is how long a node of Auto Mode may be there, its end included (Amazon EKS User Guide, "Learn about Amazon
// EKS Auto Mode managed instances").
const longestLife = 21 * 24 * time.Hour

// nodesCheck holds node pools and classes to what Auto Mode makes of Karpenter.
func nodesCheck() Check {
	return Check{
		Name: "nodes",
		Doc:  "Node pools and classes use what Auto Mode has of Karpenter: its class, its labels, its limits.",
		Why: "Auto Mode is Karpenter with a node class and labels of its own. A pool with those of Karpenter on EC2 is stored " +
			"and never makes a node. Where two pools fit the same pods, which one grows is by chance.",
		Run: func(t *Tree) diag.List {
			var problems diag.List
			seen := map[string][]*Object{}
			for _, pool := range t.kind(karpenterGroup, "NodePool") {
				problems = append(problems, t.poolClass(pool)...)
				problems = append(problems, pool.poolLabels()...)
				problems = append(problems, pool.lifetime()...)
				problems = append(problems, t.labelled(pool)...)
				problems = append(problems, pool.samePods(seen[pool.Place()])...)
				seen[pool.Place()] = append(seen[pool.Place()], pool)
			}
			for _, class := range t.kind(autoGroup, "NodeClass") {
				problems = append(problems, class.nodeClass()...)
			}
			for _, class := range t.kind("karpenter.k8s.aws", "EC2NodeClass") {
				problems = append(problems, class.problem("kind", "is a class of Karpenter on EC2, which Auto Mode does not have", "write a NodeClass of eks.amazonaws.com/v1"))
			}
			return problems
		},
	}
}

// poolClass checks the name of a pool and the class that it refers to.
func (t *Tree) poolClass(pool *Object) diag.List {
	var problems diag.List
	if slices.Contains(config.BuiltInPools(), pool.Name()) {
		problems = append(problems, pool.problem("metadata.name", "is the name of a pool that EKS makes", "take another name, or name it in spec.computeConfig.nodePools of the Cluster"))
	}
	const at = "spec.template.spec.nodeClassRef"
	ref := pool.value(keysOf(at)...)
	if kind := field(ref, "kind"); kind != "NodeClass" && kind != "" {
		problems = append(problems, pool.problem(at+".kind", kind+" is a class of Karpenter on EC2, which Auto Mode does not have", "write group eks.amazonaws.com and kind NodeClass"))
	}
	cluster := t.eksCluster(pool)
	if field(ref, "name") == "default" && cluster != nil && len(cluster.texts("spec", "computeConfig", "nodePools")) == 0 {
		problems = append(problems, pool.problem(at+".name", "EKS makes the class default with pools of its own only, and "+cluster.String()+" has none", "name a NodeClass that is in the tree"))
	}
	return problems
}

// poolLabels are the labels that a pool asks for or sets. Those that Karpenter's own rules refuse are the schema's.
func (o *Object) poolLabels() diag.List {
	var problems diag.List
	fault := func(at, key string) {
		text, hint := config.RequirementFault(key)
		if text == "" || strings.Contains(key, "karpenter.sh/") || key == "kubernetes.io/hostname" {
			return
		}
		p := o.problem(at, text, hint)
		if strings.HasPrefix(key, autoGroup+"/") && !strings.HasPrefix(hint, "did you mean") {
			p = warning(p) // it may be one that is newer than the table
		}
		problems = append(problems, p)
	}
	for i, item := range o.list("spec", "template", "spec", "requirements") {
		fields, _ := item.(map[string]any)
		if values := oneOrMany(fields["values"]); field(item, "key") == "kubernetes.io/os" && slices.Equal(values, []string{"linux"}) {
			continue // it says nothing, and EKS's own pools say it too
		}
		fault(fmt.Sprintf("spec.template.spec.requirements[%d].key", i), field(item, "key"))
	}
	labels, _ := o.value("spec", "template", "metadata", "labels").(map[string]any)
	for key := range labels {
		fault(fieldOf([]any{"spec", "template", "metadata", "labels", key}), key)
	}
	return problems
}

// labelled are the labels of a pool that say something else than the tags of the same name of its class: whoever counts
// costs by the one does not find the other.
func (t *Tree) labelled(pool *Object) diag.List {
	name := pool.text("spec", "template", "spec", "nodeClassRef", "name")
	labels, _ := pool.value("spec", "template", "metadata", "labels").(map[string]any)
	var problems diag.List
	for _, class := range t.find(pool.Place(), apischema.GroupKind{Group: autoGroup, Kind: "NodeClass"}, "", name) {
		tags, _ := class.value("spec", "tags").(map[string]any)
		for tag := range tags {
			for key := range labels {
				value, other := field(labels, key), field(tags, tag)
				if strings.EqualFold(key, tag) && value != other {
					problems = append(problems, warning(pool.problem(fieldOf([]any{"spec", "template", "metadata", "labels", key}),
						fmt.Sprintf("is %s, but the tag %s of %s is %s", value, tag, class, other), "write the same in both")))
				}
			}
		}
	}
	return problems
}

// lifetime is how long the nodes of a pool may live.
func (o *Object) lifetime() diag.List {
	const at = "spec.template.spec.expireAfter"
	life := o.text(keysOf(at)...)
	expire, err := time.ParseDuration(life)
	grace, _ := time.ParseDuration(o.text("spec", "template", "spec", "terminationGracePeriod")) // 0 where there is none
	if life != "Never" && (err != nil || expire+grace <= longestLife) {
		return nil
	}
	return diag.List{o.problem(at, fmt.Sprintf("is %s, but Auto Mode ends every node after %s, its grace period included", life, "504h"), "write at most 504h together with terminationGracePeriod")}
}

// samePods is another pool of the cluster that makes the same nodes for the same pods, at the same weight (Karpenter,
// NodePools, weight).
func (o *Object) samePods(others []*Object) diag.List {
	fits := func(pool *Object) any {
		requirements := slices.SortedFunc(slices.Values(pool.list("spec", "template", "spec", "requirements")), func(a, b any) int { return cmp.Compare(field(a, "key"), field(b, "key")) })
		return []any{pool.value("spec", "template", "spec", "nodeClassRef"), requirements, pool.value("spec", "weight")}
	}
	if len(o.list("spec", "template", "spec", "taints")) > 0 {
		return nil
	}
	for _, other := range others {
		if len(other.list("spec", "template", "spec", "taints")) == 0 && reflect.DeepEqual(fits(o), fits(other)) {
			return diag.List{warning(o.problem("metadata.name", other.String()+" makes the same nodes for the same pods", "give one of the two a weight, a taint or another requirement"))}
		}
	}
	return nil
}

// nodeClass checks what the CRD of a NodeClass leaves open.
func (o *Object) nodeClass() diag.List {
	var problems diag.List
	if o.Name() == "default" {
		problems = append(problems, o.problem("metadata.name", "default is the class of the pools that EKS makes, and EKS would change it back", "take another name"))
	}
	role := o.text("spec", "role")
	if strings.ContainsAny(role, "/:") {
		problems = append(problems, o.problem("spec.role", role+" is not the name of a role", "write "+role[strings.LastIndexAny(role, "/:")+1:]+"; a role with a path cannot be used"))
	}
	for i, term := range o.list("spec", "subnetSelectorTerms") {
		fields, _ := term.(map[string]any)
		tags, _ := fields["tags"].(map[string]any)
		if tags["kubernetes.io/role/elb"] == nil || !o.Build.patched {
			continue
		}
		p := o.problem(fieldOf([]any{"spec", "subnetSelectorTerms", i, "tags", "kubernetes.io/role/elb"}),
			"puts nodes into public subnets", "select kubernetes.io/role/internal-elb, or say subnets: public in clusters.yaml if that is meant")
		if byUser(p.File) {
			problems = append(problems, warning(p))
		}
	}
	return problems
}
