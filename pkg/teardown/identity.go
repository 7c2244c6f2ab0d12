package teardown

import (
	"slices"
	"strings"
)

// The stages that roles for pods are in: one while nothing of the cluster must be known, the other while its OIDC issuer must.
const (
	foundation = "foundation"
	identity   = "identity"
)

// moved finds roles that go from one stage to another in the order in which Flux deletes them: the stage that loses a role
// deletes it in AWS unless the other has taken it over before, by its labels (fluxcd/pkg, ssa: DeleteAll). A later stage takes
// over too late; and a stage that goes itself deletes at once, and waits for no other.
func moved(before, after Objects) []Finding {
	var roles []string
	for _, o := range before {
		if o.kind() != "Role" {
			continue
		}
		name := o.text("metadata", "name")
		i := slices.IndexFunc(after, func(other Object) bool { return other.kind() == "Role" && other.text("metadata", "name") == name })
		if i < 0 || after[i].Stage == o.Stage {
			continue
		}
		later := o.Stage == foundation && after[i].Stage == identity
		if lost := o.Stage == identity && !after.has("Kustomization", identity); later || lost {
			roles = append(roles, name)
		}
	}
	if len(roles) == 0 {
		return nil
	}
	slices.Sort(roles)
	return []Finding{{
		Kind: "Role", Object: roles[0], Name: identity,
		Message: "the change of identity moves " + list(roles) + " to another stage: Flux deletes these roles in AWS before it recreates them, while pods use them",
		Before:  "set oidcIssuer, the cluster's own, with identity: irsa: the roles are then in the same stage as with podIdentity, and only their trust changes",
	}}
}

// Rebound finds roles that pods take in another way than before. Those that run go on in theirs, which is refused when their
// temporary credentials end, within hours. A change of the service account alone starts no pod again.
func Rebound(before, after Objects) []Finding {
	var findings []Finding
	for _, o := range before {
		i := slices.IndexFunc(after, func(other Object) bool { return other.Name() == o.Name() })
		if o.kind() != "Role" || i < 0 {
			continue
		}
		if was, is := o.takenBy(), after[i].takenBy(); was != "" && is != "" && was != is {
			findings = append(findings, Finding{
				Kind: "Role", Object: o.text("metadata", "name"), Name: identity,
				Message: "running pods assume the role by " + was + ", which ends with their credentials: restart them when this is delivered",
			})
		}
	}
	return findings
}

// takenBy is how pods take a role, by its trust policy; empty where they do not.
func (o Object) takenBy() string {
	switch policy := o.text("spec", "assumeRolePolicyDocument"); {
	case strings.Contains(policy, "pods.eks.amazonaws.com"):
		return "Pod Identity"
	case strings.Contains(policy, "sts:AssumeRoleWithWebIdentity"):
		return "IRSA"
	}
	return ""
}
