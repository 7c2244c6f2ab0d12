package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// CertificateStatus is what ACK reports about a certificate. Source: ACK acm-controller v1.3.4, CRD certificates.
type CertificateStatus struct {
	// ARN, account and region of the certificate.
	ACKResourceMetadata *ackv1alpha1.ResourceMetadata `json:"ackResourceMetadata,omitempty"`
	// ACK's conditions, such as ACK.ResourceSynced.
	Conditions []*ackv1alpha1.Condition `json:"conditions,omitempty"`
	// When the certificate was asked for.
	CreatedAt *metav1.Time `json:"createdAt,omitempty"`
	// The DNS records that prove ownership, one per domain.
	DomainValidations []*DomainValidation `json:"domainValidations,omitempty"`
	// Purposes beyond KeyUsages.
	ExtendedKeyUsages []*ExtendedKeyUsage `json:"extendedKeyUsages,omitempty"`
	// Why the request failed.
	FailureReason *string `json:"failureReason,omitempty"`
	// When the certificate was imported.
	ImportedAt *metav1.Time `json:"importedAt,omitempty"`
	// AWS resources that use the certificate.
	InUseBy []*string `json:"inUseBy,omitempty"`
	// When the certificate was issued.
	IssuedAt *metav1.Time `json:"issuedAt,omitempty"`
	// Who issued it.
	Issuer *string `json:"issuer,omitempty"`
	// What its key may be used for.
	KeyUsages []*KeyUsage `json:"keyUsages,omitempty"`
	// Until when it is valid.
	NotAfter *metav1.Time `json:"notAfter,omitempty"`
	// From when it is valid.
	NotBefore *metav1.Time `json:"notBefore,omitempty"`
	// Whether it can be renewed.
	RenewalEligibility *string `json:"renewalEligibility,omitempty"`
	// How the renewal goes.
	RenewalSummary *RenewalSummary `json:"renewalSummary,omitempty"`
	// Why it was revoked.
	RevocationReason *string `json:"revocationReason,omitempty"`
	// When it was revoked.
	RevokedAt *metav1.Time `json:"revokedAt,omitempty"`
	// Its serial number.
	Serial *string `json:"serial,omitempty"`
	// How it is signed.
	SignatureAlgorithm *string `json:"signatureAlgorithm,omitempty"`
	// The state, such as PENDING_VALIDATION or ISSUED.
	Status *string `json:"status,omitempty"`
	// Whom it is for.
	Subject *string `json:"subject,omitempty"`
	// AMAZON_ISSUED, IMPORTED or PRIVATE.
	Type *string `json:"type_,omitempty"`
}

// DomainValidation is how a domain is proved. Source: ACK acm-controller v1.3.4, CRD certificates.
type DomainValidation struct {
	// The domain.
	DomainName *string `json:"domainName,omitempty"`
	// The DNS record to make.
	ResourceRecord *ResourceRecord `json:"resourceRecord,omitempty"`
	// The domain of the mail addresses.
	ValidationDomain *string `json:"validationDomain,omitempty"`
	// The mail addresses.
	ValidationEmails []*string `json:"validationEmails,omitempty"`
	// DNS, EMAIL or HTTP.
	ValidationMethod *string `json:"validationMethod,omitempty"`
	// The state, such as SUCCESS.
	ValidationStatus *string `json:"validationStatus,omitempty"`
}

// ResourceRecord is a DNS record that proves a domain. Source: ACK acm-controller v1.3.4, CRD certificates.
type ResourceRecord struct {
	// Its name.
	Name *string `json:"name,omitempty"`
	// Its type.
	Type *string `json:"type_,omitempty"`
	// Its value.
	Value *string `json:"value,omitempty"`
}

// ExtendedKeyUsage is a purpose of a certificate. Source: ACK acm-controller v1.3.4, CRD certificates.
type ExtendedKeyUsage struct {
	// Its name.
	Name *string `json:"name,omitempty"`
	// Its object identifier.
	OID *string `json:"oid,omitempty"`
}

// KeyUsage is a purpose of a key. Source: ACK acm-controller v1.3.4, CRD certificates.
type KeyUsage struct {
	// Its name.
	Name *string `json:"name,omitempty"`
}

// RenewalSummary is how a renewal goes. Source: ACK acm-controller v1.3.4, CRD certificates.
type RenewalSummary struct {
	// How each domain is proved.
	DomainValidationOptions []*DomainValidation `json:"domainValidationOptions,omitempty"`
	// The state of the renewal.
	RenewalStatus *string `json:"renewalStatus,omitempty"`
	// Why it failed.
	RenewalStatusReason *string `json:"renewalStatusReason,omitempty"`
	// When this was last true.
	UpdatedAt *metav1.Time `json:"updatedAt,omitempty"`
}
