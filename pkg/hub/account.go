package hub

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/iam"
	"eks-auto-gitops/pkg/resource"
)

// accountStack makes account.cfn.yaml, which is the same for every account: what differs is a mapping from the account, so
// that nothing has to be filled in, a StackSet takes it as it is, and a stack in an account that is not the fleet's fails.
func (m *maker) accountStack() ([]byte, error) {
	f, accounts := m.fleet, m.accounts
	policies, err := m.ackPolicies()
	if err != nil {
		return nil, err
	}
	resources := object{"OidcProvider": when("MakesOidcProvider", resourceOf("AWS::IAM::OIDCProvider", object{
		"ClientIdList": list{"sts.amazonaws.com"}, "Url": ref("HubOidcIssuer"),
	}))}
	conditions := object{
		"BoundaryGiven":     given("PermissionsBoundaryArn"),
		"MakesOidcProvider": equals(ref("MakeOidcProvider"), "true"),
	}
	var attached list
	for _, p := range policies {
		condition := "Has" + p.resource
		conditions[condition] = equals(ofAccount(p.resource), "yes")
		resources[p.resource] = when(condition, resourceOf("AWS::IAM::ManagedPolicy", object{
			"Description": p.description, "PolicyDocument": p.document,
		}))
		attached = append(attached, ifSet(condition, ref(p.resource)))
	}
	trust, err := trustHub(f)
	if err != nil {
		return nil, err
	}
	for n := range mostRoles(accounts) {
		name := roleKey(n)
		resources[name] = resourceOf("AWS::IAM::Role", object{
			"AssumeRolePolicyDocument": trust,
			"ManagedPolicyArns":        attached,
			"Path":                     ofAccount(name + "Path"),
			"PermissionsBoundary":      ifSet("BoundaryGiven", ref("PermissionsBoundaryArn")),
			"RoleName":                 ofAccount(name + "Name"),
		})
		if n > 0 {
			conditions["Has"+name] = not(equals(ofAccount(name+"Name"), none))
			resources[name] = when("Has"+name, resources[name].(object)) //nolint:forcetypeassert // made three lines above
		}
	}
	charts, chartConditions, err := chartRoles(f)
	if err != nil {
		return nil, err
	}
	maps.Copy(resources, charts)
	maps.Copy(conditions, chartConditions)
	content, err := resource.EncodeTree(object{
		"AWSTemplateFormatVersion": "2010-09-09",
		"Description":              fmt.Sprintf("What the hub of fleet %s needs in each AWS account: its OIDC provider and the role of ACK", f.Metadata.Name),
		"Parameters":               accountParameters(f),
		"Mappings":                 object{"Accounts": mapping(accounts, policies)},
		"Conditions":               conditions,
		"Resources":                resources,
		"Outputs":                  object{"AckRoleArn": output("The role that ACK assumes in this account", getAtt(roleKey(0), "Arn"))},
	})
	if err != nil {
		return nil, fmt.Errorf("encode the template of an account: %w", err)
	}
	return content, nil
}

func accountParameters(f *config.Fleet) object {
	issuer := object{"Type": "String", "Description": "hub.oidcIssuer of clusters/clusters.yaml, the output OidcIssuerUrl of the hub's stack"}
	if f.Hub.OIDCIssuer != "" {
		issuer["Default"] = f.Hub.OIDCIssuer
	}
	return object{
		"HubOidcIssuer":          matching(issuer, `^https://[^/?#]+(/[^?#]*[^/?#])?$`, "an address that starts with https:// and does not end in a slash"),
		"MakeOidcProvider":       yesOrNo("false where the account has this OIDC provider already", "true"),
		"PermissionsBoundaryArn": parameter("Permissions boundary of ACK's role; empty for none", ""),
	}
}

// ofAccount is a value of the mapping.
func ofAccount(key string) object {
	return object{"Fn::FindInMap": list{"Accounts", ref("AWS::AccountId"), key}}
}

// none is the name of a role that an account does not have.
const none = "-"

// roleKey names the nth role of ACK in an account.
func roleKey(n int) string {
	if n == 0 {
		return "AckRole"
	}
	return fmt.Sprintf("AckRole%d", n+1)
}

func mostRoles(accounts []account) int {
	most := 1
	for _, a := range accounts {
		most = max(most, len(a.roles))
	}
	return most
}

// mapping says of each account which roles and which policies it has.
func mapping(accounts []account, policies []ackPolicy) object {
	all := object{}
	for _, a := range accounts {
		values := object{}
		for _, p := range policies {
			values[p.resource] = map[bool]string{true: "yes", false: "no"}[slices.Contains(a.groups, p.group)]
		}
		for n := range mostRoles(accounts) {
			path, name := "/", none
			if n < len(a.roles) {
				path, name = splitRole(a.roles[n])
			}
			values[roleKey(n)+"Path"], values[roleKey(n)+"Name"] = path, name
		}
		all[a.id] = values
	}
	return all
}

// splitRole is the path and the name of a role.
func splitRole(arn string) (path, name string) {
	_, resource, _ := strings.Cut(arn, ":role/")
	at := strings.LastIndex(resource, "/") + 1
	return "/" + resource[:at], resource[at:]
}

// trustHub lets ACK on the hub assume the role. The principal is the hub's account and the condition the role: IAM would
// turn the role itself into its id, and a hub that is made again under its name could not come in
// (IAM User Guide, AWS JSON policy elements: Principal, Role principals). EKS Pod Identity tags its sessions.
func trustHub(f *config.Fleet) (object, error) {
	account := "arn:${AWS::Partition}:iam::" + f.Hub.AccountID
	return document(func(text string) any { return sub(text) }, iam.Statement{
		Effect: iam.Allow, Action: iam.Values{"sts:AssumeRole", "sts:TagSession"},
		Principal: iam.Principal{"AWS": {account + ":root"}},
		Condition: iam.Condition{"ArnEquals": {"aws:PrincipalArn": {account + ":role/" + f.Metadata.Name + ackRole}}},
	})
}

// account is one of the fleet's AWS accounts.
type account struct {
	id string
	// roles are the ARNs of the roles that ACK assumes in it: more than one if environments share the account and each
	// names its own.
	roles []string
	// groups are the API groups of the AWS objects in it.
	groups []string
}

// accountsOf lists the accounts of all environments, by id. An account without a cluster yet has the groups of all.
func accountsOf(f *config.Fleet, groups map[string][]string) []account {
	roles := map[string][]string{}
	for _, arn := range ackRoles(f) {
		id := strings.Split(arn, ":")[4]
		roles[id] = append(roles[id], arn)
	}
	var all []string
	for _, list := range groups {
		all = append(all, list...)
	}
	slices.Sort(all)
	var accounts []account
	for _, id := range slices.Sorted(maps.Keys(roles)) {
		own := groups[id]
		if len(own) == 0 {
			own = slices.Compact(all)
		}
		accounts = append(accounts, account{id, roles[id], own})
	}
	return accounts
}
