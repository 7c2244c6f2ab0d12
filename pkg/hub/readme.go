package hub

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/flux"
	"eks-auto-gitops/pkg/layout"
)

// readme writes README.md: every command in order, for this fleet. The reasons are in docs/hub.md of gen.
func (m *maker) readme() string {
	f := m.fleet
	var b strings.Builder
	step := 0
	section := func(title, text string, commands ...string) {
		step++
		fmt.Fprintf(&b, "\n## %d. %s\n\n%s\n", step, title, text)
		if len(commands) > 0 {
			fmt.Fprintf(&b, "\n```sh\n%s\n```\n", strings.Join(commands, "\n"))
		}
	}
	fmt.Fprintf(&b, "# The hub of %s\n\nThe EKS cluster `%s` in account %s, %s, runs %s.\n"+
		"These are the steps to create it, in order; run them in the root of the repository. They need aws, kubectl,\n"+
		"helm, flux and git; `Taskfile.yml` has the same commands as tasks (`task --dir hub --list`).\n",
		f.Metadata.Name, f.Hub.Cluster, f.Hub.AccountID, f.Hub.Region,
		map[bool]string{true: "Flux, and AWS runs ACK for it", false: "Flux and the ACK controllers"}[m.managed])
	m.beforeFlux(section)
	m.withFlux(section)
	return b.String()
}

// beforeFlux are the steps in AWS.
func (m *maker) beforeFlux(section func(title, text string, commands ...string)) {
	f := m.fleet
	region := " --region " + f.Hub.Region
	section("Create the hub", "With AWS credentials of account "+f.Hub.AccountID+". It takes about 15 minutes. Whoever runs this becomes an administrator of the hub;\n"+
		"other settings are parameters of `hub.cfn.yaml`, such as `--parameter-overrides SubnetIds=subnet-…,subnet-…`.",
		shellDeploy(f, hubTemplate, stackName(f), ""),
		"aws eks update-kubeconfig"+region+" --name "+f.Hub.Cluster+" --alias "+f.Hub.Cluster)
	section("Record its OIDC issuer", "Write the URL that this prints to `hub.oidcIssuer` in `"+layout.ClustersFile+"`, then generate everything.",
		"aws eks describe-cluster"+region+" --name "+f.Hub.Cluster+" --query cluster.identity.oidc.issuer --output text",
		"gen clusters && "+Command+" && gen verify")
	section("Let it reach the clusters", "Flux connects from the addresses of the hub's NAT gateways, which this prints. Where `endpoint.publicCIDRs` of a cluster is\n"+
		"restricted, add them there too, as `203.0.113.7/32`. A hub in an existing VPC uses the outbound addresses of that VPC.",
		"aws cloudformation describe-stacks"+region+" --stack-name "+stackName(f)+" --query \"Stacks[0].Outputs[?OutputKey=='Addresses'].OutputValue\" --output text")
	var accounts []string
	for _, a := range m.accounts {
		accounts = append(accounts, fmt.Sprintf("- %s: %s", a.id, strings.Join(m.environmentsIn(a.id), ", ")))
	}
	section("Grant it access to the accounts", "Once with the AWS credentials of each account:\n\n"+strings.Join(accounts, "\n")+"\n\n"+
		"Or for all of them at once as a CloudFormation StackSet of `account.cfn.yaml` in "+f.Hub.Region+".",
		shellDeploy(f, accountTemplate, accountStackName(f), "--parameter-overrides HubOidcIssuer="+cmp.Or(f.Hub.OIDCIssuer, "ISSUER")))
	section("Push", "The hub follows the branch `"+f.Hub.Branch+"`; whoever may push to it controls the hub and all environments, so protect it.",
		m.pushes()...)
}

// withFlux are the steps on the hub.
func (m *maker) withFlux(section func(title, text string, commands ...string)) {
	f := m.fleet
	kubectl := "kubectl --context " + f.Hub.Cluster
	if f.Repository.SecretRef != nil {
		m.credentials(section, kubectl)
	}
	section("Install Flux", "From here on Flux delivers the hub itself: `hub/flux`, then "+map[bool]string{false: "`hub/ack`, then "}[m.managed]+"`flux/hub`, then each environment.",
		helmInstall(f.Hub.Cluster),
		kubectl+" apply --filename hub/flux/instance.yaml",
		kubectl+" --namespace flux-system wait --for=condition=Ready --timeout=10m fluxinstance/flux",
		kubectl+" --namespace flux-system wait --for=create --timeout=10m kustomization/"+fleetKustomization,
		kubectl+" --namespace flux-system wait --for=condition=Ready --timeout=15m kustomization/"+fleetKustomization)
	section("Watch a cluster come up", "It is in the namespace with its name. It takes about 20 minutes.",
		kubectl+" --namespace NAME get kustomizations,clusters.eks.services.k8s.aws --watch")
	section("Delegate its zone", "If gen creates the zone (`dns.zone.create`): create an NS record with these name servers in the parent zone. ACM then waits for its\n"+
		"validation record: copy it from here to `dns.validationRecord`, and push.",
		kubectl+" --namespace NAME get hostedzones.route53.services.k8s.aws --output jsonpath='{.items[*].status.delegationSet.nameServers}'",
		kubectl+" --namespace NAME get certificates.acm.services.k8s.aws --output jsonpath='{.items[*].status.domainValidations[0].resourceRecord}'")
	section("Connect to it", "With AWS credentials of one of its `admins`.",
		"task --dir hub kubeconfig -- NAME",
		"kubectl --context NAME get nodes")
}

// credentials is the step that makes the Secrets with which Flux reads the repository.
func (m *maker) credentials(section func(title, text string, commands ...string), kubectl string) {
	f := m.fleet
	namespaces := []string{FluxNamespace}
	for _, e := range f.Environments {
		namespaces = append(namespaces, flux.Namespace(e.Name))
	}
	section("Let Flux read the repository", "The Secret `"+f.Repository.SecretRef.Name+"` is needed in the namespace of Flux and of each environment.",
		"for namespace in "+strings.Join(namespaces, " ")+"; do",
		"  "+kubectl+" create namespace \"$namespace\" --dry-run=client --output yaml | "+kubectl+" apply --filename -",
		"  "+secretCommand(f)+" --context "+f.Hub.Cluster+" --namespace \"$namespace\"",
		"done")
}

// secretCommand makes the Secret that the repository's address and provider ask for.
func secretCommand(f *config.Fleet) string {
	name := f.Repository.SecretRef.Name
	switch {
	case f.Repository.Provider == "github":
		return "flux create secret githubapp " + name + " --app-id APP --app-installation-id INSTALLATION --app-private-key app.pem"
	case strings.HasPrefix(f.Repository.URL, "ssh://"):
		return "flux create secret git " + name + " --url " + f.Repository.URL + " --private-key-file deploy-key"
	}
	return "flux create secret git " + name + " --url " + f.Repository.URL + " --username \"$GIT_USER\" --password \"$GIT_TOKEN\""
}

// pushes are the commands that bring the tree to all branches. The hub's comes last: Flux on the hub begins with it.
func (m *maker) pushes() []string {
	f := m.fleet
	commands := []string{"git add . && git commit --message 'The hub and its fleet'"}
	var branches []string
	for _, e := range f.Environments {
		if e.Branch != f.Hub.Branch {
			branches = append(branches, e.Branch)
		}
	}
	slices.Sort(branches)
	for _, branch := range append(slices.Compact(branches), f.Hub.Branch) {
		commands = append(commands, "git push origin HEAD:refs/heads/"+branch)
	}
	return commands
}

// environmentsIn are the environments that have an account.
func (m *maker) environmentsIn(account string) []string {
	var names []string
	for i := range m.fleet.Environments {
		if e := &m.fleet.Environments[i]; slices.Contains(e.Accounts(m.fleet), account) {
			names = append(names, e.Name)
		}
	}
	return names
}

func shellDeploy(f *config.Fleet, template, stack, parameters string) string {
	return strings.TrimSuffix("aws cloudformation deploy --region "+f.Hub.Region+" --template-file "+template+" --stack-name "+stack+
		" --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset "+parameters, " ")
}
