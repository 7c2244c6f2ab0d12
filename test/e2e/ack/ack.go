// Package ack plays the part of the ACK controllers, against the AWS that the test plays: it sets finalizers and
// status as they do, resolves references, fulfils FieldExports, and retries. It is not ACK: that the real
// controllers accept what gen writes is shown by their CRDs alone.
package ack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/predicate"

	"eks-auto-gitops/test/e2e/aws"
)

// again is when a controller looks again at what was not possible. The real ones wait longer and longer.
const again = 300 * time.Millisecond

// Controllers are all ACK controllers of a hub.
type Controllers struct {
	client  client.Client
	aws     *aws.AWS
	options Options
	kinds   []schema.GroupVersionKind

	mu       sync.Mutex
	held     map[string]bool
	released map[aws.ID]bool
}

// New makes controllers that do not run yet.
func New() *Controllers {
	return &Controllers{held: map[string]bool{}, released: map[aws.ID]bool{}}
}

// Run starts controllers for every ACK kind that the hub knows, until the context ends.
func (c *Controllers) Run(ctx context.Context, hub *rest.Config, cloud *aws.AWS, options Options) error {
	manager, err := ctrl.NewManager(hub, ctrl.Options{
		Metrics:    server.Options{BindAddress: "0"},
		Controller: config.Controller{SkipNameValidation: new(true)},
	})
	if err != nil {
		return fmt.Errorf("start ACK: %w", err)
	}
	c.aws, c.options = cloud, options
	if c.client, err = client.New(hub, client.Options{}); err != nil {
		return fmt.Errorf("start ACK: %w", err)
	}
	kinds, err := Kinds(hub)
	if err != nil {
		return err
	}
	c.kinds = kinds
	for _, kind := range kinds {
		o := &unstructured.Unstructured{}
		o.SetGroupVersionKind(kind)
		r := &reconciler{Controllers: c, kind: kind}
		reconcile := r.Reconcile
		if kind.Kind == "FieldExport" {
			reconcile = r.export
		}
		if err := ctrl.NewControllerManagedBy(manager).Named(strings.ToLower(kind.Kind)).For(o).
			WithEventFilter(c.wakes(kind.Group)).Complete(reconcileFunc(reconcile)); err != nil {
			return fmt.Errorf("start ACK for %s: %w", kind.Kind, err)
		}
	}
	go manager.Start(ctx) //nolint:errcheck // what it could not do the scenarios see
	return nil
}

// wakes is what a controller looks at an object for. Status and labels alone do not wake it, and annotations only with a
// feature gate (ACK runtime, pkg/runtime/reconciler.go: BindControllerManager).
func (c *Controllers) wakes(group string) predicate.Predicate {
	if slices.Contains(c.options.Annotated, group) {
		return predicate.Or(predicate.GenerationChangedPredicate{}, predicate.AnnotationChangedPredicate{})
	}
	return predicate.GenerationChangedPredicate{}
}

type reconcileFunc func(context.Context, ctrl.Request) (ctrl.Result, error)

// Reconcile makes the function a reconciler.
func (f reconcileFunc) Reconcile(ctx context.Context, r ctrl.Request) (ctrl.Result, error) {
	return f(ctx, r)
}

// Kinds lists the ACK kinds that an API server knows.
func Kinds(hub *rest.Config) ([]schema.GroupVersionKind, error) {
	d, err := discovery.NewDiscoveryClientForConfig(hub)
	if err != nil {
		return nil, fmt.Errorf("find ACK's kinds: %w", err)
	}
	_, lists, err := d.ServerGroupsAndResources()
	if err != nil {
		return nil, fmt.Errorf("find ACK's kinds: %w", err)
	}
	var kinds []schema.GroupVersionKind
	for _, list := range lists {
		gv, err := schema.ParseGroupVersion(list.GroupVersion)
		if err != nil {
			return nil, fmt.Errorf("find ACK's kinds: %w", err)
		}
		for _, r := range list.APIResources {
			if strings.HasSuffix(gv.Group, "services.k8s.aws") && !strings.Contains(r.Name, "/") && r.Kind != "IAMRoleSelector" {
				kinds = append(kinds, gv.WithKind(r.Kind))
			}
		}
	}
	return kinds, nil
}

// Hold makes ACK leave the objects of a namespace alone, until they are released.
func (c *Controllers) Hold(namespace string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[namespace] = true
}

// Release lets ACK work on an object of a held namespace.
func (c *Controllers) Release(o client.Object) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.released[idOf(o)] = true
}

// ReleaseAll lets ACK work on all objects of a namespace again.
func (c *Controllers) ReleaseAll(namespace string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.held, namespace)
}

func (c *Controllers) holds(id aws.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held[id.Namespace] && !c.released[id]
}

func idOf(o client.Object) aws.ID {
	kind := o.GetObjectKind().GroupVersionKind()
	return aws.ID{Group: kind.Group, Kind: kind.Kind, Namespace: o.GetNamespace(), Name: o.GetName()}
}

// references lists the objects that a specification refers to: fields that end in Ref or Refs
// (ACK documentation: Cross-resource references). They are in the same namespace.
func references(namespace string, value any) []aws.ID {
	var ids []aws.ID
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			ids = append(ids, references(namespace, item)...)
		}
	case map[string]any:
		for field, item := range v {
			kind, isReference := kindOf(field)
			if !isReference {
				ids = append(ids, references(namespace, item)...)
				continue
			}
			list, ok := item.([]any)
			if !ok {
				list = []any{item}
			}
			for _, reference := range list {
				name, _, _ := unstructured.NestedString(reference.(map[string]any), "from", "name")
				ids = append(ids, aws.ID{Group: kind.Group, Kind: kind.Kind, Namespace: namespace, Name: name})
			}
		}
	}
	slices.SortFunc(ids, func(a, b aws.ID) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(ids)
}

// kindOf says which kind a reference field names.
func kindOf(field string) (schema.GroupKind, bool) {
	ec2 := func(kind string) (schema.GroupKind, bool) {
		return schema.GroupKind{Group: "ec2.services.k8s.aws", Kind: kind}, true
	}
	switch strings.TrimSuffix(strings.TrimSuffix(field, "Refs"), "Ref") {
	case field:
		return schema.GroupKind{}, false
	case "vpc":
		return ec2("VPC")
	case "subnet":
		return ec2("Subnet")
	case "routeTable":
		return ec2("RouteTable")
	case "gateway":
		return ec2("InternetGateway")
	case "natGateway":
		return ec2("NATGateway")
	case "allocation":
		return ec2("ElasticIPAddress")
	case "securityGroup":
		return ec2("SecurityGroup")
	case "role":
		return schema.GroupKind{Group: "iam.services.k8s.aws", Kind: "Role"}, true
	case "key", "targetKey":
		return schema.GroupKind{Group: "kms.services.k8s.aws", Kind: "Key"}, true
	case "hostedZone":
		return schema.GroupKind{Group: "route53.services.k8s.aws", Kind: "HostedZone"}, true
	default:
		return schema.GroupKind{Kind: "unknown: " + field}, true // AWS will say that it does not exist
	}
}
