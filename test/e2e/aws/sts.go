package aws

import (
	"crypto/rand"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// lifetime of temporary credentials, unless the caller asks for another (AWS STS API Reference: AssumeRole).
const lifetime = time.Hour

// Session is a role that somebody has assumed.
type Session struct {
	// Role is the ARN of the role, which is also the principal that access entries name.
	Role, Account        string
	name                 string
	KeyID, Secret, Token string
	expires              time.Time
}

// ARN is that of the assumed role, as AWS writes it in messages and EKS as the user's name.
func (s *Session) ARN() string {
	name := s.Role[strings.LastIndex(s.Role, "/")+1:]
	return fmt.Sprintf("arn:aws:sts::%s:assumed-role/%s/%s", s.Account, name, s.name)
}

// Env is how a program gets the credentials of a session.
func (s *Session) Env() []string {
	return []string{"AWS_ACCESS_KEY_ID=" + s.KeyID, "AWS_SECRET_ACCESS_KEY=" + s.Secret, "AWS_SESSION_TOKEN=" + s.Token}
}

// begin starts a session. a.mu is held.
func (a *AWS) begin(role, name string) *Session {
	s := &Session{
		Role: role, Account: accountOf(role), name: name,
		KeyID: "ASIA" + rand.Text()[:16], Secret: rand.Text(), Token: rand.Text(), expires: time.Now().Add(lifetime),
	}
	a.sessions[s.KeyID] = s
	return s
}

// ForPod gives a pod of a service its role, as EKS Pod Identity does.
func (a *AWS) ForPod(role, name string) (*Session, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r, ok := a.role(role)
	if !ok || !allows([]string{r.Trust}, request{action: "sts:AssumeRole", kind: "Service", principal: "pods.eks.amazonaws.com"}) {
		return nil, &Denied{Message: "AccessDenied: EKS Pod Identity may not assume " + role}
	}
	return a.begin(role, name), nil
}

// AssumeRole gives the owner of a session another role. In another account both must allow it: the policies of the
// caller and the trust of the role (IAM User Guide: Cross-account policy evaluation logic).
func (a *AWS) AssumeRole(caller *Session, role, name string) (*Session, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r, ok := a.role(role)
	trusted := ok && allows([]string{r.Trust}, request{
		action: "sts:AssumeRole", kind: "AWS", principal: caller.Role, keys: map[string]string{"aws:PrincipalArn": caller.Role},
	})
	if err := a.may(caller, "sts:AssumeRole", role); err != nil || !trusted {
		return nil, &Denied{Message: fmt.Sprintf("AccessDenied: User: %s is not authorized to perform: sts:AssumeRole on resource: %s", caller.ARN(), role)}
	}
	return a.begin(role, name), nil
}

// webIdentity gives the owner of a service account token a role (AWS STS API Reference: AssumeRoleWithWebIdentity):
// the role's account has a provider for the token's issuer, the token is the issuer's, and the trust names it.
func (a *AWS) webIdentity(role, name, token string) (*Session, *failure) {
	claims, signed, err := parseToken(token)
	if err != nil {
		return nil, &failure{"InvalidIdentityToken", err.Error()}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.hasProvider(accountOf(role), claims.Issuer) {
		return nil, &failure{"InvalidIdentityToken", "No OpenIDConnect provider found in your account for " + claims.Issuer}
	}
	if err := a.issuers.verify(a.ctx, claims.Issuer, signed); err != nil {
		return nil, &failure{"InvalidIdentityToken", err.Error()}
	}
	if time.Now().After(time.Unix(claims.Expires, 0)) {
		return nil, &failure{"ExpiredTokenException", "Token expired"}
	}
	r, ok := a.role(role)
	issuer := strings.TrimPrefix(claims.Issuer, "https://")
	for _, audience := range claims.Audience {
		if ok && allows([]string{r.Trust}, request{
			action: "sts:AssumeRoleWithWebIdentity", kind: "Federated", principal: providerARN(accountOf(role), claims.Issuer),
			keys: map[string]string{issuer + ":aud": audience, issuer + ":sub": claims.Subject},
		}) {
			return a.begin(role, name), nil
		}
	}
	return nil, &failure{"AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"}
}

// failure is an error of STS.
type failure struct{ Code, Message string }

// STS answers the one call that Flux makes without credentials (fluxcd/pkg, auth/aws/provider.go:
// NewTokenForServiceAccount). GetCallerIdentity is only presigned; who checks that is Webhook.
func (a *AWS) STS() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if action := r.PostFormValue("Action"); action != "AssumeRoleWithWebIdentity" {
			refuse(w, &failure{"InvalidAction", "Could not find operation " + action})
			return
		}
		s, failed := a.webIdentity(r.PostFormValue("RoleArn"), r.PostFormValue("RoleSessionName"), r.PostFormValue("WebIdentityToken"))
		if failed != nil {
			a.note(failed.Code + ": " + failed.Message + ": " + r.PostFormValue("RoleArn"))
			refuse(w, failed)
			return
		}
		type credentials struct {
			AccessKeyId, SecretAccessKey, SessionToken, Expiration string //nolint:staticcheck // as AWS writes it
		}
		answer(w, http.StatusOK, struct {
			XMLName     xml.Name    `xml:"https://sts.amazonaws.com/doc/2011-06-15/ AssumeRoleWithWebIdentityResponse"`
			Credentials credentials `xml:"AssumeRoleWithWebIdentityResult>Credentials"`
			ARN         string      `xml:"AssumeRoleWithWebIdentityResult>AssumedRoleUser>Arn"`
		}{Credentials: credentials{s.KeyID, s.Secret, s.Token, s.expires.UTC().Format(time.RFC3339)}, ARN: s.ARN()})
	})
}

// refuse answers with an error (AWS STS API Reference: Common Error Types).
func refuse(w http.ResponseWriter, f *failure) {
	code := http.StatusBadRequest
	if f.Code == "AccessDenied" {
		code = http.StatusForbidden
	}
	answer(w, code, struct {
		XMLName xml.Name `xml:"https://sts.amazonaws.com/doc/2011-06-15/ ErrorResponse"`
		Type    string   `xml:"Error>Type"`
		Code    string   `xml:"Error>Code"`
		Message string   `xml:"Error>Message"`
	}{Type: "Sender", Code: f.Code, Message: f.Message})
}

func answer(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "text/xml")
	w.WriteHeader(code)
	_ = xml.NewEncoder(w).Encode(body) // a client that has gone away needs no answer
}
