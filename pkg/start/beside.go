package start

import (
	"encoding/json"
	"fmt"
	"strings"
)

// taskfile has what people type every day, for Task (https://taskfile.dev).
func taskfile() string {
	return `# yaml-language-server: $schema=https://taskfile.dev/schema.json
version: "3"

tasks:
  clusters:
    desc: Generate clusters/ and flux/ from clusters/clusters.yaml
    cmds: [gen clusters]

  verify:
    desc: Check what Flux will apply
    deps: [clusters]
    cmds: [gen verify]

  diff:
    desc: Say what has changed since a revision; after -- comes another than HEAD
    deps: [clusters]
    cmds: ["gen diff --fail-on none {{.CLI_ARGS}}"]
`
}

// object is JSON in the order of its keys.
type object = map[string]any

// renovate tells Renovate where versions stand in clusters.yaml (Renovate documentation, "Custom Manager Support using
// Regex"). The bot changes clusters.yaml alone; a job of gen init ci runs gen clusters on its branch.
func renovate() (string, error) {
	const charts = `(?:\n\s+|,\s*)version:\s*["']?(?<currentValue>v?\d+\.\d+\.\d+[^\s"',}]*)`
	manager := func(description, match string, rest object) object {
		rest["customType"] = "regex"
		rest["description"] = description
		rest["managerFilePatterns"] = []string{`/^clusters/clusters\.yaml$/`}
		rest["matchStrings"] = []string{match}
		return rest
	}
	var content strings.Builder
	encoder := json.NewEncoder(&content)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(object{
		"$schema": "https://docs.renovatebot.com/renovate-schema.json",
		"extends": []string{"config:recommended"},
		// Who commits what gen clusters makes on the bot's branch: gen init ci.
		"gitIgnoredAuthors": []string{"41898282+github-actions[bot]@users.noreply.github.com", "gen@example.org"},
		"customManagers": []object{
			manager("Kubernetes versions of clusters", `version:\s*"(?<currentValue>1\.\d+)"`,
				object{"datasourceTemplate": "endoflife-date", "depNameTemplate": "amazon-eks", "versioningTemplate": "loose"}),
			manager("Charts in OCI registries", `url:\s*oci://(?<depName>[^\s,"'}]+)`+charts,
				object{"datasourceTemplate": "docker", "versioningTemplate": "semver"}),
			manager("Charts in Helm repositories", `url:\s*(?<registryUrl>https://[^\s,"'}]+)(?:\n\s+|,\s*)name:\s*(?<depName>[^\s,"'}]+)`+charts,
				object{"datasourceTemplate": "helm"}),
		},
	})
	if err != nil {
		return "", fmt.Errorf("encode renovate.json: %w", err)
	}
	return content.String(), nil
}
