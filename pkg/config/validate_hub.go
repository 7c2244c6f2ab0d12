package config

import (
	"fmt"
	"net/url"
	"strings"
)

// checkHub checks the hub. Every cluster's account trusts its OIDC issuer for the role that Flux assumes there, and ACK's
// role trusts the hub's account, so both are needed as soon as there is a cluster.
func checkHub(f fleetScope) {
	h := f.Hub
	if len(f.clusters) > 0 && f.sound("hub") {
		if h.AccountID == "" {
			f.fail(f.at("hub", "accountID"), "is missing", `add hub: {accountID: "…"}, the AWS account of the cluster that runs Flux and ACK`)
		}
		if h.OIDCIssuer == "" && !f.hubToCome {
			f.fail(f.at("hub", "oidcIssuer"), "is missing", "add hub: {oidcIssuer: https://…}; "+issuerHint(h.Cluster)+
				`. If there is no hub yet, "gen init hub" writes all that makes one`)
		}
	}
	if h.AccountID != "" && !accountID(h.AccountID) {
		f.fail(f.at("hub", "accountID"), fmt.Sprintf("%q is not an AWS account id", h.AccountID), "it has twelve digits")
	}
	if h.OIDCIssuer != "" && !issuerURL(h.OIDCIssuer) {
		f.fail(f.at("hub", "oidcIssuer"), fmt.Sprintf("%q is not the address of an OIDC issuer", h.OIDCIssuer), "it starts with https:// and has no port; "+issuerHint(h.Cluster))
	}
	if !branchName(h.Branch) {
		f.fail(f.at("hub", "branch"), fmt.Sprintf("%q is not the name of a Git branch", h.Branch), `write the branch as "git branch" prints it`)
	}
	f.oneOf(f.at("hub", "region"), h.Region, "an AWS region", regions())
	f.oneOf(f.at("hub", "ack"), h.ACK, "a way in which ACK finds its roles", []string{ACKSelectors, ACKAccountMap})
	if f.has("hub", "cluster") && !f.matches(`^[0-9A-Za-z][0-9A-Za-z-]{0,99}$`, h.Cluster) {
		f.fail(f.at("hub", "cluster"), fmt.Sprintf("%q is not the name of an EKS cluster", h.Cluster), "use letters, digits and dashes, at most 100")
	}
}

// checkHubApart: the hub is not one of the clusters that it makes.
func checkHubApart(c clusterScope) {
	h := c.Fleet.Hub
	if c.Name != "" && c.Name == h.Cluster && c.AccountID == h.AccountID && c.Region == h.Region {
		c.fail(c.at("name"), fmt.Sprintf("%q is the hub itself", c.Name), "the hub is created by hand, see \"gen init hub\"; give this cluster another name, or set hub.cluster")
	}
	if c.Region != "" && c.Partition() != h.Partition() {
		c.fail(c.at("region"), fmt.Sprintf("the hub is in the partition %q, the cluster in %q", h.Partition(), c.Partition()),
			"no IAM role can be assumed across partitions; this cluster needs a hub there")
	}
}

// checkHubAccount: ACK's role in the hub's account could change the hub, so who writes to the branch of an environment there
// could too, unless it is the branch that delivers the hub anyway.
func checkHubAccount(f fleetScope) {
	for i, e := range f.Environments {
		if len(f.Environments) > 1 && e.Branch != f.Hub.Branch && f.accountsOf(e)[f.Hub.AccountID] {
			f.warn(f.at("environments", i, "name"), fmt.Sprintf("%q is in the account of the hub, %s", e.Name, f.Hub.AccountID),
				fmt.Sprintf("a commit on branch %s could change the hub, and with it every environment; give the hub or the environment an account of its own", e.Branch))
		}
	}
}

func issuerHint(cluster string) string {
	return fmt.Sprintf("aws eks describe-cluster --name %s --query cluster.identity.oidc.issuer prints it", cluster)
}

// issuerURL follows IAM's CreateOpenIDConnectProvider: https, no port, no query (IAM API Reference), at most 255 characters.
// A quote or blank would end the text that it stands in.
func issuerURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.Port() == "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" &&
		!strings.HasSuffix(s, "/") && len(s) <= 255 && !strings.ContainsAny(s, "'\"`\\ ${}*?")
}

// checkACKRole checks the role that ACK assumes in an environment's account.
func checkACKRole(f fleetScope) {
	for i, e := range f.Environments {
		at := f.at("environments", i, "ackRoleARN")
		a, ok := parseARN(e.ACKRoleARN)
		switch {
		case e.ACKRoleARN == "":
		case !ok || a.service != "iam" || a.region != "" || !accountID(a.account) || !f.matches(`^role/([\w+=,.@-]+/)*[\w+=,.@-]{1,64}$`, a.resource):
			f.fail(at, fmt.Sprintf("%q is not the ARN of an IAM role", e.ACKRoleARN), fmt.Sprintf("write arn:aws:iam::%s:role/<name>", e.AccountID))
		case e.AccountID != "" && a.account != e.AccountID:
			f.fail(at, fmt.Sprintf("the role is in the account %s, the environment in %s", a.account, e.AccountID),
				"ACK assumes a role of the account that it works in; a cluster with an accountID of its own has the role of the same name there")
		case e.Region != "" && a.partition != f.Hub.Partition():
			f.fail(at, fmt.Sprintf("the role is in the partition %q, the hub in %q", a.partition, f.Hub.Partition()), "an ARN of the hub's partition starts with arn:"+f.Hub.Partition()+":")
		}
	}
}

// checkFleetRoles: the longest name of a role that gen makes of the fleet's, and IAM's limit of 64.
func checkFleetRoles(f fleetScope) {
	if name := f.Metadata.Name; len(name) > 40 && len(name) <= 63 {
		f.fail(f.at("metadata", "name"), fmt.Sprintf("%q has %d characters", name, len(name)), "names of IAM roles begin with it and have at most 64; use at most 40")
	}
}
