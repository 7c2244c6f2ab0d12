package ack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"eks-auto-gitops/test/e2e/aws"
)

// Who ACK is for an object follows aws-controllers-k8s/runtime v0.62.0, pkg/runtime/reconciler.go (Reconcile,
// getOwnerAccountID, getRegion, regionDrifted), pkg/runtime/cache/account.go and pkg/runtime/iamroleselector/matcher.go.

const (
	ownerAccount  = "services.k8s.aws/owner-account-id"
	region        = "services.k8s.aws/region"
	defaultRegion = "services.k8s.aws/default-region"
	// accountMap is the ConfigMap of roles by account.
	accountMap = "ack-role-account-map"
)

// Options are how the controllers of a hub are set up.
type Options struct {
	// Selectors turns on the feature gate IAMRoleSelector, which excludes the account map (pkg/config/config.go).
	Selectors bool
	// Namespace is that of the controllers.
	Namespace string
	// Self is the role that the controllers run with.
	Self *aws.Session
	// Region is that of the hub.
	Region string
	// Annotated are the API groups of the controllers with the feature gate IgnoreFieldDrift, which wakes them when annotations change.
	Annotated []string
	// Table says how fields are compared.
	Table []Row
}

// identity is who the controller is for an object: a role, or "" for the controller itself.
type identity struct {
	role, account, region string
	// selected is what the condition ACK.IAMRoleSelected says.
	selected string
}

// errNoRole is an account that the account map does not have.
var errNoRole = errors.New("retrieving role ARN")

// identify says as whom, and where, the controller acts for an object.
func (c *Controllers) identify(ctx context.Context, o *unstructured.Unstructured) (identity, error) {
	var namespace corev1.Namespace
	if err := c.client.Get(ctx, client.ObjectKey{Name: o.GetNamespace()}, &namespace); err != nil {
		return identity{}, fmt.Errorf("read the namespace of %s: %w", o.GetName(), err)
	}
	id := identity{account: c.options.Self.Account, region: c.options.Region}
	made, _, _ := unstructured.NestedStringMap(o.Object, "status", "ackResourceMetadata")
	if account := made["ownerAccountID"]; account != "" {
		id.account = account
	}
	if err := c.choose(ctx, o, &namespace, &id); err != nil {
		return identity{}, err
	}
	for _, wanted := range []string{o.GetAnnotations()[region], namespace.Annotations[defaultRegion]} {
		if wanted != "" {
			id.region = wanted
			break
		}
	}
	if is := made["region"]; is != "" && is != id.region {
		return identity{}, fmt.Errorf("Resource already exists in region %s, but the desired state specifies region %s. ", is, id.region) //nolint:staticcheck // ACK's words
	}
	if is := made["ownerAccountID"]; is != "" && is != id.account {
		return identity{}, fmt.Errorf("Resource already exists in account %s, but the role used for reconciliation is in account %s. ", is, id.account) //nolint:staticcheck // ACK's words
	}
	return id, nil
}

// choose finds the role. With selectors the account of the namespace is not looked at: an object that no selector
// matches is the controller's own affair, in the account that it is in or in the hub's.
func (c *Controllers) choose(ctx context.Context, o *unstructured.Unstructured, namespace *corev1.Namespace, id *identity) error {
	if !c.options.Selectors {
		return c.fromMap(ctx, namespace, id)
	}
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(schema.GroupVersionKind{Group: "services.k8s.aws", Version: "v1alpha1", Kind: "IAMRoleSelectorList"})
	if err := c.client.List(ctx, list); err != nil {
		return fmt.Errorf("checking for matching IAMRoleSelectors: %w", err)
	}
	matching := slices.DeleteFunc(list.Items, func(s unstructured.Unstructured) bool { return !matches(s.Object, o, namespace) })
	switch len(matching) {
	case 0:
		return nil
	case 1:
		id.role, _, _ = unstructured.NestedString(matching[0].Object, "spec", "arn")
		id.account = strings.Split(id.role+"::::", ":")[4]
		id.selected = fmt.Sprintf("roleARN: %s, selectorName: %s, selectorResourceVersion: %s", id.role, matching[0].GetName(), matching[0].GetResourceVersion())
		return nil
	default:
		return fmt.Errorf("multiple (%d) matching IAMRoleSelectors found", len(matching))
	}
}

// fromMap looks up the role of the namespace's account, or of another account that the object is in already.
func (c *Controllers) fromMap(ctx context.Context, namespace *corev1.Namespace, id *identity) error {
	if account := namespace.Annotations[ownerAccount]; account != "" {
		id.account = account
	} else if id.account == c.options.Self.Account {
		return nil
	}
	var roles corev1.ConfigMap
	err := c.client.Get(ctx, client.ObjectKey{Namespace: c.options.Namespace, Name: accountMap}, &roles)
	reason := ""
	switch {
	case apierrors.IsNotFound(err):
		reason = "CARM configmap not found"
	case err != nil:
		return fmt.Errorf("read the account map: %w", err)
	case roles.Data[id.account] == "":
		reason = "key not found in CARM configmap"
	default:
		id.role = roles.Data[id.account]
		return nil
	}
	return fmt.Errorf("%w for account/team ID %q from %q configmap: %s", errNoRole, id.account, accountMap, reason)
}

// matches reports whether a selector selects an object: what it names must all hold, and what it does not name does.
func matches(selector map[string]any, o *unstructured.Unstructured, namespace *corev1.Namespace) bool {
	names, _, _ := unstructured.NestedStringSlice(selector, "spec", "namespaceSelector", "names")
	ofNamespace, _, _ := unstructured.NestedStringMap(selector, "spec", "namespaceSelector", "labelSelector", "matchLabels")
	ofObject, _, _ := unstructured.NestedStringMap(selector, "spec", "resourceLabelSelector", "matchLabels")
	types, _, _ := unstructured.NestedSlice(selector, "spec", "resourceTypeSelector")
	kind := o.GroupVersionKind()
	ofType := func(t any) bool {
		is := func(field, value string) bool {
			wanted, _, _ := unstructured.NestedString(t.(map[string]any), field)
			return wanted == "" || wanted == value
		}
		return is("group", kind.Group) && is("version", kind.Version) && is("kind", kind.Kind)
	}
	return (len(names) == 0 || slices.Contains(names, namespace.Name)) &&
		labels.SelectorFromSet(ofNamespace).Matches(labels.Set(namespace.Labels)) &&
		labels.SelectorFromSet(ofObject).Matches(labels.Set(o.GetLabels())) &&
		(len(types) == 0 || slices.ContainsFunc(types, ofType))
}

// session is what the controller calls AWS with (pkg/runtime/config.go: NewAWSConfig). It asks STS each time, where
// ACK keeps the credentials for a while.
func (c *Controllers) session(id identity) (*aws.Session, error) {
	if id.role == "" {
		return c.options.Self, nil
	}
	s, err := c.aws.AssumeRole(c.options.Self, id.role, "ack")
	if err != nil {
		return nil, fmt.Errorf("get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole: %w", err)
	}
	return s, nil
}
