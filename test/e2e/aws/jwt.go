package aws

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
)

// claims are what STS reads of a service account token (Kubernetes: Managing Service Accounts, TokenRequest).
type claims struct {
	Issuer   string       `json:"iss"`
	Subject  string       `json:"sub"`
	Audience list[string] `json:"aud"`
	Expires  int64        `json:"exp"`
}

// signed is what the signature of a token is over.
type signed struct {
	keyID     string
	hash      [sha256.Size]byte
	signature []byte
}

// parseToken takes a JSON Web Token apart (RFC 7519, RFC 7515) and believes nothing of it yet.
func parseToken(token string) (claims, signed, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return claims{}, signed{}, errors.New("the ID Token provided is not a valid JWT")
	}
	var header struct {
		Algorithm string `json:"alg"`
		KeyID     string `json:"kid"`
	}
	var c claims
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err := errors.Join(err, decodePart(parts[0], &header), decodePart(parts[1], &c)); err != nil {
		return claims{}, signed{}, fmt.Errorf("the ID Token provided is not a valid JWT: %w", err)
	}
	if header.Algorithm != "RS256" {
		return claims{}, signed{}, errors.New("the ID Token is signed with " + header.Algorithm)
	}
	return c, signed{header.KeyID, sha256.Sum256([]byte(parts[0] + "." + parts[1])), signature}, nil
}

func decodePart(part string, into any) error {
	content, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return fmt.Errorf("decode it: %w", err)
	}
	return json.Unmarshal(content, into)
}

// Fetch reads a page of the internet.
type Fetch func(ctx context.Context, url string) ([]byte, error)

// issuers are the OpenID Connect issuers that AWS has had to do with, and their keys, which AWS keeps for a while.
type issuers struct {
	fetch Fetch
	mu    sync.Mutex
	keys  map[string]map[string]*rsa.PublicKey
}

// verify is nil when an issuer has signed a token.
func (i *issuers) verify(ctx context.Context, issuer string, s signed) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.keys[issuer][s.keyID] == nil {
		keys, err := i.discover(ctx, issuer)
		if err != nil {
			return fmt.Errorf("couldn't retrieve verification key from your identity provider: %w", err)
		}
		i.keys[issuer] = keys
	}
	key := i.keys[issuer][s.keyID]
	if key == nil {
		return errors.New("the issuer has no key " + s.keyID)
	}
	if err := rsa.VerifyPKCS1v15(key, crypto.SHA256, s.hash[:], s.signature); err != nil {
		return fmt.Errorf("the signature of the ID Token is wrong: %w", err)
	}
	return nil
}

// discover reads an issuer's keys (OpenID Connect Discovery 1.0, section 4; RFC 7517).
func (i *issuers) discover(ctx context.Context, issuer string) (map[string]*rsa.PublicKey, error) {
	var configuration struct {
		Issuer string `json:"issuer"`
		Keys   string `json:"jwks_uri"` //nolint:tagliatelle // as OpenID Connect writes it
	}
	if err := i.read(ctx, issuer+"/.well-known/openid-configuration", &configuration); err != nil {
		return nil, err
	}
	if configuration.Issuer != issuer {
		return nil, errors.New("the issuer calls itself " + configuration.Issuer)
	}
	var set struct {
		Keys []struct{ Kid, N, E string }
	}
	if err := i.read(ctx, configuration.Keys, &set); err != nil {
		return nil, err
	}
	keys := map[string]*rsa.PublicKey{}
	for _, k := range set.Keys {
		n, err := base64.RawURLEncoding.DecodeString(k.N)
		e, err2 := base64.RawURLEncoding.DecodeString(k.E)
		if err := errors.Join(err, err2); err != nil {
			return nil, fmt.Errorf("key %s: %w", k.Kid, err)
		}
		keys[k.Kid] = &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	}
	return keys, nil
}

func (i *issuers) read(ctx context.Context, url string, into any) error {
	content, err := i.fetch(ctx, url)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("read %s: %w", url, err)
	}
	return nil
}
