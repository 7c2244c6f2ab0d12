package aws

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const (
	dev, prod = "111122223333", "444455556666"
	issuer    = "https://oidc.example.org/id/HUB"
	fluxRole  = "arn:aws:iam::" + dev + ":role/c1-flux"
)

// federated is a trust policy of a role for a service account of the hub.
func federated(account, subject string) string {
	return `{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "` + providerARN(account, issuer) + `"},
		"Condition": {"StringEquals": {"oidc.example.org/id/HUB:aud": "sts.amazonaws.com", "oidc.example.org/id/HUB:sub": "` + subject + `"}}}]}`
}

// describe allows DescribeCluster on one cluster.
func describe(arn string) string {
	return `{"Statement": {"Effect": "Allow", "Action": "eks:DescribeCluster", "Resource": "` + arn + `"}}`
}

// hubKey signs tokens, and answers for the issuer.
type hubKey struct{ *rsa.PrivateKey }

func (k hubKey) fetch(_ context.Context, url string) ([]byte, error) {
	if strings.HasSuffix(url, "/.well-known/openid-configuration") {
		return json.Marshal(map[string]any{"issuer": issuer, "jwks_uri": issuer + "/keys"})
	}
	e := big.NewInt(int64(k.E)).Bytes()
	return json.Marshal(map[string]any{"keys": []any{map[string]string{
		"kid": "1", "n": base64.RawURLEncoding.EncodeToString(k.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(e),
	}}})
}

// token is a service account token with these claims.
func (k hubKey) token(t *testing.T, changes map[string]any) string {
	t.Helper()
	all := map[string]any{"iss": issuer, "sub": "system:serviceaccount:c1:flux", "aud": []string{"sts.amazonaws.com"}, "exp": time.Now().Add(time.Hour).Unix()}
	maps.Copy(all, changes)
	payload, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + encode(payload)
	hash := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, k.PrivateKey, crypto.SHA256, hash[:])
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + encode(signature)
}

type noPlanes struct{}

func (noPlanes) Start(_ context.Context, arn string) (string, []byte, error) {
	return "https://" + arn, nil, nil
}
func (noPlanes) Stop(string) {}

func newKey(t *testing.T) hubKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return hubKey{key}
}

// played is an AWS with a role of Flux in dev.
func played(t *testing.T, key hubKey) *AWS {
	t.Helper()
	a := New(t.Context(), noPlanes{}, key.fetch)
	ack := func(account string) Role {
		return Role{ARN: "arn:aws:iam::" + account + ":role/ack", Policies: []string{`{"Statement": {"Effect": "Allow", "Action": "eks:*", "Resource": "*"}}`}}
	}
	a.Open(Account{ID: dev, Issuers: []string{issuer}, Roles: []Role{ack(dev), {
		ARN: fluxRole, Trust: federated(dev, "system:serviceaccount:c1:flux"),
		Policies: []string{describe(clusterARN("eu-west-2", dev, "c1"))},
	}}})
	a.Open(Account{ID: prod, Roles: []Role{ack(prod), {ARN: "arn:aws:iam::" + prod + ":role/c1-flux", Trust: federated(prod, "system:serviceaccount:c1:flux")}}})
	return a
}

func TestWebIdentity(t *testing.T) {
	key, other := newKey(t), newKey(t)
	a := played(t, key)
	for name, c := range map[string]struct{ role, token, code string }{
		"the service account of the trust": {fluxRole, key.token(t, nil), ""},
		"another service account":          {fluxRole, key.token(t, map[string]any{"sub": "system:serviceaccount:c2:flux"}), "AccessDenied"},
		"another audience":                 {fluxRole, key.token(t, map[string]any{"aud": "https://kubernetes.default.svc"}), "AccessDenied"},
		"an old token":                     {fluxRole, key.token(t, map[string]any{"exp": 1}), "ExpiredTokenException"},
		"another key":                      {fluxRole, other.token(t, nil), "InvalidIdentityToken"},
		"another issuer":                   {fluxRole, key.token(t, map[string]any{"iss": "https://example.org"}), "InvalidIdentityToken"},
		"no token":                         {fluxRole, "x", "InvalidIdentityToken"},
		"a role that is not there":         {fluxRole + "2", key.token(t, nil), "AccessDenied"},
		"an account without the provider":  {"arn:aws:iam::" + prod + ":role/c1-flux", key.token(t, nil), "InvalidIdentityToken"},
	} {
		t.Run(name, func(t *testing.T) {
			form := url.Values{"Action": {"AssumeRoleWithWebIdentity"}, "RoleArn": {c.role}, "RoleSessionName": {"s"}, "WebIdentityToken": {c.token}}
			r := httptest.NewRequest(http.MethodPost, "https://sts.eu-west-2.amazonaws.com/", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			a.STS().ServeHTTP(w, r)
			if ok := w.Code == http.StatusOK; ok != (c.code == "") || !strings.Contains(w.Body.String(), "<Code>"+c.code) && !ok {
				t.Errorf("STS says %d %s, and not %q", w.Code, w.Body, c.code)
			}
		})
	}
}

// call asks for a cluster as the SDK does, with a session.
func call(a *AWS, s *Session, region, name string, at time.Time) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "https://eks."+region+".amazonaws.com/clusters/"+name, nil)
	date := at.UTC().Format("20060102T150405Z")
	r.Header.Set("X-Amz-Date", date)
	r.Header.Set("X-Amz-Security-Token", s.Token)
	scope := date[:8] + "/" + region + "/eks/aws4_request"
	const headers = "host;x-amz-date;x-amz-security-token"
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+s.KeyID+"/"+scope+", SignedHeaders="+headers+", Signature="+sign(s.Secret, scope, date, canonical(r, headers)))
	w := httptest.NewRecorder()
	a.EKS(region).ServeHTTP(w, r)
	return w
}

func TestDescribeCluster(t *testing.T) {
	key := newKey(t)
	a := played(t, key)
	for _, account := range []string{dev, prod} {
		s := a.begin("arn:aws:iam::"+account+":role/ack", "ack")
		for _, name := range []string{"c1", "c2-" + account} {
			for ready := false; !ready; {
				var err error
				if _, ready, err = a.Put(s, Object{ID: ID{"eks.services.k8s.aws", "Cluster", account, name}, Region: "eu-west-2"}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	flux, failed := a.webIdentity(fluxRole, "s", key.token(t, nil))
	if failed != nil {
		t.Fatal(failed)
	}
	inProd := a.begin("arn:aws:iam::"+prod+":role/ack", "ack")
	forged := *flux
	forged.Secret = "x"
	other := *flux
	other.Token = "x"
	now := time.Now()
	for name, c := range map[string]struct {
		answer *httptest.ResponseRecorder
		says   string
	}{
		"its own cluster":                     {call(a, flux, "eu-west-2", "c1", now), clusterARN("eu-west-2", dev, "c1")},
		"the cluster of that name in prod":    {call(a, inProd, "eu-west-2", "c1", now), clusterARN("eu-west-2", prod, "c1")},
		"a cluster of another account":        {call(a, inProd, "eu-west-2", "c2-"+dev, now), "No cluster found for name: c2-" + dev + "."},
		"a cluster of another region":         {call(a, inProd, "us-east-2", "c1", now), "No cluster found for name: c1."},
		"a cluster that the role may not see": {call(a, flux, "eu-west-2", "c2-"+dev, now), "is not authorized to perform: eks:DescribeCluster"},
		"a wrong signature":                   {call(a, &forged, "eu-west-2", "c1", now), "does not match the signature"},
		"a wrong session token":               {call(a, &other, "eu-west-2", "c1", now), "security token included in the request is invalid"},
		"an old request":                      {call(a, flux, "eu-west-2", "c1", now.Add(-time.Hour)), "expired"},
	} {
		if !strings.Contains(c.answer.Body.String(), c.says) {
			t.Errorf("%s: EKS says %s, and not %q", name, c.answer.Body, c.says)
		}
	}
}

func TestAssumeRole(t *testing.T) {
	const hub = "arn:aws:iam::777788889999:role/ack"
	trusts := func(principal string) string {
		return `{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "` + principal + `"}}}`
	}
	for name, c := range map[string]struct {
		trust, resource string
		ok              bool
	}{
		"the role of the hub":      {trusts(hub), "*", true},
		"the account of the hub":   {trusts("arn:aws:iam::777788889999:root"), "arn:aws:iam::" + dev + ":role/ack", true},
		"another role":             {trusts(hub + "2"), "*", false},
		"no permission of the hub": {trusts(hub), "arn:aws:iam::" + prod + ":role/*", false},
	} {
		a := New(t.Context(), noPlanes{}, nil)
		a.Open(Account{ID: dev, Roles: []Role{{ARN: "arn:aws:iam::" + dev + ":role/ack", Trust: c.trust}}})
		a.Open(Account{ID: "777788889999", Roles: []Role{{ARN: hub, Policies: []string{`{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "` + c.resource + `"}}`}}}})
		self := a.begin(hub, "ack")
		if _, err := a.AssumeRole(self, "arn:aws:iam::"+dev+":role/ack", "ack"); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := a.Put(self, Object{ID: ID{"iam.services.k8s.aws", "Role", "c1", "r"}}); err == nil || len(a.In("777788889999")) > 0 {
			t.Errorf("%s: the hub's role has made something itself", name)
		}
	}
}

func TestPolicies(t *testing.T) {
	r := request{action: "eks:DescribeCluster", resource: "arn:aws:eks:eu-west-2:1:cluster/c1", keys: map[string]string{"k": "v"}}
	allow := func(more string) string { return `{"Statement": {"Effect": "Allow", ` + more + `}}` }
	for policy, want := range map[string]bool{
		allow(`"Action": "eks:Describe*", "Resource": "*"`):                                                                            true,
		allow(`"Action": ["iam:*", "EKS:describecluster"], "Resource": ["arn:*:cluster/c?"]`):                                          true,
		allow(`"Action": "eks:Describe", "Resource": "*"`):                                                                             false,
		allow(`"Action": "eks:*", "Resource": "arn:aws:eks:*:1:cluster/c2"`):                                                           false,
		allow(`"Action": "eks:*", "Resource": "*", "Condition": {"StringEquals": {"k": ["u", "v"]}}`):                                  true,
		allow(`"Action": "eks:*", "Resource": "*", "Condition": {"StringEquals": {"k": "u"}}`):                                         false,
		allow(`"Action": "eks:*", "Resource": "*", "Condition": {"StringEquals": {"other": "v"}}`):                                     false,
		allow(`"Action": "eks:*", "Resource": "*", "Condition": {"Bool": {"k": "v"}}`):                                                 false,
		allow(`"NotAction": "iam:*", "Resource": "*"`):                                                                                 false,
		`{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "eks:*", "Resource": "*"}]}`: false,
		`no JSON`: false,
	} {
		if got := allows([]string{policy}, r); got != want {
			t.Errorf("%s: %t", policy, got)
		}
	}
}
