package config

import (
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation"
)

// checkAddons checks EKS managed add-ons (EKS User Guide, "AWS add-ons").
func checkAddons(c clusterScope) {
	for i, a := range c.Addons {
		at := c.at("addons", i, "name")
		switch {
		case a.Name == "":
		case BuiltInAddon(a.Name):
			c.fail(at, fmt.Sprintf("%q is built into Auto Mode", a.Name), "a second one would run beside it for nothing; remove it")
		case c.rival(a.Name) != nil:
			c.addonRival(at, c.rival(a.Name))
		case !c.matches(`^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$`, a.Name):
			c.fail(at, fmt.Sprintf("%q is not the name of an add-on", a.Name), "write it as describe-addon-versions prints it")
		}
		c.addonVersion(c.at("addons", i, "version"), a.Version)
		c.label(c.at("addons", i, "namespace"), a.Namespace)
		if own := addonNamespace(a.Name); own != "kube-system" && a.Namespace != own && a.Name != "" {
			c.fail(c.at("addons", i, "namespace"), fmt.Sprintf("EKS installs %s in the namespace %s", a.Name, own), "remove the field")
		}
		c.suffixes(c.sub("addons", i), a.Name, a.ServiceAccounts)
		c.addonAccounts(i, a)
	}
	c.uniqueNames(named(c.Addons, func(a Addon) string { return a.Name }), "add-on", "addons")
}

// BuiltInAddon reports whether Auto Mode does the add-on's work (EKS User Guide, "EKS Auto Mode").
func BuiltInAddon(name string) bool {
	return slices.Contains([]string{"vpc-cni", "coredns", "kube-proxy", "aws-ebs-csi-driver", "eks-pod-identity-agent", "eks-node-monitoring-agent"}, name)
}

// checkReleases checks further Helm charts.
func checkReleases(c clusterScope) {
	for i, r := range c.Releases {
		s := c.sub("releases", i)
		at := s.at("name")
		switch {
		case c.component(r.Name).Chart != nil:
			c.fail(at, fmt.Sprintf("%q is the name of a component", r.Name), fmt.Sprintf("use components.%s, or choose another name", r.Name))
		case r.Name != "" && !releaseName(r.Name):
			c.fail(at, fmt.Sprintf("%q is not the name of a Helm release", r.Name), releaseNameHint())
		}
		if s.has("releaseName") && !releaseName(r.ReleaseName) {
			c.fail(s.at("releaseName"), fmt.Sprintf("%q is not the name of a Helm release", r.ReleaseName), releaseNameHint())
		}
		c.suffixes(s, r.Name, r.ServiceAccounts)
		c.releaseNamespace(s, r)
		c.chart(s, r.Chart)
		s.releaseSettings(r)
	}
	c.uniqueNames(named(c.Releases, func(r Release) string { return r.Name }), "release", "releases")
	c.addonTwice()
	c.namespaceLabels()
	c.helmNameTwice()
	c.dependencies()
}

// releaseName follows Helm: a DNS label of at most 53 characters (Helm, pkg/chart/common/util: ValidateReleaseName).
func releaseName(name string) bool {
	return len(name) <= 53 && len(validation.IsDNS1123Label(name)) == 0
}

func releaseNameHint() string {
	return "use a to z, 0 to 9 and dashes, at most 53, with a letter or digit at both ends"
}
