// Package acm creates ACK objects of AWS Certificate Manager (ACK acm-controller).
package acm

import (
	"eks-auto-gitops/pkg/ack"
	ackacm "eks-auto-gitops/pkg/ack/apis/acm/v1alpha1"
)

// Certificate creates a certificate for domain and everything directly below it. ACK always requests
// DNS validation. The names are those that ACM returns, the domain itself among them: ACK compares the list, and would request
// an update of the certificate at each reconciliation (AWS Certificate Manager API Reference: CertificateDetail).
func Certificate(m ack.Meta, domain string) *ackacm.Certificate {
	return &ackacm.Certificate{TypeMeta: ack.Type(ackacm.Group, "Certificate"), ObjectMeta: m.Object(), Spec: ackacm.CertificateSpec{
		DomainName:              new(domain),
		KeyAlgorithm:            new("RSA_2048"),
		Options:                 &ackacm.CertificateOptions{CertificateTransparencyLoggingPreference: new("ENABLED")},
		SubjectAlternativeNames: []*string{new(domain), new("*." + domain)},
		Tags: ack.TagList(m.Tags, func(key, value string) *ackacm.Tag {
			return &ackacm.Tag{Key: new(key), Value: new(value)}
		}),
	}}
}
