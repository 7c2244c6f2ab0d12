package config

import "strings"

// Capability is a controller that AWS runs for the cluster (Amazon EKS API Reference, CreateCapability). EKS keeps what it has made
// when the capability goes.
type Capability struct {
	// Type is ACK, ARGOCD or KRO; a cluster has each once.
	Type string `yaml:"type"`
	// Name is its name in EKS. Default: the type in small letters.
	Name string `yaml:"name,omitempty"`
	// RoleARN is an existing role. Default: one is made, which trusts capabilities.eks.amazonaws.com.
	RoleARN string `yaml:"roleARN,omitempty"`
	// PolicyARNs are managed policies of the role: what ACK may make, or what Argo CD may read.
	PolicyARNs []string `yaml:"policyARNs,omitempty"`
	// Statements are further permissions of the role.
	Statements []Statement `yaml:"statements,omitempty"`
	// ArgoCD are the settings of type ARGOCD, which needs them.
	ArgoCD *ArgoCD `yaml:"argoCD,omitempty"`
}

// ArgoCD is who may use Argo CD, and from where (Amazon EKS API Reference, ArgoCdConfigRequest).
type ArgoCD struct {
	// AWSIDC is the instance of IAM Identity Center whose users log in; EKS has no way to change it later.
	AWSIDC AWSIDC `yaml:"awsIDC"`
	// Namespace is where its objects are in the cluster. Default: argocd; EKS has no way to change it later.
	Namespace string `yaml:"namespace,omitempty"`
	// RBACRoleMappings give users and groups a role in Argo CD.
	RBACRoleMappings []ArgoCDRoleMapping `yaml:"rbacRoleMappings,omitempty"`
	// VPCEIDs are VPC endpoints. With one Argo CD is in reach through them alone, without from the internet.
	VPCEIDs []string `yaml:"vpceIDs,omitempty"`
}

// AWSIDC is an instance of IAM Identity Center.
type AWSIDC struct {
	// IDCInstanceARN is its ARN, arn:aws:sso:::instance/ssoins-….
	IDCInstanceARN string `yaml:"idcInstanceARN"`
	// IDCRegion is its region. Default: the cluster's.
	IDCRegion string `yaml:"idcRegion,omitempty"`
}

// ArgoCDRoleMapping gives users and groups a role in Argo CD.
type ArgoCDRoleMapping struct {
	// Role is ADMIN, EDITOR or VIEWER.
	Role string `yaml:"role"`
	// Identities have the role.
	Identities []SSOIdentity `yaml:"identities"`
}

// SSOIdentity is a user or a group of IAM Identity Center.
type SSOIdentity struct {
	// ID is its id in the identity store.
	ID string `yaml:"id"`
	// Type is SSO_USER or SSO_GROUP.
	Type string `yaml:"type"`
}

// The types of capabilities.
const (
	CapabilityACK    = "ACK"
	CapabilityArgoCD = "ARGOCD"
	CapabilityKRO    = "KRO"
)

func capabilityTypes() []string { return []string{CapabilityACK, CapabilityArgoCD, CapabilityKRO} }

// RoleSuffix ends the name of the role that is made for it.
func (c Capability) RoleSuffix() string { return capabilityRole + strings.ToLower(c.Type) }

// capabilityRole begins the ends of the names of the roles of capabilities.
const capabilityRole = "capability-"

// makesCapabilityRole reports whether a role with this end is made for one of the cluster's capabilities.
func (c *Cluster) makesCapabilityRole(end string) bool {
	for _, one := range c.Capabilities {
		if one.RoleARN == "" && one.RoleSuffix() == end {
			return true
		}
	}
	return false
}

// fillCapabilities fills in what EKS would: ACK compares these fields with what it returns.
func fillCapabilities(c *Cluster) {
	for i := range c.Capabilities {
		one := &c.Capabilities[i]
		if one.Name == "" {
			one.Name = strings.ToLower(one.Type)
		}
		if one.ArgoCD == nil {
			continue
		}
		if one.ArgoCD.Namespace == "" {
			one.ArgoCD.Namespace = "argocd" // what EKS takes by itself
		}
		if one.ArgoCD.AWSIDC.IDCRegion == "" {
			one.ArgoCD.AWSIDC.IDCRegion = c.Region
		}
	}
}
