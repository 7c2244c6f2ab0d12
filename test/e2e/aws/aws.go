// Package aws plays AWS, as far as the test needs it: it remembers what the ACK controllers made, refuses what
// AWS refuses, has an API server for each EKS cluster, and knows who may enter it. Nothing of it is AWS's.
package aws

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// ID names an AWS object by the ACK object that it was made from.
type ID struct{ Group, Kind, Namespace, Name string }

func (i ID) String() string { return i.Kind + "/" + i.Namespace + "/" + i.Name }

// Object is what ACK asks AWS for.
type Object struct {
	ID
	Account, Region string
	Spec            map[string]any
	// Needs are the objects that the specification refers to.
	Needs []ID
}

// Invalid is AWS's answer to a request that can never succeed as it is.
type Invalid struct{ Message string }

func (e *Invalid) Error() string { return e.Message }

// ControlPlane starts the API server of an EKS cluster.
type ControlPlane interface {
	Start(ctx context.Context, cluster string) (endpoint string, ca []byte, err error)
	Stop(cluster string)
}

// AWS is all accounts and regions.
type AWS struct {
	ctx    context.Context //nolint:containedctx // that of the whole test: clusters outlive the request that makes them
	planes ControlPlane

	mu       sync.Mutex
	objects  map[ID]Object
	clusters map[string]*cluster
	rules    map[string]Rule
	refusals []string
}

// Rule says why AWS does not make an object, or "".
type Rule func(Object) string

// New makes an empty AWS.
func New(ctx context.Context, planes ControlPlane) *AWS {
	return &AWS{ctx: ctx, planes: planes, objects: map[ID]Object{}, clusters: map[string]*cluster{}, rules: map[string]Rule{}}
}

// Refuse adds a rule of a name, or takes it away again if it is nil.
func (a *AWS) Refuse(name string, rule Rule) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.rules, name)
	if rule != nil {
		a.rules[name] = rule
	}
}

// Put makes or changes an object and returns the status that ACK reads back. An object in the making has no
// error and is not ready.
func (a *AWS) Put(o Object) (status map[string]any, ready bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, rule := range a.rules {
		if message := rule(o); message != "" {
			return nil, false, &Invalid{Message: message}
		}
	}
	for _, id := range o.Needs {
		if _, ok := a.objects[id]; !ok {
			return nil, false, fmt.Errorf("%s does not exist", id)
		}
	}
	a.objects[o.ID] = o
	status, ready = map[string]any{}, true
	switch o.Kind {
	case "Cluster":
		status, ready = a.cluster(o)
	case "Certificate":
		status["status"] = "PENDING_VALIDATION" // until somebody delegates the zone
	case "Addon":
		status["status"] = "ACTIVE"
	}
	status["ackResourceMetadata"] = map[string]any{
		"arn":            fmt.Sprintf("arn:aws:%s:%s:%s:%s/%s", strings.SplitN(o.Group, ".", 2)[0], o.Region, o.Account, strings.ToLower(o.Kind), o.Name),
		"ownerAccountID": o.Account, "region": o.Region,
	}
	return status, ready, nil
}

// Delete deletes an object. AWS refuses to while another object is in it, or while it is protected.
func (a *AWS) Delete(id ID) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	err := a.delete(id)
	if err != nil {
		a.refusals = append(a.refusals, err.Error())
	}
	return err
}

// Refusals lists why AWS refused to delete something, each time that it did.
func (a *AWS) Refusals() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.refusals)
}

func (a *AWS) delete(id ID) error {
	o, ok := a.objects[id]
	if !ok {
		return nil
	}
	if id.Group == "ec2.services.k8s.aws" { // roles, keys and so on may go first
		for other := range maps.Values(a.objects) {
			if slices.Contains(other.Needs, id) {
				return fmt.Errorf("DependencyViolation: %s is in use by %s", id, other.ID)
			}
		}
	}
	if id.Kind == "Cluster" {
		if protected, _ := o.Spec["deletionProtection"].(bool); protected {
			return fmt.Errorf("InvalidRequestException: deletion protection of %s is on", id)
		}
		a.deleteCluster(id.Name)
	}
	delete(a.objects, id)
	return nil
}

// Objects lists what there is of a namespace on the hub, sorted.
func (a *AWS) Objects(namespace string) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var names []string
	for id := range a.objects {
		if id.Namespace == namespace {
			names = append(names, id.Kind+"/"+id.Name)
		}
	}
	slices.Sort(names)
	return names
}
