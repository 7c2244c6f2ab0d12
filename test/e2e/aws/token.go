package aws

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	authentication "k8s.io/api/authentication/v1"
)

// Credentials are those of the hub's Flux, which is the AWS principal Principal.
type Credentials struct{ KeyID, Secret, Principal string }

// Env is how Flux gets them. Nothing else of AWS may be in its environment.
func (c Credentials) Env() []string {
	return []string{"AWS_ACCESS_KEY_ID=" + c.KeyID, "AWS_SECRET_ACCESS_KEY=" + c.Secret, "AWS_REGION=eu-west-2", "AWS_EC2_METADATA_DISABLED=true"}
}

// Webhook is what an EKS cluster asks who the owner of a token is (Kubernetes: Webhook Token Authentication).
// Like EKS it lets nobody in who has no access entry. It does not check the signature.
func (a *AWS) Webhook(c Credentials) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var review authentication.TokenReview
		if err := json.NewDecoder(r.Body).Decode(&review); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		cluster := strings.TrimPrefix(r.URL.Path, "/")
		if presigned(review.Spec.Token, c.KeyID) && a.Admits(cluster, c.Principal) {
			review.Status = authentication.TokenReviewStatus{
				Authenticated: true,
				User:          authentication.UserInfo{Username: c.Principal, Groups: []string{"system:masters"}},
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(review) // a client that has gone away needs no answer
	})
}

// presigned reports whether a token is a request for GetCallerIdentity that was signed with a key, for a cluster
// (aws-iam-authenticator: API Authorization from Outside a Cluster).
func presigned(token, keyID string) bool {
	encoded, ok := strings.CutPrefix(token, "k8s-aws-v1.")
	if !ok {
		return false
	}
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		return false
	}
	address, err := url.Parse(string(decoded))
	if err != nil {
		return false
	}
	query := address.Query()
	return query.Get("Action") == "GetCallerIdentity" &&
		strings.HasPrefix(query.Get("X-Amz-Credential"), keyID+"/") &&
		slices.Contains(strings.Split(query.Get("X-Amz-SignedHeaders"), ";"), "x-k8s-aws-id")
}
