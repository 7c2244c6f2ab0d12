package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
)

// componentNames are the releases that gen itself makes.
func componentNames() []string { return []string{"external-dns", "cloudwatch", "podinfo"} }

// checkAddons checks EKS managed add-ons (EKS User Guide, "AWS add-ons").
func checkAddons(c clusterScope) {
	for i, a := range c.Addons {
		at := c.at("addons", i, "name")
		switch {
		case a.Name == "":
		case BuiltInAddon(a.Name):
			c.fail(at, fmt.Sprintf("%q is built into Auto Mode", a.Name), "a second one would run beside it for nothing; remove it")
		case a.Name == "external-dns" && c.Components.ExternalDNS.Enabled:
			c.fail(at, "external-dns is also a component of this cluster", "two would write the same records; remove one of the two")
		case a.Name == "amazon-cloudwatch-observability" && c.Components.CloudWatch.Enabled:
			c.fail(at, "cloudwatch is also a component of this cluster", "two would send everything twice; remove one, or write components: {cloudwatch: {via: addon}}")
		case !c.matches(`^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$`, a.Name):
			c.fail(at, fmt.Sprintf("%q is not the name of an add-on", a.Name), "write it as describe-addon-versions prints it")
		}
		c.addonVersion(c.at("addons", i, "version"), a.Version)
		c.label(c.at("addons", i, "namespace"), a.Namespace)
		if own := addonNamespace(a.Name); own != "kube-system" && a.Namespace != own && a.Name != "" {
			c.fail(c.at("addons", i, "namespace"), fmt.Sprintf("EKS installs %s in the namespace %s", a.Name, own), "remove the field")
		}
		c.suffix(at, a.Name, a.ServiceAccount)
	}
	c.uniqueNames(named(c.Addons, func(a Addon) string { return a.Name }), "add-on", "addons")
}

// BuiltInAddon tells whether Auto Mode does the add-on's work (EKS User Guide, "EKS Auto Mode").
func BuiltInAddon(name string) bool {
	return slices.Contains([]string{"vpc-cni", "coredns", "kube-proxy", "aws-ebs-csi-driver", "eks-pod-identity-agent", "eks-node-monitoring-agent"}, name)
}

// suffix: the role <cluster>-<name> must not be one of gen's own.
func (c clusterScope) suffix(at spot, name string, account *ServiceAccount) {
	if account != nil && takenSuffix(name) && !slices.Contains(componentNames(), name) {
		c.fail(at, fmt.Sprintf("the role %s-%s is gen's own", c.Name, name), "a service account with AWS permissions needs another name here")
	}
}

// checkReleases checks further Helm charts.
func checkReleases(c clusterScope) {
	for i, r := range c.Releases {
		s := c.sub("releases", i)
		at := s.at("name")
		switch {
		case slices.Contains(componentNames(), r.Name):
			c.fail(at, fmt.Sprintf("%q is the name of a component", r.Name), fmt.Sprintf("use components.%s, or choose another name", r.Name))
		case r.Name != "" && (len(r.Name) > 53 || len(validation.IsDNS1123Label(r.Name)) > 0):
			c.fail(at, fmt.Sprintf("%q is not the name of a Helm release", r.Name), "use a to z, 0 to 9 and dashes, at most 53, with a letter or digit at both ends")
		}
		c.suffix(at, r.Name, r.ServiceAccount)
		if r.Namespace != "" {
			s.label(s.at("namespace"), r.Namespace)
		}
		s.chart(r.Chart)
	}
	c.uniqueNames(named(c.Releases, func(r Release) string { return r.Name }), "release", "releases")
	c.addonTwice()
}

// addonTwice: an add-on and a release of one name would share the name of their role.
func (c clusterScope) addonTwice() {
	for i, r := range c.Releases {
		for j, a := range c.Addons {
			if r.Name != "" && r.Name == a.Name {
				c.fail(c.at("releases", i, "name"), fmt.Sprintf("an add-on on line %d has the same name", c.at("addons", j, "name").line), "they would be installed twice; remove one of the two")
			}
		}
	}
}

// chart checks where a chart is: oci:// names it, https:// needs the name.
func (s scope) chart(src ChartSource) {
	at := s.at("chart", "url")
	u, err := url.Parse(src.URL)
	switch {
	case src.URL == "":
	case err != nil || u.Host == "" || u.Scheme != "oci" && u.Scheme != "https":
		s.fail(at, fmt.Sprintf("%q does not start with oci:// or https://", src.URL), "write oci://<registry>/<chart>, or the https:// address of a chart repository and name")
	case u.User != nil:
		s.fail(at, "the URL contains credentials", "remove them; this file is no place for secrets")
	case u.Scheme == "oci" && strings.Contains(u.Path[strings.LastIndex(u.Path, "/")+1:], ":"):
		s.fail(at, "the URL contains a version", "write the version under version")
	case u.Scheme == "oci" && src.Name != "":
		s.fail(s.at("chart", "name"), "has no place with an oci:// URL", "the URL names the chart; remove it, or append it to the URL")
	case u.Scheme == "oci" && strings.Trim(u.Path, "/") == "":
		s.fail(at, fmt.Sprintf("%q names no chart", src.URL), "write oci://<registry>/<chart>")
	case u.Scheme == "https" && src.Name == "" && s.sound("chart"):
		s.fail(s.at("chart", "name"), "is missing", "an https:// URL is a repository of charts; add name: … with the chart")
	}
	s.chartVersion(s.at("chart", "version"), src.Version)
}
