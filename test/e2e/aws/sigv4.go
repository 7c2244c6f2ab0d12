package aws

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// skew is how far the clocks of a client and of AWS may be apart.
const skew = 5 * time.Minute

// signature is what a request says of its signature (AWS General Reference: Create a signed AWS API request).
type signature struct {
	credential, date, token, headers, value string
	lifetime                                time.Duration
}

// fromHeader reads the signature of a request that has it in a header.
func fromHeader(r *http.Request) signature {
	s := signature{date: r.Header.Get("X-Amz-Date"), token: r.Header.Get("X-Amz-Security-Token"), lifetime: skew}
	fields, _ := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	for field := range strings.SplitSeq(fields, ",") {
		switch name, value, _ := strings.Cut(strings.TrimSpace(field), "="); name {
		case "Credential":
			s.credential = value
		case "SignedHeaders":
			s.headers = value
		case "Signature":
			s.value = value
		}
	}
	return s
}

// fromQuery reads the signature of a presigned request.
func fromQuery(query url.Values) signature {
	seconds, _ := strconv.Atoi(query.Get("X-Amz-Expires")) // 0 is over at once
	return signature{
		credential: query.Get("X-Amz-Credential"), date: query.Get("X-Amz-Date"), token: query.Get("X-Amz-Security-Token"),
		headers: query.Get("X-Amz-SignedHeaders"), value: query.Get("X-Amz-Signature"), lifetime: time.Duration(seconds) * time.Second,
	}
}

// caller checks the signature of a request without a body and returns the session that it was made with.
func (a *AWS) caller(r *http.Request, s signature, region, service string) (*Session, error) {
	keyID, scope, _ := strings.Cut(s.credential, "/")
	a.mu.Lock()
	session := a.sessions[keyID]
	a.mu.Unlock()
	if session == nil || session.Token != s.token {
		return nil, errors.New("UnrecognizedClientException: The security token included in the request is invalid.") //nolint:staticcheck // AWS\'s words
	}
	signedAt, err := time.Parse("20060102T150405Z", s.date)
	if now := time.Now(); err != nil || now.After(session.expires) || now.After(signedAt.Add(s.lifetime)) || now.Before(signedAt.Add(-skew)) {
		return nil, errors.New("ExpiredTokenException: The security token included in the request is expired")
	}
	if scope != strings.Join([]string{s.date[:8], region, service, "aws4_request"}, "/") || !slices.Contains(strings.Split(s.headers, ";"), "host") {
		return nil, errors.New("InvalidSignatureException: Credential should be scoped to a valid region and service.") //nolint:staticcheck // AWS\'s words
	}
	if !hmac.Equal([]byte(s.value), []byte(sign(session.Secret, scope, s.date, canonical(r, s.headers)))) {
		return nil, errors.New("InvalidSignatureException: The request signature we calculated does not match the signature you provided.") //nolint:staticcheck // AWS\'s words
	}
	return session, nil
}

// canonical is the canonical request.
func canonical(r *http.Request, headers string) string {
	query := r.URL.Query()
	query.Del("X-Amz-Signature")
	lines := []string{r.Method, r.URL.EscapedPath(), strings.ReplaceAll(query.Encode(), "+", "%20")}
	for name := range strings.SplitSeq(headers, ";") {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = strconv.FormatInt(r.ContentLength, 10)
		}
		lines = append(lines, name+":"+strings.Join(strings.Fields(value), " "))
	}
	empty := sha256.Sum256(nil)
	return strings.Join(append(lines, "", headers, hex.EncodeToString(empty[:])), "\n")
}

// sign is the signature of a canonical request.
func sign(secret, scope, date, canonical string) string {
	key := []byte("AWS4" + secret)
	for part := range strings.SplitSeq(scope, "/") {
		key = mac(key, part)
	}
	hash := sha256.Sum256([]byte(canonical))
	return hex.EncodeToString(mac(key, strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, hex.EncodeToString(hash[:])}, "\n")))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
