package generate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	celgo "github.com/google/cel-go/cel"
	"github.com/google/cel-go/ext"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// The answers of a health check. Waiting is also the answer when an expression cannot be evaluated, as in
// Flux (Flux, Kustomization API: Health check expressions).
const (
	waiting = "waiting"
	failed  = "failed"
	current = "current"
)

// check is the expressions for a kind.
type check struct{ failed, current celgo.Program }

// environmentOfFlux has the names that are at the top of an object, as Flux gives them, and optional fields.
func environmentOfFlux(t *testing.T) *celgo.Env {
	t.Helper()
	options := []celgo.EnvOption{celgo.OptionalTypes(), celgo.CrossTypeNumericComparisons(true), ext.Strings(), ext.Sets(), ext.Encoders()}
	for _, name := range []string{"apiVersion", "kind", "metadata", "spec", "status", "data"} {
		options = append(options, celgo.Variable(name, celgo.DynType))
	}
	env, err := celgo.NewEnv(options...)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

func program(t *testing.T, env *celgo.Env, expression string) celgo.Program {
	t.Helper()
	ast, issues := env.Compile(expression)
	if issues.Err() != nil {
		t.Fatalf("%s\n%v", expression, issues.Err())
	}
	if kind := ast.OutputType(); !kind.IsExactType(celgo.BoolType) {
		t.Fatalf("%s\nis of type %s, not bool", expression, kind)
	}
	p, err := env.Program(ast)
	if err != nil {
		t.Fatalf("%s\n%v", expression, err)
	}
	return p
}

// checks compiles every health expression of every golden tree, by kind; a kind is asked the same everywhere.
func checks(t *testing.T) map[schema.GroupKind]check {
	t.Helper()
	env := environmentOfFlux(t)
	found := map[schema.GroupKind]check{}
	texts := map[schema.GroupKind]string{}
	for _, made := range trees(t) {
		for _, k := range made.chain() {
			for _, item := range k.list("spec", "healthCheckExprs") {
				kind := schema.FromAPIVersionAndKind(text(item, "apiVersion"), text(item, "kind")).GroupKind()
				all := text(item, "failed") + "\n" + text(item, "current")
				if other, ok := texts[kind]; ok && other != all {
					t.Errorf("%s is asked differently in %s of case %s:\n%s\n%s", kind, k.id(), made.Name, other, all)
				} else if ok {
					continue
				}
				texts[kind] = all
				c := check{current: program(t, env, text(item, "current"))}
				if text(item, "failed") != "" {
					c.failed = program(t, env, text(item, "failed"))
				}
				found[kind] = c
			}
		}
	}
	return found
}

// of answers as Flux does: failed goes before current.
func (c check) of(o map[string]any) string {
	for _, step := range []struct {
		program celgo.Program
		answer  string
	}{{c.failed, failed}, {c.current, current}} {
		if step.program == nil {
			continue
		}
		result, _, err := step.program.Eval(o)
		if err != nil {
			return waiting
		}
		if result.Value() == true {
			return step.answer
		}
	}
	return waiting
}

// TestHealth asks the expressions of the golden trees about objects as ACK, EKS and Kubernetes leave them.
func TestHealth(t *testing.T) {
	all := checks(t)
	eks, acm, iam, ec2 := "eks.services.k8s.aws", "acm.services.k8s.aws", "iam.services.k8s.aws", "ec2.services.k8s.aws"
	synced := "conditions: [{type: ACK.ReferencesResolved, status: 'True'}, {type: ACK.ResourceSynced, status: 'True'}]"
	unsynced := "conditions: [{type: ACK.ResourceSynced, status: 'False'}, {type: Ready, status: 'False'}]"
	recoverable := "conditions: [{type: ACK.Recoverable, status: 'True'}, {type: ACK.ResourceSynced, status: 'False'}]"
	syncedAt := func(at string) string {
		return "conditions: [{type: ACK.ResourceSynced, status: 'True', lastTransitionTime: '" + at + "'}]"
	}
	applied := func(manager, at string) string {
		return "{metadata: {managedFields: [{manager: controller, time: '2026-01-01T12:00:00Z'}, {manager: " + manager + ", time: '" + at + "'}]}, "
	}
	refused := "conditions: [{type: ACK.ResourceSynced, status: 'True'}, {type: ACK.Recoverable, status: 'True', message: no}]"
	notReady := "conditions: [{type: ACK.ResourceSynced, status: 'True'}, {type: Ready, status: 'False'}]"
	ready := "conditions: [{type: ACK.ResourceSynced, status: 'True'}, {type: ACK.Recoverable, status: 'False'}, {type: Ready, status: 'True'}]"
	notTerminal := "conditions: [{type: ACK.Terminal, status: 'False'}, {type: ACK.ResourceSynced, status: 'True'}]"
	terminal := "conditions: [{type: ACK.ResourceSynced, status: 'False'}, {type: ACK.Terminal, status: 'True', message: no such role}]"
	used := func(used, hard string) string {
		key := "count/helmreleases.helm.toolkit.fluxcd.io"
		return "status: {hard: {" + key + ": '" + hard + "'}, used: {" + key + ": '" + used + "'}}"
	}
	for name, c := range map[string]struct{ group, kind, object, want string }{
		"role, no status":        {iam, "Role", "spec: {}", waiting},
		"role, empty status":     {iam, "Role", "status: {}", waiting},
		"role, no conditions":    {iam, "Role", "status: {conditions: []}", waiting},
		"role, null conditions":  {iam, "Role", "status: {conditions: null}", waiting},
		"role, synced":           {iam, "Role", "status: {" + synced + "}", current},
		"role, not synced":       {iam, "Role", "status: {" + unsynced + "}", waiting},
		"role, recoverable":      {iam, "Role", "status: {" + recoverable + "}", waiting},
		"role, not terminal":     {iam, "Role", "status: {" + notTerminal + "}", current},
		"role, terminal":         {iam, "Role", "status: {" + terminal + "}", failed},
		"subnet, synced":         {ec2, "Subnet", "status: {" + synced + "}", current},
		"subnet, terminal":       {ec2, "Subnet", "status: {" + terminal + "}", failed},
		"endpoint, no status":    {ec2, "VPCEndpoint", "spec: {}", waiting},
		"endpoint, pending":      {ec2, "VPCEndpoint", "status: {state: pending, " + unsynced + "}", current},
		"endpoint, refused":      {ec2, "VPCEndpoint", "status: {state: pending, " + recoverable + "}", waiting},
		"endpoint, made":         {ec2, "VPCEndpoint", "status: {state: available, " + unsynced + "}", current},
		"endpoint, unresolved":   {ec2, "VPCEndpoint", "status: {state: available, conditions: [{type: ACK.ResourceSynced, status: Unknown}]}", waiting},
		"endpoint, rejected":     {ec2, "VPCEndpoint", "status: {state: rejected, " + synced + "}", waiting},
		"endpoint, synced":       {ec2, "VPCEndpoint", "status: {state: available, " + synced + "}", current},
		"endpoint, not accepted": {ec2, "VPCEndpoint", "status: {state: pendingAcceptance, " + unsynced + "}", waiting},
		"endpoint, terminal":     {ec2, "VPCEndpoint", "status: {" + terminal + "}", failed},
		"cluster, no status":     {eks, "Cluster", "spec: {}", waiting},
		"cluster, creating":      {eks, "Cluster", "status: {status: CREATING, " + unsynced + "}", waiting},
		"cluster, un-synced":     {eks, "Cluster", "status: {status: ACTIVE, " + unsynced + "}", waiting},
		"cluster, refused":       {eks, "Cluster", "status: {status: ACTIVE, " + refused + "}", waiting},
		"cluster, not ready":     {eks, "Cluster", "status: {status: ACTIVE, " + notReady + "}", waiting},
		"cluster, ready":         {eks, "Cluster", "status: {status: ACTIVE, " + ready + "}", current},
		"cluster, synced before": {eks, "Cluster", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {status: ACTIVE, " + syncedAt("2026-01-01T10:00:00Z") + "}}", waiting},
		"cluster, synced since":  {eks, "Cluster", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {status: ACTIVE, " + syncedAt("2026-01-01T11:00:00Z") + "}}", current},
		"cluster, of another":    {eks, "Cluster", applied("kubectl", "2026-01-01T11:00:00Z") + "status: {status: ACTIVE, " + syncedAt("2026-01-01T10:00:00Z") + "}}", current},
		"role, refused":          {iam, "Role", "status: {" + refused + "}", waiting},
		"role, not ready":        {iam, "Role", "status: {" + notReady + "}", waiting},
		"role, ready":            {iam, "Role", "status: {" + ready + "}", current},
		"add-on, refused":        {eks, "Addon", "status: {status: ACTIVE, " + refused + "}", waiting},
		"add-on, un-synced":      {eks, "Addon", "status: {status: ACTIVE, " + unsynced + "}", waiting},
		"certificate, refused":   {acm, "Certificate", "status: {status: ISSUED, " + refused + "}", waiting},
		"role, synced before":    {iam, "Role", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {" + syncedAt("2026-01-01T10:00:00Z") + "}}", waiting},
		"role, synced since":     {iam, "Role", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {" + syncedAt("2026-01-01T10:59:59Z") + "}}", current},
		"add-on, synced before":  {eks, "Addon", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {status: ACTIVE, " + syncedAt("2026-01-01T10:00:00Z") + "}}", waiting},
		"endpoint, made before":  {ec2, "VPCEndpoint", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {state: available, " + syncedAt("2026-01-01T10:00:00Z") + "}}", waiting},
		"endpoint, made since":   {ec2, "VPCEndpoint", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {state: available, " + syncedAt("2026-01-01T11:00:01Z") + "}}", current},
		"certificate, annotated": {acm, "Certificate", applied("kustomize-controller", "2026-01-01T11:00:00Z") + "status: {status: ISSUED, " + syncedAt("2026-01-01T10:00:00Z") + "}}", current},
		"cluster, active":        {eks, "Cluster", "status: {status: ACTIVE, " + synced + "}", current},
		"cluster, failed":        {eks, "Cluster", "status: {status: FAILED, " + synced + "}", failed},
		"cluster, terminal":      {eks, "Cluster", "status: {" + terminal + "}", failed},
		"entry, synced":          {eks, "AccessEntry", "status: {" + synced + "}", current},
		"association, no status": {eks, "PodIdentityAssociation", "spec: {}", waiting},
		"add-on, creating":       {eks, "Addon", "status: {status: CREATING, " + synced + "}", waiting},
		"add-on, active":         {eks, "Addon", "status: {status: ACTIVE, " + synced + "}", current},
		"add-on, degraded":       {eks, "Addon", "status: {status: DEGRADED, " + synced + "}", waiting},
		"add-on, failed":         {eks, "Addon", "status: {status: CREATE_FAILED, " + synced + "}", failed},
		"certificate, new":       {acm, "Certificate", "spec: {}", waiting},
		"certificate, pending":   {acm, "Certificate", "status: {status: PENDING_VALIDATION, " + unsynced + "}", current},
		"certificate, issued":    {acm, "Certificate", "status: {status: ISSUED, " + synced + "}", current},
		"certificate, failed":    {acm, "Certificate", "status: {status: FAILED, " + synced + "}", failed},
		"pool, no status":        {"karpenter.sh", "NodePool", "spec: {}", waiting},
		"pool, no conditions":    {"karpenter.sh", "NodePool", "status: {}", waiting},
		"pool, not ready":        {"karpenter.sh", "NodePool", "status: {conditions: [{type: Ready, status: 'False'}]}", waiting},
		"pool, class only":       {"karpenter.sh", "NodePool", "status: {conditions: [{type: NodeClassReady, status: 'True'}]}", waiting},
		"pool, ready":            {"karpenter.sh", "NodePool", "status: {conditions: [{type: Ready, status: 'True'}]}", current},
		"class, ready":           {"eks.amazonaws.com", "NodeClass", "status: {conditions: [{type: Ready, status: 'True'}]}", current},
		"class, unknown":         {"eks.amazonaws.com", "NodeClass", "status: {conditions: [{type: Ready, status: Unknown}]}", waiting},
		"facts, no data":         {"", "ConfigMap", "metadata: {name: cluster-facts}", waiting},
		"facts, empty":           {"", "ConfigMap", "{metadata: {name: cluster-facts}, data: {}}", waiting},
		"facts, empty issuer":    {"", "ConfigMap", "{metadata: {name: cluster-facts}, data: {OIDC_ISSUER: ''}}", waiting},
		"facts, other":           {"", "ConfigMap", "{metadata: {name: cluster-facts}, data: {VPC: vpc-0}}", waiting},
		"facts, issuer":          {"", "ConfigMap", "{metadata: {name: cluster-facts}, data: {OIDC_ISSUER: 'https://oidc.eks.eu-west-2.amazonaws.com/id/0'}}", current},
		"facts, no key":          {"", "ConfigMap", "metadata: {name: key-facts}", waiting},
		"facts, empty key":       {"", "ConfigMap", "{metadata: {name: key-facts}, data: {KMS_KEY_ARN: ''}}", waiting},
		"facts, key":             {"", "ConfigMap", "{metadata: {name: key-facts}, data: {KMS_KEY_ARN: 'arn:aws:kms:eu-west-2:111122223333:key/0'}}", current},
		"map of a user":          {"", "ConfigMap", "metadata: {name: settings}", current},
		"binary map of a user":   {"", "ConfigMap", "{metadata: {name: settings}, binaryData: {a: YQ==}}", current},
		"quota, no status":       {"", "ResourceQuota", "spec: {}", waiting},
		"quota, empty status":    {"", "ResourceQuota", "status: {}", waiting},
		"quota, not counted":     {"", "ResourceQuota", "status: {hard: {}, used: {}}", waiting},
		"quota, too many":        {"", "ResourceQuota", used("2", "1"), waiting},
		"quota, ten":             {"", "ResourceQuota", used("10", "9"), waiting},
		"quota, few":             {"", "ResourceQuota", used("1", "1"), current},
		"quota, none":            {"", "ResourceQuota", used("0", "1"), current},
	} {
		t.Run(name, func(t *testing.T) {
			asked, ok := all[schema.GroupKind{Group: c.group, Kind: c.kind}]
			if !ok {
				t.Fatalf("no golden tree asks about %s", c.kind)
			}
			var o map[string]any
			if err := yaml.Unmarshal([]byte(c.object), &o); err != nil {
				t.Fatal(err)
			}
			if got := asked.of(o); got != c.want {
				t.Errorf("%s is %s, want %s", c.object, got, c.want)
			}
		})
	}
}

// TestHealthOfGroups: with Flux 2.9 one expression stands for a group; kinds with expressions of their own keep
// them, because the expression with a kind goes first.
func TestHealthOfGroups(t *testing.T) {
	var kinds []string
	for _, k := range treeOf(t, "flux-2.9").chain() {
		for _, item := range k.list("spec", "healthCheckExprs") {
			if strings.HasSuffix(text(item, "apiVersion"), ".services.k8s.aws/v1alpha1") && text(item, "kind") != "" {
				kinds = append(kinds, text(item, "kind"))
			}
		}
	}
	slices.Sort(kinds)
	if want := []string{"Addon", "Capability", "Certificate", "Cluster", "VPCEndpoint"}; !slices.Equal(slices.Compact(kinds), want) {
		t.Errorf("these kinds of ACK have an expression of their own: %v, want %v", kinds, want)
	}
	for kind := range maps.Keys(checks(t)) {
		if kind.Kind == "" && !strings.HasSuffix(kind.Group, ".services.k8s.aws") {
			t.Errorf("the group %q has an expression for all of its kinds", kind.Group)
		}
	}
}
