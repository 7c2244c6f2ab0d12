package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Certificate is the certificate authority of a cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type Certificate struct {
	// The certificate, base64.
	Data *string `json:"data,omitempty"`
}

// ConnectorConfigResponse is the registration of a connected cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type ConnectorConfigResponse struct {
	// The code that the connector shows.
	ActivationCode *string `json:"activationCode,omitempty"`
	// When the code ends.
	ActivationExpiry *metav1.Time `json:"activationExpiry,omitempty"`
	// The ID of the registration.
	ActivationID *string `json:"activationID,omitempty"`
	// Who runs the cluster.
	Provider *string `json:"provider,omitempty"`
	// The role of the connector.
	RoleARN *string `json:"roleARN,omitempty"`
}

// ClusterHealth lists problems of a cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type ClusterHealth struct {
	// The problems.
	Issues []*ClusterIssue `json:"issues,omitempty"`
}

// ClusterIssue is a problem of a cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type ClusterIssue struct {
	// The kind of problem.
	Code *string `json:"code,omitempty"`
	// What EKS says about it.
	Message *string `json:"message,omitempty"`
	// The AWS resources concerned.
	ResourceIDs []*string `json:"resourceIDs,omitempty"`
}

// Identity is the identity provider of a cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type Identity struct {
	// OpenID Connect.
	OIDC *OIDC `json:"oidc,omitempty"`
}

// OIDC is the OpenID Connect issuer of a cluster. Source: ACK eks-controller v1.20.0, CRD clusters.
type OIDC struct {
	// The URL of the issuer.
	Issuer *string `json:"issuer,omitempty"`
}
