package effect

import (
	"strings"

	"eks-auto-gitops/pkg/ack"
	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/resource"
)

// Where it is written what Flux and ACK do with what comes and goes.
const (
	sourcePrune     = "Flux, Kustomization API, Prune"
	sourceDeletion  = "Flux, Kustomization API, Deletion policy"
	sourceRetain    = "ACK, Deletion policy"
	sourceAdoption  = "ACK, Resource adoption"
	sourceReadOnly  = "ACK, Read-only resources"
	sourceUninstall = "Flux, HelmRelease API, Uninstall configuration"
)

// Created says what happens with an object that is new.
func (c Trees) Created(o *manifest.Object) (outcome change.Outcome, why, source string) {
	policy := manifest.TextAt(o.Content, "metadata", "annotations", ack.AdoptionPolicy)
	if policy == ack.AdoptOrCreate {
		return change.Create, "ACK adopts it if it already exists in AWS", sourceAdoption
	}
	if policy != "" {
		return change.Update, "ACK adopts what already exists in AWS (adoption-policy: " + policy + ")", sourceAdoption
	}
	if isReadOnly(o.Content) {
		return change.Update, "ACK only observes what already exists in AWS (read-only: true)", sourceReadOnly
	}
	return change.Create, "", ""
}

// Removed says what happens with an object that is no longer there: first what Flux does with it, then what its
// controller does when it is deleted.
func (c Trees) Removed(o *manifest.Object) (outcome change.Outcome, why, source string) {
	if outcome, why, source := c.handedOver(o); why != "" {
		return outcome, why, source
	}
	if why, source := c.kept(o); why != "" && !c.namespaceGoes(o) {
		return change.Orphan, why, source
	}
	if name := isKept(o); name != "" && !c.namespaceGoes(o) {
		return change.Orphan, "its annotation " + name + " keeps it, and everything it stands for", sourcePrune
	}
	kind := o.Kind()
	switch {
	case kind.Kind == "HelmRelease" && isSuspended(o.Content):
		return change.Orphan, "it is suspended: Helm uninstalls nothing", "helm-controller, internal/controller/helmrelease_controller.go, reconcileDelete"
	case manifest.IsACK(kind):
		return c.removedFromAWS(o)
	case kind.Kind == "HelmRelease":
		return change.Delete, "Helm uninstalls the release", sourceUninstall
	case kind.Kind == "Namespace":
		return change.Delete, "with everything in it", "Kubernetes, Namespaces"
	case kind.Kind == "NodePool" || kind.Kind == "NodeClass":
		return change.Delete, "Karpenter drains and ends its nodes", "Karpenter, Disruption, Automated Graceful Methods"
	default:
		return change.Delete, "", ""
	}
}

// isKept is the annotation by which Flux deletes an object nowhere, or empty.
func isKept(o *manifest.Object) string {
	if strings.EqualFold(manifest.TextAt(o.Content, "metadata", "annotations", resource.PruneAnnotation), "disabled") {
		return resource.PruneAnnotation
	}
	return leftAlone(o.Content)
}

// namespaceGoes reports whether the namespace of an object that is gone goes too: then the API server deletes what is in
// it, whatever Flux would do.
func (c Trees) namespaceGoes(o *manifest.Object) bool {
	key := manifest.ID{Place: o.Place(), Kind: "Namespace", Name: o.Namespace()}
	namespace := c[0].Objects[key]
	if namespace == nil || c[1].Objects[key] != nil || o.Namespace() == "" {
		return false
	}
	outcome, _, _ := c.Removed(namespace)
	return outcome == change.Delete
}

// kept says why Flux does not delete an object that is gone from the tree, or nothing if it does: the Kustomization
// that delivered it does not prune; or that is itself removed, and leaves what it delivered.
func (c Trees) kept(o *manifest.Object) (why, source string) {
	owner := o.Build.Owner
	if owner == nil {
		return "", "" // what a person applies, a person deletes
	}
	now := c[1].Objects[manifest.IDOf(owner)]
	if now != nil {
		if prune, _ := manifest.ValueAt(now.Content, "spec", "prune").(bool); !prune {
			return "Kustomization " + owner.Name() + " does not prune", sourcePrune
		}
		return "", ""
	}
	if why, source := c.kept(owner); why != "" {
		return "Kustomization " + owner.Name() + " stays on the hub and finds its folder gone: " + why, source
	}
	if isSuspended(owner.Content) {
		return "Kustomization " + owner.Name() + " goes while it is suspended, and leaves what it delivered", sourceDeletion
	}
	policy := manifest.TextAt(owner.Content, "spec", "deletionPolicy")
	prune, _ := manifest.ValueAt(owner.Content, "spec", "prune").(bool)
	if policy == "Orphan" || policy != "Delete" && policy != "WaitForTermination" && !prune {
		return "Kustomization " + owner.Name() + " goes and leaves what it delivered (deletionPolicy: " + manifest.OrElse(policy, "MirrorPrune") + ")", sourceDeletion
	}
	return "", ""
}

// removedFromAWS says what ACK does when its object is deleted.
func (c Trees) removedFromAWS(o *manifest.Object) (outcome change.Outcome, why, source string) {
	if isReadOnly(o.Content) {
		return change.Orphan, "it stays in AWS: ACK only observes it (read-only: true)", sourceReadOnly
	}
	policy := manifest.TextAt(o.Content, "metadata", "annotations", ack.DeletionPolicy)
	if namespace := c[0].Objects[manifest.ID{Group: "", Kind: "Namespace", Name: o.Namespace()}]; policy == "" && namespace != nil {
		service, _, _ := strings.Cut(o.Kind().Group, ".")
		policy = manifest.TextAt(namespace.Content, "metadata", "annotations", service+".services.k8s.aws/deletion-policy")
	}
	if policy == "retain" {
		return change.Orphan, "it stays in AWS (deletion-policy: retain)", sourceRetain
	}
	if protected, _ := manifest.ValueAt(o.Content, "spec", "deletionProtection").(bool); protected && o.Kind().Kind == "Cluster" {
		return change.Refused, "EKS deletes no cluster with deletionProtection: true", "Amazon EKS User Guide, Protect clusters from accidental deletion"
	}
	return change.Delete, "ACK deletes it in AWS", sourceRetain
}

// isReadOnly reports whether ACK changes nothing in AWS for an object.
func isReadOnly(object map[string]any) bool {
	return strings.EqualFold(manifest.TextAt(object, "metadata", "annotations", ReadOnlyAnnotation), "true")
}

// ReadOnlyAnnotation makes ACK change nothing in AWS (ACK, Read-only resources).
const ReadOnlyAnnotation = ack.ReadOnly
