package teardown

import (
	"reflect"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
)

// The kinds of what is installed in a cluster, in people's words.
const (
	release = "release"
	addon   = "add-on"
)

// installed is a Helm release or an EKS add-on.
type installed struct {
	kind, name, namespace, stage string
	// roles are the Role objects that the add-on names.
	roles []string
	// object is the kind of the object and its name.
	object [2]string
}

func (i installed) String() string { return i.kind + " " + i.name }

func (i installed) finding(message, before string) Finding {
	return Finding{Kind: i.object[0], Object: i.object[1], Name: i.name, Message: message, Before: before}
}

type installations []installed

// installed lists the releases and add-ons of a cluster.
func (all Objects) installed() installations {
	var found installations
	for _, o := range all {
		name := o.text("metadata", "name")
		switch o.kind() {
		case "HelmRelease":
			namespace := o.text("spec", "targetNamespace")
			if namespace == "" {
				namespace = o.text("metadata", "namespace")
			}
			found = append(found, installed{kind: release, name: name, namespace: namespace, stage: o.Stage, object: [2]string{"HelmRelease", name}})
		case "Addon":
			own := o.text("spec", "name")
			found = append(found, installed{
				kind: addon, name: own, namespace: config.AddonNamespace(own), stage: o.Stage, roles: o.rolesOfAddon(), object: [2]string{"Addon", name},
			})
		}
	}
	return found
}

// rolesOfAddon are the names of the roles that an add-on gives its pods. gen gives a role and its object the same name.
func (o Object) rolesOfAddon() []string {
	var roles []string
	if _, role, ok := strings.Cut(o.text("spec", "serviceAccountRoleARN"), ":role/"); ok {
		roles = append(roles, role[strings.LastIndex(role, "/")+1:])
	}
	associations, _ := o.at("spec", "podIdentityAssociations").([]any)
	for _, a := range associations {
		fields, _ := a.(map[string]any)
		roles = append(roles, Object{Content: fields}.text("roleRef", "from", "name"))
	}
	return roles
}

// without lists what the others have not. Helm knows a release by its name and its namespace.
func (all installations) without(others installations) installations {
	return slices.DeleteFunc(slices.Clone(all), func(i installed) bool {
		return slices.ContainsFunc(others, func(o installed) bool {
			return o.kind == i.kind && o.name == i.name && (o.namespace == i.namespace || i.kind == addon)
		})
	})
}

// rival is the add-on that takes the place of a release, or the other way round: one of its name or in its namespace.
func (all installations) rival(i installed) *installed {
	at := slices.IndexFunc(all, func(o installed) bool {
		return o.kind != i.kind && (o.name == i.name || o.namespace == i.namespace && !strings.HasPrefix(i.namespace, "kube-"))
	})
	if at < 0 {
		return nil
	}
	return &all[at]
}

// same reports whether there is the object still. An association for another namespace or service account is another in AWS.
func (all Objects) same(o Object) bool {
	return slices.ContainsFunc(all, func(other Object) bool {
		return other.kind() == o.kind() && other.text("metadata", "name") == o.text("metadata", "name") && (o.kind() != "PodIdentityAssociation" ||
			reflect.DeepEqual([2]string{o.text("spec", "namespace"), o.text("spec", "serviceAccount")},
				[2]string{other.text("spec", "namespace"), other.text("spec", "serviceAccount")}))
	})
}

func (all Objects) has(kind, name string) bool {
	return slices.ContainsFunc(all, func(o Object) bool { return o.kind() == kind && o.text("metadata", "name") == name })
}

// stage is the Kustomization of a stage, or nil.
func (all Objects) stage(name string) *Object {
	for i, o := range all {
		if o.kind() == "Kustomization" && o.text("metadata", "name") == name {
			return &all[i]
		}
	}
	return nil
}

// Name is the kind and the name of the object.
func (o Object) Name() string { return o.kind() + " " + o.text("metadata", "name") }

func (o Object) kind() string { return o.text("kind") }

func (o Object) at(path ...string) any {
	var value any = o.Content
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

func (o Object) text(path ...string) string {
	text, _ := o.at(path...).(string)
	return text
}
