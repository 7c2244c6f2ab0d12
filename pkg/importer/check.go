package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/diag"
)

// check refuses what cannot be taken over, and takes out what does not map.
func (in *input) check() {
	if len(in.clusters) == 0 && !in.problems.HasErrors() {
		in.problems = append(in.problems, diag.Problem{Message: "no file describes a cluster", Hint: "add the output of aws eks describe-cluster"})
	}
	for _, c := range in.clusters {
		if !c.refused {
			in.checkCluster(c)
		}
		if !in.problems.HasErrors() {
			in.checkEntries(c)
			in.checkAddons(c)
			in.checkSubnets(c)
			in.checkLogs(c)
		}
	}
}

func (in *input) checkCluster(c *cluster) {
	fail := func(message, hint string) { in.problems = append(in.problems, c.at.problem(message, hint)) }
	if !regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`).MatchString(c.name) {
		fail(fmt.Sprintf("%q cannot be the name of a namespace on the hub", c.name), "EKS cannot rename a cluster; leave this one out")
	}
	if strings.EqualFold(c.authMode, "CONFIG_MAP") {
		fail(fmt.Sprintf("cluster %q authenticates by ConfigMap alone", c.name), "set its authentication mode to API_AND_CONFIG_MAP first; it cannot be changed back")
	}
	var missing []string
	for _, fact := range []struct{ name, text string }{
		{"account", c.account}, {"region", c.region}, {"version", c.version}, {"role", c.role}, {"VPC", c.vpc}, {"subnets", strings.Join(c.subnets, "")},
	} {
		if fact.text == "" {
			missing = append(missing, fact.name)
		}
	}
	if len(missing) > 0 {
		region := ""
		if c.region != "" {
			region = " --region " + c.region
		}
		fail(fmt.Sprintf("nothing says the %s of cluster %q", strings.Join(missing, ", "), c.name),
			fmt.Sprintf("add the output of aws eks describe-cluster --name %s%s", c.name, region))
	}
}

// checkEntries drops entries that EKS makes itself and those that are only named.
func (in *input) checkEntries(c *cluster) {
	c.entries = slices.DeleteFunc(c.entries, func(e *entry) bool {
		own := e.principal == c.nodeRole && len(c.pools) > 0 || strings.Contains(e.principal, ":role/aws-service-role/")
		switch {
		case own:
			in.problems = append(in.problems, note(e.at, "is not taken over", "EKS makes this access entry itself"))
		case !e.settled || !e.policiesAreListed:
			command := "aws eks describe-access-entry"
			if e.settled {
				command = "aws eks list-associated-access-policies"
			}
			in.problems = append(in.problems, note(e.at, "is not taken over", fmt.Sprintf("the input does not say what it may do: add the output of %s --cluster-name %s --principal-arn %s", command, c.name, e.principal)))
			own = true
		}
		return own
	})
}

// checkAddons drops add-ons that are only named or not named in full: ACK would change them.
func (in *input) checkAddons(c *cluster) {
	c.addons = slices.DeleteFunc(c.addons, func(a *addon) bool {
		hint := ""
		switch {
		case config.BuiltInAddon(a.name):
			hint = "its work is built into Auto Mode: delete the add-on when no node outside Auto Mode is left"
		case a.hidden != "":
			hint = "the input does not say which roles it has: add the output of " + a.hidden
		case a.version == "":
			hint = fmt.Sprintf("the input does not say its version: add the output of aws eks describe-addon --cluster-name %s --addon-name %s", c.name, a.name)
		default:
			return false
		}
		in.problems = append(in.problems, note(a.at, "is not taken over", hint))
		return true
	})
}

// checkSubnets takes every subnet for private of which nothing says more. Nodes of the built-in pools stay where they are.
func (in *input) checkSubnets(c *cluster) {
	var unknown []string
	for _, id := range c.subnets {
		if !slices.Contains(c.private, id) && !slices.Contains(c.public, id) {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) > 0 {
		c.private = append(c.private, unknown...)
		in.problems = append(in.problems, note(c.at, "nothing says whether the subnets are private: "+strings.Join(unknown, ", ")+" are taken for that",
			"add the output of aws ec2 describe-subnets --filters Name=vpc-id,Values="+c.vpc))
	}
	if len(c.private) < 2 {
		in.problems = append(in.problems, note(c.at, "has fewer than two private subnets, so all of its subnets are written as private ones", "check network.privateSubnetIDs before you add node classes"))
		c.private, c.public = c.subnets, nil
	}
	slices.Sort(c.private)
	slices.Sort(c.public)
}

// checkLogs says how long events are kept where nobody knows: long enough to delete none.
func (in *input) checkLogs(c *cluster) {
	if len(c.logs) == 0 {
		return
	}
	if c.retention == "" {
		in.problems = append(in.problems, note(c.at, "nothing says how long the log group keeps events: retentionDays is 3653, so that none are deleted",
			"add the output of aws logs describe-log-groups --log-group-name-prefix /aws/eks/"+c.name))
	}
	if c.retention == "" || c.retention == "never" || c.retention == "0" {
		c.retention = "3653"
	}
}
