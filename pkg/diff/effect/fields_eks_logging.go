package effect

import (
	"reflect"
	"slices"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// judgeLogging: EKS changes the log types in place. ACK compares the list with the one that EKS returns, as it stands
// there, and does not settle on another: what is on comes first, what is off last, each in the order of the alphabet.
func judgeLogging(_ change.Field, c Subject) (change.Outcome, string) {
	list := manifest.ListAt(c.After, "spec", "logging", "clusterLogging")
	if len(list) > 0 && !reflect.DeepEqual(list, asReturned(list)) {
		return change.Refused, "EKS changes the log types, but ACK does not settle: it wants the list as EKS returns it"
	}
	return change.Update, "EKS changes the log types in place"
}

// asReturned is a list of log types as EKS returns it: all types that there are, on or off.
func asReturned(list []any) []any {
	var on, off []any
	for _, name := range []string{"api", "audit", "authenticator", "controllerManager", "scheduler"} {
		if isOn(list, name) {
			on = append(on, name)
		} else {
			off = append(off, name)
		}
	}
	var whole []any
	for _, part := range []struct {
		types   []any
		enabled bool
	}{{on, true}, {off, false}} {
		if len(part.types) > 0 {
			whole = append(whole, map[string]any{"enabled": part.enabled, "types": part.types})
		}
	}
	return whole
}

// isOn reports whether a list of log types has one among those that are on.
func isOn(list []any, name string) bool {
	return slices.ContainsFunc(list, func(item any) bool {
		entry, _ := item.(map[string]any)
		return entry["enabled"] == true && slices.Contains(manifest.ListAt(entry, "types"), any(name))
	})
}
