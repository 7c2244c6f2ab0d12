package hub

import (
	"fmt"
	"path"

	"eks-auto-gitops/pkg/config"
	"eks-auto-gitops/pkg/layout"
	"eks-auto-gitops/pkg/resource"
)

// stackName and accountStackName are the CloudFormation stacks.
func stackName(f *config.Fleet) string        { return f.Metadata.Name + "-hub" }
func accountStackName(f *config.Fleet) string { return f.Metadata.Name + "-account" }

// taskfile makes the tasks of the hub's owner, for Task (https://taskfile.dev). Each is what a person would type.
func taskfile(f *config.Fleet) ([]byte, error) {
	kubectl := "kubectl --context {{.HUB}}"
	tasks := object{
		"account:deploy": task("Make or update what the hub needs in the account of your AWS credentials; after -- come parameters", object{
			"preconditions": list{object{
				"sh": "test -n '{{.OIDC_ISSUER}}'", "msg": "write hub.oidcIssuer into " + layout.ClustersFile + ", then run " + Command,
			}},
			"cmds": list{deploy(accountTemplate, accountStackName(f), "--parameter-overrides HubOidcIssuer={{.OIDC_ISSUER}} {{.CLI_ARGS}}")},
		}),
		"flux:apply": task("Install Flux on the hub, or apply it from the working tree", object{"cmds": list{
			helmInstall("{{.HUB}}"),
			kubectl + " apply --filename flux/instance.yaml",
			kubectl + " --namespace flux-system wait --for=condition=Ready --timeout=10m fluxinstance/flux",
		}}),
		"flux:reconcile": task("Make the hub take over what was pushed", object{"cmds": list{
			"flux --context {{.HUB}} reconcile kustomization flux-system --with-source",
			"flux --context {{.HUB}} reconcile kustomization " + fleetKustomization,
		}}),
		"flux:status": task("What Flux and ACK on the hub do", object{"cmds": list{
			kubectl + " --namespace flux-system get fluxinstances,kustomizations,helmreleases",
			kubectl + " --namespace ack-system get helmreleases,pods",
			kubectl + " get gitrepositories,kustomizations --all-namespaces",
		}}),
		"hub:deploy": task("Make or update the hub; after -- come parameters, such as KubernetesVersion=1.37", object{"cmds": list{
			deploy(hubTemplate, stackName(f), "{{if .CLI_ARGS}}--parameter-overrides {{.CLI_ARGS}}{{end}}"),
			object{"task": "hub:kubeconfig"},
			object{"task": "hub:issuer"},
		}}),
		"hub:issuer": task("Print hub.oidcIssuer for clusters/clusters.yaml", object{"cmds": list{hubQuery("cluster.identity.oidc.issuer")}}),
		"hub:kubeconfig": task("Let kubectl reach the hub", object{"cmds": list{
			"aws eks update-kubeconfig --region {{.REGION}} --name {{.HUB}} --alias {{.HUB}}",
		}}),
		"hub:status": task("The state of the stack and of the hub", object{"cmds": list{
			"aws cloudformation describe-stacks --region {{.REGION}} --stack-name " + stackName(f) + " --query 'Stacks[0].[StackStatus,Outputs]' --output json",
			hubQuery("cluster.[status,version,endpoint]"),
			kubectl + " get nodes",
		}}),
		// The address is in the tree: whoever administers the cluster need not be able to reach the hub.
		"kubeconfig": task("Let kubectl reach a cluster of the fleet: task kubeconfig -- NAME", object{
			"vars": object{
				"ARN":   object{"sh": "sed -n 's/^  cluster: //p' ../flux/*/{{.CLI_ARGS}}/delivery/*.yaml"},
				"PLACE": `{{index (splitList ":" .ARN) 3}}`,
			},
			"cmds": list{"aws eks update-kubeconfig --region {{.PLACE}} --name {{.CLI_ARGS}} --alias {{.CLI_ARGS}}"},
		}),
	}
	content, err := resource.EncodeTree(object{
		"version": "3",
		"set":     list{"errexit", "nounset", "pipefail"},
		"vars":    object{"HUB": f.Hub.Cluster, "OIDC_ISSUER": f.Hub.OIDCIssuer, "REGION": f.Hub.Region},
		"tasks":   tasks,
	})
	if err != nil {
		return nil, fmt.Errorf("encode the Taskfile: %w", err)
	}
	return content, nil
}

func task(description string, fields object) object {
	fields["desc"] = description
	return fields
}

// deploy makes or updates a stack. The roles in it have names, for which CloudFormation wants a word.
func deploy(template, stack, parameters string) string {
	return fmt.Sprintf("aws cloudformation deploy --region {{.REGION}} --template-file %s --stack-name %s "+
		"--capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset %s", path.Base(template), stack, parameters)
}

func hubQuery(query string) string {
	return "aws eks describe-cluster --region {{.REGION}} --name {{.HUB}} --query '" + query + "' --output text"
}

// helmInstall installs the Flux Operator; later the hub's own Flux takes the release over (hub/flux/operator.yaml).
func helmInstall(context string) string {
	return "helm upgrade --install flux-operator " + operatorChart + " --version " + operatorVersion +
		" --kube-context " + context + " --namespace flux-system --create-namespace --wait"
}
