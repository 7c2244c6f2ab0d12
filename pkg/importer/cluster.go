package importer

import (
	"slices"
	"strings"
)

// cluster is what the input says of one cluster. Of several files the first that says something counts, and what AWS itself says
// comes first.
type cluster struct {
	name string
	// at is where the cluster is named first.
	at value

	partition, region, account, version, vpc, role, nodeRole string
	supportType, tier, authMode, serviceCIDR, keyARN, family string
	zonalShift, deletionProtection                           bool
	// refused says that there is no more to say about it.
	refused                          bool
	pools                            []string
	subnets, private, public, groups []string
	endpoint                         *endpoint
	logs                             []string
	logged                           bool
	retention, logKey                string
	entries                          []*entry
	addons                           []*addon
	tags                             map[string]string
}

type endpoint struct {
	public, private bool
	cidrs           []string
}

type entry struct {
	at                         value
	principal, kind, username  string
	groups                     []string
	policies                   []policy
	settled, policiesAreListed bool
}

type policy struct {
	arn        string
	namespaces []string
}

type addon struct {
	at                    value
	name, version, values string
	accounts              []account
	// hidden says what the input lacks, without which a take-over would change the add-on.
	hidden string
}

type account struct{ name, role string }

// set keeps the first text.
func set(to *string, text string) {
	if *to == "" {
		*to = text
	}
}

// setList keeps the first list.
func setList(to *[]string, list []string) {
	if len(*to) == 0 {
		*to = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
	}
}

// locate takes the account and the region from the ARN of a cluster.
func (c *cluster) locate(arn string) {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 && parts[0] == "arn" {
		set(&c.partition, parts[1])
		set(&c.region, parts[3])
		set(&c.account, parts[4])
	}
}

// entry is that of a principal, which is new if nobody has named it yet.
func (c *cluster) entry(principal string, at value) *entry {
	for _, e := range c.entries {
		if e.principal == principal {
			return e
		}
	}
	c.entries = append(c.entries, &entry{at: at, principal: principal})
	return c.entries[len(c.entries)-1]
}

func (c *cluster) addon(name string, at value) (a *addon, isNew bool) {
	for _, a := range c.addons {
		if a.name == name {
			return a, false
		}
	}
	c.addons = append(c.addons, &addon{at: at, name: name})
	return c.addons[len(c.addons)-1], true
}

// subnet notes whether a subnet is public.
func (c *cluster) subnet(id string, public bool) {
	if slices.Contains(c.private, id) || slices.Contains(c.public, id) {
		return
	}
	if public {
		c.public = append(c.public, id)
	} else {
		c.private = append(c.private, id)
	}
}
