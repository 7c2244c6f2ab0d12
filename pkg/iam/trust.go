package iam

// TrustService lets AWS services assume a role.
func TrustService(actions Values, services ...string) Statement {
	return Statement{Effect: Allow, Principal: Principal{"Service": services}, Action: actions}
}

// TrustPodIdentity lets pods assume a role through EKS Pod Identity. It is the same for every cluster;
// the association says which service account gets the role
// (Amazon EKS User Guide: Create an IAM role for EKS Pod Identity).
func TrustPodIdentity() Statement {
	return Statement{
		Sid:       "AllowEksAuthToAssumeRoleForPodIdentity",
		Effect:    Allow,
		Principal: Principal{"Service": {"pods.eks.amazonaws.com"}},
		Action:    Values{"sts:AssumeRole", "sts:TagSession"},
	}
}

// TrustServiceAccount lets one Kubernetes service account assume a role through the cluster's OIDC provider
// (Amazon EKS User Guide: Assign IAM roles to Kubernetes service accounts).
// issuer is the issuer's address without https://, providerARN the ARN of the IAM OIDC provider.
func TrustServiceAccount(providerARN, issuer, namespace, name string) Statement {
	return Statement{
		Effect:    Allow,
		Principal: Principal{"Federated": {providerARN}},
		Action:    Values{"sts:AssumeRoleWithWebIdentity"},
		Condition: Condition{"StringEquals": {
			issuer + ":aud": {"sts.amazonaws.com"},
			issuer + ":sub": {"system:serviceaccount:" + namespace + ":" + name},
		}},
	}
}
