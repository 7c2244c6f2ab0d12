package e2e

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"eks-auto-gitops/test/e2e/ack"
	"eks-auto-gitops/test/e2e/aws"
	"eks-auto-gitops/test/e2e/programs"
)

// Namespaces of the hub's own programs.
const (
	fluxNamespace = "flux-system"
	ackNamespace  = "ack-system"
)

// Roles in the hub's account.
const (
	hubACKRole = "arn:aws:iam::777788889999:role/eks-auto-example-hub-ack"
	// oneRole is what Flux had on hubs before each cluster had a role of its own.
	oneRole = "arn:aws:iam::777788889999:role/flux"
)

// hub is what clusters.yaml says of it.
type hub struct{ account, region, issuer string }

// hub reads clusters.yaml.
func (u *user) hub(t *testing.T) hub {
	t.Helper()
	entry := u.fleet(t)["hub"].(map[string]any)
	issuer := entry["oidcIssuer"].(string)
	return hub{account: entry["accountID"].(string), issuer: issuer, region: strings.Split(issuer, ".")[2]}
}

// issuerHost is the host of the hub's OIDC issuer, and the path of it there.
func (h hub) issuerHost() (host, path string) {
	host, path, _ = strings.Cut(strings.TrimPrefix(h.issuer, "https://"), "/")
	return host, "/" + path
}

// accounts is what the bootstrap makes in AWS: in the hub's account the role of ACK, which may assume roles and do
// nothing else, and in each other account the hub's OpenID Connect provider and the role that ACK assumes.
func (h hub) accounts(mode mode) []aws.Account {
	const pods = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}}`
	const fromHub = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "` + hubACKRole + `"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}}`
	const assume = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": "arn:aws:iam::*:role/*"}}`
	const describe = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "eks:DescribeCluster", "Resource": "*"}}`
	const services = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*",
		"Action": ["acm:*", "ec2:*", "eks:*", "iam:*", "kms:*", "logs:*", "route53:*"]}}`
	accounts := []aws.Account{{ID: h.account, Roles: []aws.Role{
		{ARN: hubACKRole, Trust: pods, Policies: []string{assume}},
		{ARN: oneRole, Trust: pods, Policies: []string{describe}},
	}}}
	for _, id := range []string{"111122223333", "444455556666"} {
		account := aws.Account{ID: id, Issuers: []string{h.issuer}}
		for _, name := range mode.roles() {
			account.Roles = append(account.Roles, aws.Role{ARN: "arn:aws:iam::" + id + ":role/" + name, Trust: fromHub, Policies: []string{services}})
		}
		accounts = append(accounts, account)
	}
	return accounts
}

// mode is how ACK on the hub gets into other accounts.
type mode string

const (
	selectors  mode = "selectors"
	accountMap mode = "accountMap"
)

// roles are the names of the roles that ACK may assume in each account: that which gen names by default, and with
// selectors another, which an environment can change to.
func (m mode) roles() []string {
	if m == accountMap {
		return []string{"eks-auto-example-ack"}
	}
	return []string{"eks-auto-example-ack", secondACKRole}
}

// secondACKRole is a role that ACK may assume too.
const secondACKRole = "eks-auto-example-ack-2"

// fluxFlags are those that the hub's FluxInstance sets. A cluster that is being made keeps a worker busy, so there
// are more of them than by default.
func fluxFlags() map[string][]string {
	common := []string{"--watch-all-namespaces", "--concurrent", "20"}
	return map[string][]string{
		programs.SourceController:    common,
		programs.KustomizeController: append(common, "--feature-gates=ObjectLevelWorkloadIdentity=true,CancelHealthCheckOnNewRevision=true"),
		programs.HelmController:      append(common, "--feature-gates=ObjectLevelWorkloadIdentity=true"),
	}
}

// installACK starts ACK with its role, and for the account map applies that.
func (w *world) installACK(t *testing.T, h hub, mode mode) {
	t.Helper()
	must(t, w.client.Create(w.ctx, namespace(ackNamespace)))
	if mode == accountMap {
		roles := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: ackNamespace, Name: "ack-role-account-map"}, Data: map[string]string{}}
		for _, account := range h.accounts(mode)[1:] {
			roles.Data[account.ID] = account.Roles[0].ARN
		}
		must(t, w.client.Create(w.ctx, roles))
	}
	self, err := w.aws.ForPod(hubACKRole, "ack")
	must(t, err)
	w.ack, err = ack.Run(w.ctx, w.hub.Config(), w.aws, ack.Options{
		Selectors: mode == selectors, Namespace: ackNamespace, Self: self, Region: h.region,
	})
	must(t, err)
}

// installFlux starts Flux. It has no AWS credentials but what it gets for a service account.
func (w *world) installFlux(t *testing.T) {
	t.Helper()
	env := append(w.net.Env(), "AWS_EC2_METADATA_DISABLED=true")
	if theMutation(t).oneRole {
		session, err := w.aws.ForPod(oneRole, "flux")
		must(t, err)
		env = append(append(env, session.Env()...), "AWS_REGION=eu-west-2")
	}
	must(t, w.plane.Flux(w.hub, fluxFlags(), env))
}
