package cluster

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
	"eks-auto-gitops/pkg/verify/check"
)

// advanced checks fields of a NodeClass that few clusters set, where the CRD says nothing (Amazon EKS User Guide, Create a Node
// Class for Amazon EKS).
func advanced(o *manifest.Object) diag.List {
	var problems diag.List
	subnets, groups := o.List("spec", "podSubnetSelectorTerms"), o.List("spec", "podSecurityGroupSelectorTerms")
	switch {
	case len(subnets) > 0 && len(groups) == 0:
		problems = append(problems, o.Problem("spec.podSubnetSelectorTerms", "has no podSecurityGroupSelectorTerms beside it, and EKS takes both or neither", "add them, such as those of securityGroupSelectorTerms"))
	case len(groups) > 0 && len(subnets) == 0:
		problems = append(problems, o.Problem("spec.podSecurityGroupSelectorTerms", "has no podSubnetSelectorTerms beside it, and EKS takes both or neither", "add them, or take it away"))
	}
	if proxy, err := url.Parse(o.Text("spec", "advancedNetworking", "httpsProxy")); err == nil && proxy.User != nil {
		problems = append(problems, o.Problem("spec.advancedNetworking.httpsProxy", "has a user name or a password in it", "everybody who reads the repository would know it; let the proxy know nodes by their addresses"))
	}
	for i, item := range o.List("spec", "certificateBundles") {
		text, err := base64.StdEncoding.DecodeString(manifest.Field(item, "data"))
		at := fmt.Sprintf("spec.certificateBundles[%d].data", i)
		switch {
		case err != nil:
			problems = append(problems, o.Problem(at, "is not base64", "encode the PEM file: base64 -w0 bundle.pem"))
		case strings.Contains(string(text), "PRIVATE KEY"):
			problems = append(problems, o.Problem(at, "holds a private key", "everything here is committed; only certificates belong into a bundle, and the key should be replaced"))
		case !strings.Contains(string(text), "-----BEGIN CERTIFICATE-----"):
			problems = append(problems, check.Warning(o.Problem(at, "holds no certificate in PEM", `the text before encoding begins with "-----BEGIN CERTIFICATE-----"`)))
		}
	}
	return append(problems, indexes(o)...)
}

// indexes are the places of network interfaces, each of which only one can have, and the first of which is no efa-only one.
func indexes(o *manifest.Object) diag.List {
	var problems diag.List
	seen := map[string]int{}
	for i, item := range o.List("spec", "advancedNetworking", "networkInterfaces") {
		fields, _ := item.(map[string]any)
		card, _ := fields["networkCardIndex"].(int64)
		device, _ := fields["deviceIndex"].(int64)
		place, at := fmt.Sprintf("device %d of card %d", device, card), fmt.Sprintf("spec.advancedNetworking.networkInterfaces[%d]", i)
		if first, twice := seen[place]; twice {
			problems = append(problems, o.Problem(at, fmt.Sprintf("%s is taken by networkInterfaces[%d]", place, first), "give each its own networkCardIndex and deviceIndex"))
		}
		seen[place] = i
		if card == 0 && device == 0 && manifest.Field(item, "interfaceType") == "efa-only" {
			problems = append(problems, o.Problem(at+".interfaceType", "the first interface of a node must be of type interface", "it carries the node's own address; write interface"))
		}
	}
	return problems
}
