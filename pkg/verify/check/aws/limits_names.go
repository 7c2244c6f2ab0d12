package aws

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"eks-auto-gitops/pkg/diag"
	"eks-auto-gitops/pkg/manifest"
)

// A nameRule is what a name may be.
type nameRule struct {
	field   string
	most    int
	pattern *regexp.Regexp
	// reserved is how the names begin that AWS keeps for itself.
	reserved string
}

type nameRules map[string]nameRule

// newNameRules are the rules of the kinds whose names AWS or Helm limits.
func newNameRules() nameRules {
	const domain = `^(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?$`
	iam := regexp.MustCompile(`^[\w+=,.@-]+$`)
	return nameRules{
		// IAM and AWS STS quotas, Name requirements and character limits
		"Role.iam.services.k8s.aws":            {"spec.name", 64, iam, ""},
		"Policy.iam.services.k8s.aws":          {"spec.name", 128, iam, ""},
		"InstanceProfile.iam.services.k8s.aws": {"spec.name", 128, iam, ""},
		// IAM API, CreateOpenIDConnectProvider
		"OpenIDConnectProvider.iam.services.k8s.aws": {"spec.url", 255, regexp.MustCompile(`^https://[^/?]+(/[^?]*)?$`), ""},
		// EKS API, CreateCluster
		"Cluster.eks.services.k8s.aws": {"spec.name", 100, regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_-]*$`), ""},
		// Amazon CloudWatch Logs API, CreateLogGroup
		"LogGroup.cloudwatchlogs.services.k8s.aws": {"spec.name", 512, regexp.MustCompile(`^[.\-_/#A-Za-z0-9]+$`), "aws/"},
		// AWS KMS API, CreateAlias
		"Alias.kms.services.k8s.aws": {"spec.name", 256, regexp.MustCompile(`^alias/[A-Za-z0-9/_-]+$`), "alias/aws/"},
		// Amazon EC2 API, CreateSecurityGroup
		"SecurityGroup.ec2.services.k8s.aws": {"spec.name", 255, regexp.MustCompile(`^[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]+$`), "sg-"},
		// Amazon Route 53 Developer Guide, DNS domain name format
		"HostedZone.route53.services.k8s.aws": {"spec.name", 255, regexp.MustCompile(domain), ""},
		"RecordSet.route53.services.k8s.aws":  {"spec.name", 255, regexp.MustCompile(domain), ""},
		// AWS Certificate Manager API, RequestCertificate: the first name is the common name, which has 64 (RFC 5280)
		"Certificate.acm.services.k8s.aws": {"spec.domainName", 64, regexp.MustCompile(domain), ""},
		// Helm, names of releases
		"HelmRelease.helm.toolkit.fluxcd.io": {"spec.releaseName", 53, regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`), ""},
	}
}

// check holds an object's name in AWS, or Helm's, to the rule of its kind.
func (rules nameRules) check(o *manifest.Object) diag.List {
	rule, ok := rules[o.Kind().String()]
	if !ok {
		return nil
	}
	name := o.Text(strings.Split(rule.field, ".")...)
	switch {
	case name == "" || strings.Contains(name, "${"):
		return nil // the check guard says what is wrong with a variable
	case len(name) > rule.most:
		return diag.List{o.Problem(rule.field, fmt.Sprintf("has %d characters, but may have %d", len(name), rule.most), "take a shorter name")}
	case !rule.pattern.MatchString(name):
		return diag.List{o.Problem(rule.field, fmt.Sprintf("%q has characters that are not allowed, or not there", name), "it has to fit "+rule.pattern.String())}
	case rule.reserved != "" && strings.HasPrefix(name, rule.reserved):
		return diag.List{o.Problem(rule.field, "only AWS has names that begin with "+rule.reserved, "take another name")}
	}
	return nil
}

// descriptions holds descriptions and times of a session to their limits (IAM API, CreateRole and CreatePolicy; AWS KMS API,
// CreateKey; Amazon EC2 API, CreateSecurityGroup).
func descriptions(o *manifest.Object) diag.List {
	most := map[string]int{
		"Role.iam.services.k8s.aws": 1000, "Policy.iam.services.k8s.aws": 1000,
		"Key.kms.services.k8s.aws": 8192, "SecurityGroup.ec2.services.k8s.aws": 255,
	}[o.Kind().String()]
	if n := utf8.RuneCountInString(o.Text("spec", "description")); most > 0 && n > most {
		return diag.List{o.Problem("spec.description", fmt.Sprintf("has %d characters, but may have %d", n, most), "make it shorter")}
	}
	if n, ok := number(o.Value("spec", "maxSessionDuration")); ok && (n < 3600 || n > 43200) {
		return diag.List{o.Problem("spec.maxSessionDuration", fmt.Sprintf("is %d seconds", n), "IAM takes 3600 to 43200")}
	}
	return nil
}

// number is a whole number of JSON.
func number(value any) (int64, bool) {
	switch n := value.(type) {
	case float64:
		return int64(n), true
	case int64:
		return n, true
	}
	return 0, false
}
