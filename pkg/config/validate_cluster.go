package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// checkIdentityOfCluster checks the cluster's name and where it belongs.
func checkIdentityOfCluster(c clusterScope) {
	c.label(c.at("name"), c.Name)
	if reservedName(c.Name) || c.Name == "sources" {
		c.fail(c.at("name"), fmt.Sprintf("%q is a name that gen or Kubernetes uses itself", c.Name), "choose another, such as dev-1")
	}
	names := c.Fleet.environmentNames()
	if c.Environment != "" && !slices.Contains(names, c.Environment) && !c.incomplete("environments") {
		c.oneOf(c.at("environment"), c.Environment, "an environment of this file", names)
	}
}

// incomplete reports whether items of a list at the top of the file were taken out, or their names.
func (c clusterScope) incomplete(list string) bool {
	if c.broken[c.top][list] {
		return true
	}
	_, n := find(c.top, list)
	if n == nil || c.broken[n][""] {
		return true
	}
	return slices.ContainsFunc(n.Content, func(item *yaml.Node) bool { return c.broken[item]["name"] })
}

// checkClusterNames: a name is a folder and a namespace on the hub, so it is unique in the fleet.
func checkClusterNames(f fleetScope) {
	f.uniqueNames(named(f.clusters, func(c clusterScope) string { return c.Name }), "cluster", "clusters")
}

// checkAccount checks the account and the region.
func checkAccount(c clusterScope) {
	switch {
	case c.AccountID == "":
		c.fail(c.at("accountID"), "is missing", "add accountID: … here or at the environment, twelve digits in quotes")
	case !accountID(c.AccountID):
		c.fail(c.at("accountID"), fmt.Sprintf("%q is not an AWS account id", c.AccountID), "it has twelve digits")
	}
	if c.Region == "" {
		c.fail(c.at("region"), "is missing", "add region: … here or at the environment, such as eu-west-2")
	}
	c.oneOf(c.at("region"), c.Region, "an AWS region", regions())
}

// accountID reports whether s is the id of an AWS account.
func accountID(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

// checkVersion holds the version to the calendar, as it was when that was written.
func checkVersion(c clusterScope) {
	at, known := c.at("version"), Calendar()
	oldest, newest := known[0].Minor, known[len(known)-1].Minor
	minor, ok := minorOf(c.Version)
	support, _ := SupportOf(c.Version)
	switch {
	case c.Version == "":
		c.fail(at, "is missing", `add version: … such as "1.36"; an upgrade is always a line in a diff`)
	case !ok:
		c.fail(at, fmt.Sprintf("%q is not a Kubernetes minor version", c.Version), `write it as "1.36"`)
	case minor < oldest:
		c.fail(at, fmt.Sprintf("Kubernetes %s has no Auto Mode", c.Version), fmt.Sprintf("Auto Mode starts with 1.%d; use a version in standard support", oldest))
	case minor > newest:
		c.warn(at, fmt.Sprintf("Kubernetes %s is newer than this gen knows", c.Version), fmt.Sprintf("the newest known is 1.%d; check that EKS offers it", newest))
	case c.UpgradePolicy == "STANDARD" && !support.Standard.IsZero() && support.Standard.Before(calendarDay()):
		c.warn(at, fmt.Sprintf("standard support for Kubernetes %s ended on %s", c.Version, support.Standard.Format(time.DateOnly)),
			"with upgradePolicy STANDARD EKS upgrades the cluster by itself; use a newer version, or EXTENDED at its price")
	}
}

// checkChoices checks the value lists of the EKS API (its enums UpgradePolicy.supportType,
// ProvisionedControlPlaneTier and AuthenticationMode) and of gen.
func checkChoices(c clusterScope) {
	c.oneOf(c.at("state"), c.State, "a state", []string{StateActive, StateRetiring})
	c.oneOf(c.at("upgradePolicy"), c.UpgradePolicy, "an upgrade policy of EKS", []string{"STANDARD", "EXTENDED"})
	c.oneOf(c.at("controlPlaneTier"), c.ControlPlaneTier, "a control plane tier of EKS",
		[]string{"standard", "tier-xl", "tier-2xl", "tier-4xl", "tier-8xl"})
	if c.AuthenticationMode == "CONFIG_MAP" {
		c.fail(c.at("authenticationMode"), "Auto Mode does not work with CONFIG_MAP", "its nodes join through access entries; use API")
	} else {
		c.oneOf(c.at("authenticationMode"), c.AuthenticationMode, "an authentication mode of EKS", []string{"API", "API_AND_CONFIG_MAP"})
	}
	c.oneOf(c.at("delivery"), c.Delivery, "a way of delivery", []string{DeliveryHub, DeliveryAgent, DeliveryHandover})
	c.oneOf(c.at("identity"), c.Identity, "a kind of identity", []string{IdentityPod, IdentityIRSA})
}
