package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"eks-auto-gitops/pkg/diag"
)

// A fleetScope is the whole file while its rules are checked. The clusters are in the order of
// the file.
type fleetScope struct {
	scope
	*Fleet
	clusters []clusterScope
	// hubToCome is true while the hub is not there yet, so that nobody knows its OIDC issuer.
	hubToCome bool
}

// validate checks every rule that is about meaning. Each rule looks at one thing and never
// stops another one, so that all faults are told at once.
func validate(t *tree, root *yaml.Node, r *resolved, hubToCome bool) {
	f := fleetScope{scope: scope{tree: t, root: root}, Fleet: r.fleet, clusters: r.clusters, hubToCome: hubToCome}
	for _, rule := range fleetRules() {
		rule(f)
	}
	for _, c := range r.idle {
		for _, rule := range clusterRules() {
			rule(c)
		}
	}
	for _, c := range r.clusters {
		checkIdentityOfCluster(c)
		if c.Env == nil {
			// Without its environment the cluster misses what it inherits; the rest would be noise.
			continue
		}
		for _, rule := range clusterRules() {
			rule(c)
		}
	}
}

func fleetRules() []func(fleetScope) {
	return []func(fleetScope){
		checkHead, checkRepository, checkFlux, checkHub, checkFleetRoles,
		checkEnvironments, checkACKRole, checkPools, checkSharedAccounts, checkHubAccount, checkNamePrefixes, checkNotifications,
		checkClusterNames, checkRoleNames, checkVPCOverlap, checkFarOverlap, checkDomains,
	}
}

func clusterRules() []func(clusterScope) {
	return []func(clusterScope){
		checkAccount, checkHubApart, checkVersion, checkChoices, checkDerivedNames, checkAdopt, checkDelivery,
		checkEndpoint, checkLogging, checkEncryption,
		checkNetworkChoice, checkIPFamily, checkVPC, checkSecondary, checkControlPlaneSubnets, checkRemoteNetworks, checkZones, checkVPCEndpoints, checkNAT, checkImages, checkServiceCIDR, checkExistingVPC,
		checkPrincipals, checkAccess,
		checkNodes, checkClasses, checkNodePools, checkSamePods,
		checkIAM, checkDNS, checkPrivateZone, checkCertificate, checkIngressClasses, checkComponents, checkExternalDNS, checkCloudWatch, checkPodinfo,
		checkCapabilities, checkAddons, checkAddonAccounts, checkReleases, checkSelfManaged, checkStates, checkServiceAccounts, checkRendered, checkValues, checkValueTypes, checkCharts, checkTags,
	}
}

// oneOf reports a value that is not among words.
func (s scope) oneOf(at spot, value, what string, words []string) {
	if value != "" && !slices.Contains(words, value) {
		s.fail(at, fmt.Sprintf("%q is not %s", value, what), choose(value, words))
	}
}

// choose is the hint for a value that is not among words: the nearest of them, or all.
func choose(value string, words []string) string {
	all := "one of " + strings.Join(words, ", ")
	for _, word := range words {
		if strings.EqualFold(word, value) {
			return fmt.Sprintf("write %q; the letter case matters", word)
		}
	}
	near := diag.Nearest(value, words)
	switch {
	case near == "":
		return all
	case len(words) == 1 || len(words) > 6:
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("did you mean %q? %s", near, all)
}

// distinct reports the second of two equal items of a list.
func (s scope) distinct(items []string, path ...any) {
	for i, item := range items {
		if first := slices.Index(items, item); first < i {
			at := s.at(append(path, i)...)
			s.fail(at, fmt.Sprintf("%q stands here twice", item), "remove one of the two")
		}
	}
}

// uniqueNames reports the second of two items of a list with the same name.
func (s scope) uniqueNames(names []string, what string, path ...any) {
	seen := make(map[string]int, len(names))
	for i, name := range names {
		first, again := seen[name]
		if !again {
			seen[name] = i
			continue
		}
		if name != "" {
			line := s.at(append(path, first, "name")...).line
			s.fail(s.at(append(path, i, "name")...), fmt.Sprintf("a second %s is named %q", what, name),
				fmt.Sprintf("the first is on line %d; give each its own name", line))
		}
	}
}

// named collects the names of the items of a list.
func named[T any](items []T, name func(T) string) []string {
	names := make([]string, len(items))
	for i, item := range items {
		names[i] = name(item)
	}
	return names
}

// matches reports whether s matches the pattern. A pattern is compiled once for a file: a thousand clusters ask
// the same questions.
func (t *tree) matches(pattern, s string) bool {
	if t.patterns[pattern] == nil {
		t.patterns[pattern] = regexp.MustCompile(pattern)
	}
	return t.patterns[pattern].MatchString(s)
}
