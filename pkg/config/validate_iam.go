package config

import (
	"fmt"
	"strings"
)

// checkIAM checks the permissions boundary and the issuer for irsa.
func checkIAM(c clusterScope) {
	c.policyARN(c.at("permissionsBoundaryARN"), c.PermissionsBoundaryARN)
	issuer := c.OIDCIssuer
	if issuer == "" {
		return
	}
	at := c.at("oidcIssuer")
	if c.Identity != IdentityIRSA {
		c.fail(at, "has a meaning only with identity: irsa", "remove it, or write identity: irsa")
	}
	prefix := fmt.Sprintf("https://oidc.eks.%s.%s/id/", c.Region, c.DNSSuffix())
	id, ok := strings.CutPrefix(issuer, prefix)
	switch {
	case !c.matches(`^https://oidc\.eks\.[a-z0-9-]+\.[a-z0-9.-]+/id/[0-9A-F]{32}$`, issuer):
		c.fail(at, fmt.Sprintf("%q is not the issuer of an EKS cluster", issuer), "write "+prefix+"<32 characters>, from status.identity.oidc.issuer of the Cluster")
	case !ok || id == "":
		c.fail(at, "the issuer is of another region than the cluster", "it must start with "+prefix)
	}
}
