package permissions

import "slices"

// iamRows has IAM's objects. Roles have the cluster's name in front; issuers are those of EKS in the clusters' regions, so
// that the account's other providers, such as that of a CI service, stay out of reach.
func iamRows() []Row {
	roles := []string{ownRoles}
	c := controller{group: "iam.services.k8s.aws", service: "iam", version: "iam-controller v1.8.1", reading: roles, writing: roles}
	issuers := c
	issuers.reading = []string{ownIssuers}
	issuers.writing = issuers.reading
	return slices.Concat(
		issuers.rows(calls{
			"OpenIDConnectProvider", "open_id_connect_provider", "GetOpenIDConnectProvider ListOpenIDConnectProviderTags",
			"CreateOpenIDConnectProvider",
			"AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint",
			"DeleteOpenIDConnectProvider", "TagOpenIDConnectProvider UntagOpenIDConnectProvider",
		}),
		c.rows(calls{
			"Role", "role", "GetRole GetRolePolicy ListAttachedRolePolicies ListRolePolicies ListRoleTags",
			"", "DeleteRolePolicy DetachRolePolicy UpdateAssumeRolePolicy UpdateRole",
			"DeleteRole DeleteRolePolicy DetachRolePolicy", "TagRole UntagRole",
		}),
		powers(c),
	)
}

// powers are the actions that give a role permissions. Where roles have boundaries they are for roles with one of these
// alone: otherwise whoever may write a role may do everything that the account may
// (IAM User Guide, Permissions boundaries for IAM entities: Delegating responsibility to others).
func powers(c controller) []Row {
	create := c.row("Role", "role", Create, "AttachRolePolicy CreateRole PutRolePolicy", ownRoles)
	update := c.row("Role", "role", Update, "AttachRolePolicy PutRolePermissionsBoundary PutRolePolicy", ownRoles)
	create.Key, update.Key = Boundary, Boundary
	return []Row{create, update, c.row("Role", "role", Update, unbinding, ownRoles)}
}

// unbinding takes a role's boundary off.
const unbinding = "DeleteRolePermissionsBoundary"
