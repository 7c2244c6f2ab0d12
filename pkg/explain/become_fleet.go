package explain

// fleetRows are the fields of the fleet and of environments.
func fleetRows() []becomes {
	const hub = "nothing of a cluster changes; gen init hub writes hub/ again, and what it writes is applied to the hub"
	return []becomes{
		says("apiVersion", "only gen reads it"), says("kind", "only gen reads it"),
		says("metadata", "what its fields say"),
		in("metadata.name", "Cluster spec.tags", "IAMRoleSelector spec.arn").and("it is a tag of every AWS object, and in the names of the hub and of the roles that ACK assumes, which must be there first"),
		says("repository", "what its fields say"),
		in("repository.url", "GitRepository spec.url"), in("repository.provider", "GitRepository spec.provider"), in("repository.secretRef", "GitRepository spec.secretRef"),
		says("hub", hub), in("hub.oidcIssuer", "Role spec.assumeRolePolicyDocument").and("Flux on the hub reaches a cluster again when its role trusts the new issuer"),
		says("flux", "what its fields say"),
		in("flux.version", "Kustomization spec.healthCheckExprs").and("fields are written that this version of Flux knows, and older ones do not"),
		in("flux.artifacts", "Kustomization spec.sourceRef").and("the hub's branch goes first when it is turned on, and last when it is turned off; nothing restarts"),
		says("defaults", "the same as in a cluster: gen explain FIELD says it"),
		says("clusters", "a cluster that comes is made; one that goes has to be retiring first: README, Removing a cluster"),
		says("environments", "an environment that comes or goes changes flux/hub, which the hub takes over from its own branch"),
		says("environments.name", "another name is another environment: its clusters are made again in that one, and gen refuses to drop these before they are retiring"),
		in("branch", "GitRepository spec.ref"),
		says("protect", "with it ACK keeps in AWS what holds data or cannot be made again, EKS refuses to delete clusters, and gen to drop one"),
		in("ackRoleARN", "IAMRoleSelector spec.arn"),
		in("notifications.type", "Provider spec.type"), in("notifications.address", "Provider spec.address"),
		in("notifications.channel", "Provider spec.channel"), in("notifications.severity", "Alert spec.eventSeverity"),
		in("notifications.secretRef", "Provider spec.secretRef"),
		says("notifications", "the hub reports to another receiver as soon as its branch has it; no cluster changes"),
		says("cidrPool", "only gen add cluster reads it, and clusters that are there keep their ranges"),
		says("namePrefix", "only gen reads it: it checks the names of clusters"),
	}
}
