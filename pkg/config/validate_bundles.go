package config

import (
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"
)

// certificateBundles: EKS puts them among the certificate authorities of nodes as they are. What is in them is public, a private
// key is not.
func (s scope) certificateBundles(bundles []CertificateBundle) {
	for i, b := range bundles {
		at := s.at("certificateBundles", i, "data")
		text, err := base64.StdEncoding.DecodeString(b.Data)
		switch {
		case b.Data == "":
		case strings.HasPrefix(b.Data, "-----BEGIN"):
			s.fail(at, "is PEM as it is", "encode the file: base64 -w0 bundle.pem")
		case err != nil:
			s.fail(at, "is not base64", "encode the PEM file: base64 -w0 bundle.pem")
		case strings.Contains(string(text), "PRIVATE KEY"):
			s.fail(at, "holds a private key", "everything here is committed; only certificates belong into a bundle, and the key should be replaced")
		case !certificatesOnly(text):
			s.warn(at, "holds no certificate in PEM", `the text before encoding begins with "-----BEGIN CERTIFICATE-----"`)
		}
	}
	s.uniqueNames(named(bundles, func(b CertificateBundle) string { return b.Name }), "bundle", "certificateBundles")
	for i, b := range bundles {
		if b.Name != "" && !s.matches(`^[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$`, b.Name) {
			s.fail(s.at("certificateBundles", i, "name"), fmt.Sprintf("%q is not the name of a bundle", b.Name), "use letters, digits, dashes, dots and underscores, at most 63")
		}
	}
}

func certificatesOnly(text []byte) bool {
	block, rest := pem.Decode(text)
	for ; block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			return false
		}
		if len(strings.TrimSpace(string(rest))) == 0 {
			return true
		}
	}
	return false
}
