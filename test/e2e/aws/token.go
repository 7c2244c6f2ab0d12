package aws

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	authentication "k8s.io/api/authentication/v1"
)

// Webhook is what an EKS cluster asks who the owner of a token is (Kubernetes: Webhook Token Authentication). Its
// path is the ARN of the cluster. Like EKS it lets nobody in whose role has no access entry.
func (a *AWS) Webhook() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var review authentication.TokenReview
		if err := json.NewDecoder(r.Body).Decode(&review); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		cluster := strings.TrimPrefix(r.URL.Path, "/")
		session, err := a.presigned(review.Spec.Token, cluster)
		switch {
		case err != nil:
			review.Status.Error = err.Error()
			a.note(cluster + " refuses a token: " + err.Error())
		case !a.Admits(cluster, session.Role):
			review.Status.Error = session.Role + " has no access entry"
			a.note(cluster + " refuses " + session.Role + ", which has no access entry")
		default:
			review.Status = authentication.TokenReviewStatus{
				Authenticated: true,
				User:          authentication.UserInfo{Username: session.ARN(), Groups: []string{"system:masters"}},
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(review) // a client that has gone away needs no answer
	})
}

// presigned returns the session with which a token was made: it is a request to STS for GetCallerIdentity, signed
// for one cluster (aws-iam-authenticator: API Authorization from Outside a Cluster).
func (a *AWS) presigned(token, cluster string) (*Session, error) {
	encoded, ok := strings.CutPrefix(token, "k8s-aws-v1.")
	if !ok {
		return nil, errors.New("the token is not one of EKS")
	}
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		return nil, errors.New("the token is not base64")
	}
	address, err := url.Parse(string(decoded))
	if err != nil {
		return nil, errors.New("the token holds no address")
	}
	region, ok := strings.CutSuffix(strings.TrimPrefix(address.Host, "sts."), ".amazonaws.com")
	s := fromQuery(address.Query())
	if !ok || address.Scheme != "https" || address.Query().Get("Action") != "GetCallerIdentity" || !strings.Contains(s.headers, "x-k8s-aws-id") {
		return nil, errors.New("the token is no GetCallerIdentity")
	}
	name := cluster[strings.LastIndex(cluster, "/")+1:]
	r := &http.Request{Method: http.MethodGet, URL: address, Host: address.Host, Header: http.Header{"X-K8s-Aws-Id": {name}}}
	return a.caller(r, s, region, "sts")
}
