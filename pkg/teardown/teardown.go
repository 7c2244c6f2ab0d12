// Package teardown knows the order in which what is installed in a cluster must be removed: Helm and EKS uninstall first, and only then
// the namespace, the IAM role and the Pod Identity association that the release or the add-on needs for it.
//
// In: the objects of one cluster before and after a change, as gen or a build gives them. Out: what would go in the wrong
// order, in words. Flux reconciles the stages of a cluster in the order of creation, in every revision, so what one commit takes
// away of several stages goes in that order too (Flux, Kustomization API: Dependencies, Prune).
package teardown

import (
	"fmt"
	"slices"
	"strings"
)

// An Object is one of a cluster, and the stage that delivers it; none for what delivers the stages.
type Object struct {
	Stage   string
	Content map[string]any
}

// Objects are those of one cluster.
type Objects []Object

// A Finding is something that would go in the wrong order.
type Finding struct {
	// Kind and Object name the object that it is about.
	Kind, Object string
	// Name is what people call it: that of the release or the add-on, or identity.
	Name string
	// Message says what would happen, Before what must be done before, both in words.
	Message, Before string
}

// Find lists what a change of a cluster takes away in the wrong order, in the order of the objects.
func Find(before, after Objects) []Finding {
	findings := moved(before, after)
	gone := before.installed().without(after.installed())
	made := after.installed().without(before.installed())
	for _, i := range gone {
		if lost := lostWith(i, before, after); len(lost) > 0 {
			findings = append(findings, i.early(lost))
			continue
		}
		if other := made.rival(i); other != nil {
			findings = append(findings, i.swapped(*other))
		}
	}
	for _, i := range made {
		if i.kind == addon && before.has("Namespace", i.namespace) && !after.has("Namespace", i.namespace) && gone.rival(i) == nil {
			findings = append(findings, i.occupied())
		}
	}
	return findings
}

// lostWith lists what goes together with something installed, and must not.
func lostWith(i installed, before, after Objects) []string {
	var lost []string
	for _, o := range before {
		if !o.lasts(i, before) || after.same(o) {
			continue
		}
		lost = append(lost, o.kind()+" "+o.text("metadata", "name"))
	}
	if k := before.stage(i.stage); k != nil && !after.has("Kustomization", i.stage) && k.text("spec", "deletionPolicy") == "Orphan" {
		lost = append(lost, "Kustomization "+i.stage)
	}
	slices.Sort(lost)
	return slices.Compact(lost)
}

// lasts reports whether an object must outlive what is installed.
func (o Object) lasts(i installed, all Objects) bool {
	switch o.kind() {
	case "Namespace":
		return i.kind == release && o.text("metadata", "name") == i.namespace && o.Stage != "" && !o.kept()
	case "PodIdentityAssociation":
		return i.kind == release && o.text("spec", "namespace") == i.namespace
	case "Role":
		return slices.Contains(i.roles, o.text("metadata", "name")) || i.kind == release && o.isOf(i.namespace, all)
	}
	return false
}

// kept reports whether Flux leaves the object where it is when its file is gone (Flux, Kustomization API: Controlling the garbage collection).
func (o Object) kept() bool {
	return o.text("metadata", "annotations", "kustomize.toolkit.fluxcd.io/prune") == "disabled"
}

// Installs reports whether a release is installed in a namespace.
func (all Objects) Installs(namespace string) bool {
	return slices.ContainsFunc(all.installed(), func(i installed) bool { return i.kind == release && i.namespace == namespace })
}

// isOf reports whether a role is for pods of a namespace: by its trust policy, or by an association.
func (o Object) isOf(namespace string, all Objects) bool {
	if strings.Contains(o.text("spec", "assumeRolePolicyDocument"), "system:serviceaccount:"+namespace+":") {
		return true
	}
	return slices.ContainsFunc(all, func(a Object) bool {
		return a.kind() == "PodIdentityAssociation" && a.text("spec", "namespace") == namespace &&
			a.text("spec", "roleRef", "from", "name") == o.text("metadata", "name")
	})
}

// early is what is uninstalled too late.
func (i installed) early(lost []string) Finding {
	const retire = `write it with "state: retiring" first: it is uninstalled, and these stay until the next commit`
	stage := "Kustomization " + i.stage
	rest := slices.DeleteFunc(slices.Clone(lost), func(name string) bool { return name == stage })
	switch {
	case len(rest) == 0:
		return i.finding(fmt.Sprintf("%s is not uninstalled: %s goes with it, and in a protected environment that leaves what it has delivered", i, stage), retire)
	case i.kind == addon || !slices.Contains(rest, "Namespace "+i.namespace):
		return i.finding(fmt.Sprintf("the pods of %s lose their AWS permissions while they run: %s %s before it is uninstalled", i, list(rest), goes(rest)), retire)
	default:
		return i.finding(fmt.Sprintf("Helm does not uninstall %s: %s %s first, and Helm's record with the namespace; "+
			"webhooks, APIServices and finalizers stay, with nothing to serve them", i, list(rest), goes(rest)), retire)
	}
}

func goes(names []string) string {
	if len(names) == 1 {
		return "goes"
	}
	return "go"
}

// swapped is what is installed while another still is.
func (i installed) swapped(other installed) Finding {
	return i.finding(fmt.Sprintf("%s goes while %s comes, in any order: what one installs the other deletes", i, other),
		fmt.Sprintf(`write it with "state: retiring" first, then take it away, and add %s when it is gone`, other))
}

// occupied is what is installed into a namespace that is being deleted.
func (i installed) occupied() Finding {
	return i.finding(fmt.Sprintf("%s comes while namespace %s, which it is installed in, is being deleted", i, i.namespace),
		"take the old one away first, and add it when the namespace is gone")
}

// list names several things.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
