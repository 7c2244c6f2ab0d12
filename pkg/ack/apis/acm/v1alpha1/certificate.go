package v1alpha1

import (
	ackv1alpha1 "github.com/aws-controllers-k8s/runtime/apis/core/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// CertificateSpec is a certificate to ask for or to import. Source: ACK acm-controller v1.3.4, CRD certificates.
type CertificateSpec struct {
	// The certificate to import.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	Certificate *ackv1alpha1.SecretKeyReference `json:"certificate,omitempty"`
	// An existing certificate that the import replaces.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	CertificateARN *string `json:"certificateARN,omitempty"`
	// A private authority by ARN; leave empty when CertificateAuthorityRef is set.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	CertificateAuthorityARN *string `json:"certificateAuthorityARN,omitempty"`
	// A private authority by its acmpca.services.k8s.aws CertificateAuthority.
	CertificateAuthorityRef *ackv1alpha1.AWSResourceReferenceWrapper `json:"certificateAuthorityRef,omitempty"`
	// The chain of the certificate to import.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	CertificateChain *ackv1alpha1.SecretKeyReference `json:"certificateChain,omitempty"`
	// The domain of the certificate to ask for.
	DomainName *string `json:"domainName,omitempty"`
	// Where ACM sends its questions when it validates by mail.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	DomainValidationOptions []*DomainValidationOption `json:"domainValidationOptions,omitempty"`
	// The secret that receives the certificate.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	ExportTo *ackv1alpha1.SecretKeyReference `json:"exportTo,omitempty"`
	// The kind of key, such as RSA_2048.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	KeyAlgorithm *string `json:"keyAlgorithm,omitempty"`
	// Certificate transparency.
	Options *CertificateOptions `json:"options,omitempty"`
	// The key of the certificate to import.
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="Value is immutable once set"
	PrivateKey *ackv1alpha1.SecretKeyReference `json:"privateKey,omitempty"`
	// More domains.
	SubjectAlternativeNames []*string `json:"subjectAlternativeNames,omitempty"`
	// AWS tags of the certificate.
	Tags []*Tag `json:"tags,omitempty"`
}

// CertificateOptions are options of a certificate. Source: ACK acm-controller v1.3.4, CRD certificates.
type CertificateOptions struct {
	// ENABLED or DISABLED.
	CertificateTransparencyLoggingPreference *string `json:"certificateTransparencyLoggingPreference,omitempty"`
}

// DomainValidationOption is where ACM sends its questions. Source: ACK acm-controller v1.3.4, CRD certificates.
type DomainValidationOption struct {
	// The domain of the certificate.
	DomainName *string `json:"domainName,omitempty"`
	// The domain of the mail addresses.
	ValidationDomain *string `json:"validationDomain,omitempty"`
}

// Tag is an AWS tag. Source: ACK acm-controller v1.3.4, CRD certificates.
type Tag struct {
	// The key.
	Key *string `json:"key,omitempty"`
	// The value.
	Value *string `json:"value,omitempty"`
}

// Certificate is a certificate that ACK keeps. Source: ACK acm-controller v1.3.4, CRD certificates.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type Certificate struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              CertificateSpec `json:"spec,omitempty"`
	// +optional
	Status CertificateStatus `json:"status,omitzero"`
}
