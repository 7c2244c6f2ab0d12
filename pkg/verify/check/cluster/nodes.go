package cluster

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"

	apischema "k8s.io/apimachinery/pkg/runtime/schema"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// longestLife is how long a node of Auto Mode may be there, its end included (Amazon EKS User Guide, "Learn about Amazon
// EKS Auto Mode managed instances").
const longestLife = 21 * 24 * time.Hour

// NodesCheck holds node pools and classes to what Auto Mode makes of Karpenter.
func NodesCheck() check.Check {
	return check.Check{
		Name: "nodes",
		Doc:  "Node pools and classes use only what Auto Mode supports of Karpenter: its class, its labels, its limits.",
		Why: "Auto Mode is Karpenter with its own node class and labels. A pool with those of Karpenter's EC2 provider is stored " +
			"and never launches a node. Where two pools fit the same pods, Karpenter's choice is undefined; set weight.",
		Run: func(t *manifest.Tree) diag.List {
			var problems diag.List
			seen := map[string][]*manifest.Object{}
			for _, pool := range t.OfKind(manifest.KarpenterGroup, "NodePool") {
				problems = append(problems, poolClass(t, pool)...)
				problems = append(problems, poolLabels(pool)...)
				problems = append(problems, lifetime(pool)...)
				problems = append(problems, labelled(t, pool)...)
				problems = append(problems, samePods(pool, seen[pool.Place()])...)
				seen[pool.Place()] = append(seen[pool.Place()], pool)
			}
			for _, class := range t.OfKind(manifest.AutoGroup, "NodeClass") {
				problems = append(problems, nodeClass(class)...)
				problems = append(problems, advanced(class)...)
				problems = append(problems, selected(t, class)...)
			}
			for _, class := range t.OfKind("karpenter.k8s.aws", "EC2NodeClass") {
				problems = append(problems, class.Problem("kind", "is a class of Karpenter on EC2, which Auto Mode does not have", "write a NodeClass of eks.amazonaws.com/v1"))
			}
			return problems
		},
	}
}

// poolClass checks the name of a pool and the class that it refers to.
func poolClass(t *manifest.Tree, pool *manifest.Object) diag.List {
	var problems diag.List
	cluster := t.EKSCluster(pool)
	if slices.Contains(config.BuiltInPools(), pool.Name()) && (cluster == nil || slices.Contains(cluster.Texts("spec", "computeConfig", "nodePools"), pool.Name())) {
		problems = append(problems, pool.Problem("metadata.name", "is the name of a pool that EKS makes", "take another name, or name it in spec.computeConfig.nodePools of the Cluster"))
	}
	const at = "spec.template.spec.nodeClassRef"
	ref := pool.Value(manifest.KeysOf(at)...)
	if kind := manifest.Field(ref, "kind"); kind != "NodeClass" && kind != "" {
		problems = append(problems, pool.Problem(at+".kind", kind+" is a class of Karpenter on EC2, which Auto Mode does not have", "write group eks.amazonaws.com and kind NodeClass"))
	}
	if manifest.Field(ref, "name") == "default" && cluster != nil && len(cluster.Texts("spec", "computeConfig", "nodePools")) == 0 {
		problems = append(problems, pool.Problem(at+".name", "EKS makes the class default with pools of its own only, and "+cluster.String()+" has none", "name a NodeClass that is in the tree"))
	}
	return problems
}

// poolLabels are the labels that a pool asks for or sets. Those that Karpenter's own rules refuse are the schema's.
func poolLabels(o *manifest.Object) diag.List {
	var problems diag.List
	fault := func(at, key string) {
		text, hint := config.RequirementFault(key)
		if text == "" || strings.Contains(key, "karpenter.sh/") || key == "kubernetes.io/hostname" {
			return
		}
		p := o.Problem(at, text, hint)
		if strings.HasPrefix(key, manifest.AutoGroup+"/") && !strings.HasPrefix(hint, "did you mean") {
			p = check.Warning(p) // it may be one that is newer than the table
		}
		problems = append(problems, p)
	}
	for i, item := range o.List("spec", "template", "spec", "requirements") {
		fields, _ := item.(map[string]any)
		if values := manifest.TextsOf(fields["values"]); manifest.Field(item, "key") == "kubernetes.io/os" && slices.Equal(values, []string{"linux"}) {
			continue // it says nothing, and EKS's own pools say it too
		}
		fault(fmt.Sprintf("spec.template.spec.requirements[%d].key", i), manifest.Field(item, "key"))
	}
	labels, _ := o.Value("spec", "template", "metadata", "labels").(map[string]any)
	for key := range labels {
		fault(manifest.FieldOf([]any{"spec", "template", "metadata", "labels", key}), key)
	}
	return problems
}

// labelled are the labels of a pool that say something else than the tags of the same name of its class: whoever counts
// costs by the one does not find the other.
func labelled(t *manifest.Tree, pool *manifest.Object) diag.List {
	name := pool.Text("spec", "template", "spec", "nodeClassRef", "name")
	labels, _ := pool.Value("spec", "template", "metadata", "labels").(map[string]any)
	var problems diag.List
	for _, class := range t.Find(pool.Place(), apischema.GroupKind{Group: manifest.AutoGroup, Kind: "NodeClass"}, "", name) {
		tags, _ := class.Value("spec", "tags").(map[string]any)
		for tag := range tags {
			for key := range labels {
				value, other := manifest.Field(labels, key), manifest.Field(tags, tag)
				if strings.EqualFold(key, tag) && value != other {
					problems = append(problems, check.Warning(pool.Problem(manifest.FieldOf([]any{"spec", "template", "metadata", "labels", key}),
						fmt.Sprintf("is %s, but the tag %s of %s is %s", value, tag, class, other), "write the same in both")))
				}
			}
		}
	}
	return problems
}

// lifetime is how long the nodes of a pool may live.
func lifetime(o *manifest.Object) diag.List {
	const at = "spec.template.spec.expireAfter"
	life := o.Text(manifest.KeysOf(at)...)
	expire, err := time.ParseDuration(life)
	grace, _ := time.ParseDuration(o.Text("spec", "template", "spec", "terminationGracePeriod")) // 0 where there is none
	if life != "Never" && (err != nil || expire+grace <= longestLife) {
		return nil
	}
	return diag.List{o.Problem(at, fmt.Sprintf("is %s, but Auto Mode ends every node after %s, its grace period included", life, "504h"), "write at most 504h together with terminationGracePeriod")}
}

// samePods is another pool of the cluster that makes the same nodes for the same pods, at the same weight (Karpenter,
// NodePools, weight).
func samePods(o *manifest.Object, others []*manifest.Object) diag.List {
	fits := func(pool *manifest.Object) any {
		requirements := slices.SortedFunc(slices.Values(pool.List("spec", "template", "spec", "requirements")), func(a, b any) int { return cmp.Compare(manifest.Field(a, "key"), manifest.Field(b, "key")) })
		return []any{pool.Value("spec", "template", "spec", "nodeClassRef"), requirements, pool.Value("spec", "weight"), pool.Value("spec", "replicas")}
	}
	if len(o.List("spec", "template", "spec", "taints")) > 0 {
		return nil
	}
	for _, other := range others {
		if len(other.List("spec", "template", "spec", "taints")) == 0 && reflect.DeepEqual(fits(o), fits(other)) {
			return diag.List{check.Warning(o.Problem("metadata.name", other.String()+" makes the same nodes for the same pods", "give one of the two a weight, a taint or another requirement"))}
		}
	}
	return nil
}

// nodeClass checks what the CRD of a NodeClass leaves open.
func nodeClass(o *manifest.Object) diag.List {
	var problems diag.List
	if o.Name() == "default" {
		problems = append(problems, o.Problem("metadata.name", "default is the class of the pools that EKS makes, and EKS would change it back", "take another name"))
	}
	role := o.Text("spec", "role")
	if strings.ContainsAny(role, "/:") {
		problems = append(problems, o.Problem("spec.role", role+" is not the name of a role", "write "+role[strings.LastIndexAny(role, "/:")+1:]+"; a role with a path cannot be used"))
	}
	for i, term := range o.List("spec", "subnetSelectorTerms") {
		fields, _ := term.(map[string]any)
		tags, _ := fields["tags"].(map[string]any)
		if tags["kubernetes.io/role/elb"] == nil || !o.Build.Patched {
			continue
		}
		p := o.Problem(manifest.FieldOf([]any{"spec", "subnetSelectorTerms", i, "tags", "kubernetes.io/role/elb"}),
			"puts nodes into public subnets", "select kubernetes.io/role/internal-elb, or say subnets: public in clusters.yaml if that is meant")
		if manifest.ByUser(p.File) {
			problems = append(problems, check.Warning(p))
		}
	}
	return problems
}
