// Package aws plays AWS, as far as the test needs it: it remembers what the ACK controllers made, refuses what
// AWS refuses, has an API server for each EKS cluster, and knows who may enter it. Nothing of it is AWS's.
package aws

import (
	"context"
	"crypto/rsa"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// ID names an AWS object by the ACK object that it was made from.
type ID struct{ Group, Kind, Namespace, Name string }

func (i ID) String() string { return i.Kind + "/" + i.Namespace + "/" + i.Name }

// Object is what ACK asks AWS for. Its account is that of the caller.
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

// ControlPlane starts the API server of an EKS cluster, which its ARN names.
type ControlPlane interface {
	Start(ctx context.Context, arn string) (endpoint string, ca []byte, err error)
	Stop(arn string)
}

// AWS is all accounts and regions.
type AWS struct {
	ctx    context.Context //nolint:containedctx // that of the whole test: clusters outlive the request that makes them
	planes ControlPlane

	mu        sync.Mutex
	objects   map[ID]Object
	clusters  map[string]*cluster
	roles     map[string]Role
	providers map[string]bool
	sessions  map[string]*Session
	issuers   issuers
	rules     map[string]Rule
	refusals  []string
	calls     []string
	denials   []string
}

// Rule says why AWS does not make an object, or "".
type Rule func(Object) string

// New makes an empty AWS, which reads the keys of OpenID Connect issuers with fetch.
func New(ctx context.Context, planes ControlPlane, fetch Fetch) *AWS {
	return &AWS{
		ctx: ctx, planes: planes, objects: map[ID]Object{}, clusters: map[string]*cluster{}, rules: map[string]Rule{},
		roles: map[string]Role{}, providers: map[string]bool{}, sessions: map[string]*Session{},
		issuers: issuers{fetch: fetch, keys: map[string]map[string]*rsa.PublicKey{}},
	}
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

// Put makes or changes an object in the account of a session and returns the status that ACK reads back. An object
// in the making has no error and is not ready.
func (a *AWS) Put(s *Session, o Object) (status map[string]any, ready bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o.Account = s.Account
	if err := a.mayChange(s, "Create", o); err != nil {
		return nil, false, err
	}
	for _, rule := range a.rules {
		if message := rule(o); message != "" {
			return nil, false, &Invalid{Message: message}
		}
	}
	for _, id := range o.Needs {
		if other, ok := a.objects[id]; !ok || other.Account != o.Account {
			return nil, false, fmt.Errorf("%s does not exist in account %s", id, o.Account)
		}
	}
	if other := a.named(o); other != nil && other.ID != o.ID {
		return nil, false, fmt.Errorf("ResourceAlreadyExistsException: %s is there already", other.name())
	}
	if o.Kind == "Cluster" {
		if message := invalidCluster(o); message != "" {
			return nil, false, &Invalid{Message: message}
		}
		o = asReturned(o)
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
	case "VPCEndpoint":
		status["state"] = "available"
	}
	status["ackResourceMetadata"] = map[string]any{"arn": o.arn(), "ownerAccountID": o.Account, "region": o.Region}
	return status, ready, nil
}

// arn is the ARN of an object. KMS gives a key an id of its own, others are called as ACK calls them.
func (o Object) arn() string {
	id := strings.ToLower(o.Kind) + "/" + o.Name
	if o.Kind == "Key" {
		h := sha256.Sum256([]byte(o.Account + o.Region + o.String()))
		id = fmt.Sprintf("key/%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
	}
	return fmt.Sprintf("arn:aws:%s:%s:%s:%s", o.service(), o.Region, o.Account, id)
}

// service is the prefix of the service's actions and ARNs (Service Authorization Reference).
func (i ID) service() string {
	service, _, _ := strings.Cut(i.Group, ".")
	if service == "cloudwatchlogs" {
		return "logs"
	}
	return service
}

// mayChange is nil when a session may make or delete an object (Service Authorization Reference). Most actions are
// called after ACK's kinds. Resources are compared where the test knows the ARN. a.mu is held.
func (a *AWS) mayChange(s *Session, verb string, o Object) error {
	action := verb + o.Kind
	if other, ok := map[string]string{
		"CreateCertificate": "RequestCertificate", "CreateRecordSet": "ChangeResourceRecordSets", "DeleteRecordSet": "ChangeResourceRecordSets",
		"CreateElasticIPAddress": "AllocateAddress", "DeleteElasticIPAddress": "ReleaseAddress", "DeleteKey": "ScheduleKeyDeletion",
		"DeleteVPCEndpoint": "DeleteVpcEndpoints",
	}[action]; ok {
		action = other
	}
	resource := ""
	switch {
	case o.Spec == nil: // it is not there
	case o.Kind == "Role":
		resource = roleARN(o)
	case o.Kind == "OpenIDConnectProvider":
		url, _ := o.Spec["url"].(string)
		resource = providerARN(o.Account, url)
	case o.Kind == "Cluster":
		resource = clusterARN(o.Region, o.Account, o.Name)
	}
	return a.may(s, o.service()+":"+action, resource)
}

// Delete deletes an object of the session's account. AWS refuses to while another object is in it, or while it is
// protected. An object of another account it does not know.
func (a *AWS) Delete(s *Session, id ID) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, there := a.objects[id]
	if there = there && o.Account == s.Account; !there {
		o = Object{ID: id, Account: s.Account}
	}
	if err := a.mayChange(s, "Delete", o); err != nil || !there {
		return err
	}
	err := a.delete(o)
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

// note remembers why somebody was not let in.
func (a *AWS) note(denial string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.denials = append(a.denials, denial)
}

// Denials lists whom STS and the clusters have not let in, and why, the last ones of many.
func (a *AWS) Denials() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.denials[max(0, len(a.denials)-20):])
}

func (a *AWS) delete(o Object) error {
	if o.Group == "ec2.services.k8s.aws" { // roles, keys and so on may go first
		for other := range maps.Values(a.objects) {
			if slices.Contains(other.Needs, o.ID) {
				return fmt.Errorf("DependencyViolation: %s is in use by %s", o.ID, other.ID)
			}
		}
	}
	if o.Kind == "Cluster" {
		if protected, _ := o.Spec["deletionProtection"].(bool); protected {
			return fmt.Errorf("InvalidRequestException: deletion protection of %s is on", o.ID)
		}
		a.deleteCluster(o)
	}
	delete(a.objects, o.ID)
	return nil
}

// Objects lists what there is of a namespace on the hub, sorted.
func (a *AWS) Objects(namespace string) []string {
	return a.list(func(o Object) (string, bool) { return o.Kind + "/" + o.Name, o.Namespace == namespace })
}

// In lists what ACK has made in an account, sorted.
func (a *AWS) In(account string) []string {
	return a.list(func(o Object) (string, bool) { return o.String(), o.Account == account })
}

func (a *AWS) list(name func(Object) (string, bool)) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var names []string
	for o := range maps.Values(a.objects) {
		if name, wanted := name(o); wanted {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
