package verify_test

// fluxTraps are T1 to T20 of the notes on Flux.
func fluxTraps() []trap {
	return []trap{
		{
			name: "a merge of branches deletes production", found: []string{"fleet/fleet-absent", "fleet/fleet-undelivered", "fleet/fleet-unknown", "build/path-missing"},
			proof:  []string{"testdata/script/removal.txtar", "pkg/generate/properties_test.go:TestSameInputSameBytes"},
			unseen: "what another branch has is not in this tree; every branch carries the whole tree",
		},
		{name: "a health expression that is true for nothing", found: []string{"health/health-vacuous"}, proof: []string{"pkg/generate/health_test.go:TestHealth"}},
		{name: "wait without expressions waits for nothing", found: []string{"health/health-left-out"}, proof: []string{"pkg/generate/build_test.go:TestHealthIsAsked"}},
		{
			name: "a FieldExport before its source, or without a key", found: []string{"flux/export-too-early", "flux/export-key", "inputs/export-path"},
			unseen: "which version of ACK's controller runs",
		},
		{name: "Flux puts its variables into IAM policies", found: []string{"guard/guard-left-out", "guard/guard-unknown", "guard/guard-too-much"}},
		{
			name: "removal has no order", found: []string{"flux/stage-remote-delete"}, proof: []string{"testdata/script/removal.txtar"},
			unseen: "what is still in a cluster that goes",
		},
		{name: "kustomize reads less than Flux", found: []string{"build/patch-outside"}, proof: []string{"pkg/generate/build_test.go:TestBuild"}},
		{name: "a patch replaces a whole list", found: []string{"patches/patch-shortens-subnets", "patches/patch-shortens-values"}, sound: []string{"list-longer"}},
		{name: "a prefix renames objects and not what refers to them", found: []string{"patches/patch-prefix", "patches/patch-suffix", "patches/patch-namespace"}},
		{name: "a timeout shorter than EKS takes", found: []string{"flux/stage-too-short"}},
		{name: "a stage waits for what is suspended", found: []string{"suspended/suspended-release", "suspended/suspended-job"}, sound: []string{"cron-job-suspended"}},
		{name: "objects of the hub and of the cluster in one folder", found: []string{"flux/stage-in-wrong-cluster", "flux/source-in-cluster"}},
		{name: "chart and chartRef at once", found: []string{"schema/chart-twice"}},
		{name: "node pools before their CRDs", found: []string{"flux/stage-retry", "auto-mode/auto-mode-partial"}},
		{name: "a ConfigMap that Flux does not watch", found: []string{"flux/watch-label"}},
		{
			name: "a new name is delete and create", found: []string{"patches/patch-renames"},
			proof:  []string{"pkg/generate/properties_test.go:TestAccessEntryNames", "pkg/generate/golden_test.go:TestGolden"},
			unseen: "the names of the last commit",
		},
		{name: "the folder of flux bootstrap", sound: []string{"flux-system"}, proof: []string{"testdata/script/ownership.txtar"}},
		{
			name: "the artifact lacks what is built", found: []string{"artifact/artifact-ignore", "artifact/artifact-sparse", "artifact/artifact-sourceignore"},
			sound: []string{"sourceignore-overruled"},
		},
		{name: "an interval of seconds", found: []string{"flux/stage-interval"}},
		{name: "robots edit generated files", proof: []string{"testdata/script/check.txtar", "testdata/script/ownership.txtar"}, unseen: "what a robot is told to edit"},
	}
}

// pains are the 25 of the notes on the users of EKS Auto Mode, ACK, Karpenter and Flux.
func pains() []trap {
	return []trap{
		{
			name: "Auto Mode cannot be switched in parts", found: []string{"auto-mode/auto-mode-partial"}, refused: []string{"foreign-auto-mode"},
			unseen: "whether a cluster of this name was made without Auto Mode",
		},
		{
			name:    "the role of nodes is fixed, and there only with pools",
			found:   []string{"auto-mode/auto-mode-role-missing", "auto-mode/auto-mode-role-alone", "auto-mode/auto-mode-role-same", "auto-mode/auto-mode-pool", "auto-mode/auto-mode-pool-twice", "immutable/immutable-node-role"},
			refused: []string{"node-role-unused", "built-in-pool", "built-in-pool-twice"},
		},
		{
			name:    "access entries of node roles",
			found:   []string{"access/access-node-role", "access/class-without-entry", "access/access-groups", "access/access-policies", "access/access-twice", "access/access-creator"},
			refused: []string{"principal-node-role", "access-groups-type", "principal-twice"}, sound: []string{"pool-and-class"},
		},
		{
			name:    "access policies that give nothing",
			found:   []string{"access/access-scope", "access/access-scope-word", "access/access-namespaces", "access/access-namespaces-of-cluster", "access/access-iam-policy", "access/access-type"},
			refused: []string{"access-namespaces-missing", "access-policy-arn"}, unseen: "which version of ACK's controller runs",
		},
		{
			name: "a new identity leaves the old one behind", found: []string{"immutable/immutable-principal", "patches/patch-renames"},
			proof: []string{"pkg/generate/properties_test.go:TestAccessEntryNames"},
		},
		{
			name: "fields that look as if they could change",
			found: []string{
				"immutable/immutable-subnet", "immutable/immutable-nat", "immutable/immutable-service-range", "immutable/immutable-encryption", "immutable/immutable-zone",
				"immutable/immutable-node-class", "immutable/immutable-role-path", "immutable/immutable-release", "immutable/immutable-storage-class",
			},
			sound: []string{"field-added", "storage-class-made-anew"}, unseen: "a change of clusters.yaml itself: the tree before is not here",
		},
		{
			name: "a terminal condition that stays", found: []string{"references/role-missing", "ack/ack-named-twice", "ack/ack-other-namespace"},
			proof: []string{"pkg/generate/build_test.go:TestChain", "pkg/generate/references_test.go:TestReferencesOfACK"},
		},
		{
			name: "a node role with a path", found: []string{"auto-mode/auto-mode-role-path", "nodes/class-role-arn"},
			refused: []string{"node-role-path", "class-role-arn", "class-role-form"},
		},
		{
			name: "teardown hangs", found: []string{"flux/stage-remote-delete", "patches/patch-unprotects"}, proof: []string{"testdata/script/removal.txtar"},
			unseen: "load balancers and volumes that pods have made",
		},
		{name: "a cluster goes by mistake", found: []string{"patches/patch-unprotects", "fleet/fleet-undelivered"}, proof: []string{"testdata/script/removal.txtar"}},
		{
			name: "policy documents that never settle", found: []string{"iam/iam-no-json", "ack/ack-policies-twice"}, proof: []string{"pkg/generate/golden_test.go:TestGolden"},
		},
		{
			name: "tags that the cluster may not set", found: []string{"auto-mode/auto-mode-tags", "iam/iam-trust-session", "auto-mode/auto-mode-policy"},
			refused: []string{"class-tag-reserved", "tag-reserved"},
		},
		{name: "Flux eats the variables of IAM", found: []string{"guard/guard-left-out"}},
		{
			name: "many accounts", found: []string{"iam/account-of-nodes"}, refused: []string{"account-missing", "key-account", "policy-account"},
			unseen: "the roles that ACK maps accounts to",
		},
		{
			name: "adoption that works by half", found: []string{"ack/adoption-policy", "ack/adoption-nothing", "ack/adoption-fields"}, sound: []string{"adoption"},
			unseen: "which fields each kind wants",
		},
		{
			name: "add-ons on an empty cluster", found: []string{"auto-mode/auto-mode-addon", "auto-mode/auto-mode-addons"}, refused: []string{"addon-built-in", "warn-no-pool"},
			proof: []string{"pkg/generate/build_test.go:TestChain"},
		},
		{
			name:  "the wrong service account",
			found: []string{"identity/association-swapped", "identity/association-nobody", "identity/association-account", "identity/association-namespace", "identity/association-twice", "identity/association-late", "identity/irsa-swapped"},
			sound: []string{"account-of-one-s-own"}, proof: []string{"pkg/generate/references_test.go:TestPodIdentity"},
		},
		{
			name: "two clusters write the same records", found: []string{"dns/dns-owner-twice", "dns/dns-domain-twice", "dns/dns-owner-missing", "dns/dns-filter-missing", "dns/dns-every-zone"},
			refused: []string{"external-dns-owner", "external-dns-zone-shared"},
		},
		{
			name:    "no default storage class",
			found:   []string{"storage/storage-none", "storage/storage-driver", "storage/storage-defaults", "storage/storage-parameter", "storage/storage-values"},
			refused: []string{"warn-values-provisioner"},
		},
		{
			name:    "no load balancer",
			found:   []string{"ingress/ingress-annotation", "ingress/ingress-class", "ingress/ingress-controller", "ingress/ingress-untagged", "ingress/service-annotation", "references/ingress-parameters"},
			refused: []string{"warn-values-annotation"}, sound: []string{"class-of-a-release"},
		},
		{
			name: "hazards of ACK's EC2 controller", found: []string{"references/subnet-route-table"},
			unseen: "which version of ACK's controller runs; gen makes no security group of its own",
		},
		{
			name: "upgrades and their price", found: []string{"auto-mode/auto-mode-support"}, refused: []string{"version-missing", "version-old", "warn-version-old", "upgrade-policy"},
			unseen: "the version of the last commit, so that a step of two versions is not seen",
		},
		{
			name: "pools and classes that only the API server refuses",
			found: []string{
				"nodes/class-of-karpenter", "nodes/pool-label-of-karpenter", "nodes/pool-label", "nodes/pool-label-new", "nodes/pool-os", "nodes/pool-built-in-name", "nodes/pools-alike", "nodes/pool-life",
				"nodes/pool-class-default", "nodes/class-default", "nodes/class-ec2", "schema/requirement-restricted",
			},
			refused: []string{"pool-limits-missing", "warn-same-pods", "pool-label-karpenter", "consolidate-policy"},
		},
		{
			name: "values that only the cluster knows", found: []string{"inputs/export-path", "inputs/export-taken", "inputs/export-twice", "inputs/values-key", "guard/guard-unknown"},
			refused: []string{"validation-record-alone"},
		},
		{
			name: "fights about tags and defaults", found: []string{"limits/tag-of-aws", "schema/patch-wrong-type", "nodes/pool-label-tag"},
			refused: []string{"unquoted-exponent", "tag-own", "tag-controller"},
		},
	}
}

// defects are the 18 of example set-up A.
func defects() []trap {
	return []trap{
		{name: "namespace and service account swapped", found: []string{"identity/irsa-swapped", "identity/association-swapped"}},
		{name: "an ingress class with other parameters", found: []string{"references/ingress-parameters"}},
		{
			name: "production without its key", found: []string{"immutable/immutable-encryption"}, refused: []string{"key-account", "key-region"},
			unseen: "that a key was meant: EKS encrypts with its own where none is named",
		},
		{name: "production has the domain of development", found: []string{"dns/dns-domain-twice"}, refused: []string{"external-dns-owner"}},
		{name: "a role name copied from another cluster", found: []string{"access/class-without-entry"}},
		{name: "nodes in public subnets", found: []string{"nodes/class-public"}},
		{name: "labels that are not the tags", found: []string{"nodes/pool-label-tag"}, refused: []string{"warn-tag-label"}},
		{name: "an id that reads as a number", refused: []string{"unquoted-exponent", "unquoted-octal"}},
		{name: "roles of add-ons that are not there", found: []string{"identity/role-unused", "identity/association-nobody"}},
		{
			name: "values that nobody uses", refused: []string{"unknown-field", "unknown-field-nowhere"}, found: []string{"schema/patch-unknown-field"},
			unseen: "values of a chart, which has a schema of its own or none",
		},
		{name: "a dependency or a path that is not there", found: []string{"references/depends-on-missing", "build/path-missing"}},
		{name: "consolidatePolicy", refused: []string{"consolidate-policy"}, found: []string{"schema/patch-unknown-field"}},
		{name: "open version ranges", found: []string{"flux/chart-range"}, refused: []string{"chart-version-range", "chart-version-wildcard"}},
		{name: "every hosted zone", found: []string{"dns/dns-every-zone"}},
		{name: "an API that is open to everybody", refused: []string{"warn-open-endpoint"}},
		{name: "a zone that is said to be made and is not", refused: []string{"external-dns-zone", "zone-both"}},
		{name: "no upgrade policy", found: []string{"auto-mode/auto-mode-support"}},
		{name: "no storage class", found: []string{"storage/storage-none"}},
	}
}
