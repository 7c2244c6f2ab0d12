package danger

import (
	"encoding/json"
	"strings"

	"eks-auto-gitops/pkg/diff/change"
	"eks-auto-gitops/pkg/manifest"
)

// templateRoles finds permissions that grow in the hub's CloudFormation templates, where a document is an object (AWS CloudFormation
// Template Reference, AWS::IAM::Role and AWS::IAM::ManagedPolicy).
func templateRoles(c *change.Change) []change.Danger {
	if !strings.HasPrefix(c.Kind, "AWS::IAM::") || c.After == nil {
		return nil
	}
	var found []change.Danger
	for _, name := range []string{"AssumeRolePolicyDocument", "PolicyDocument"} {
		for _, message := range widened(templateDocument(c.Before, name), templateDocument(c.After, name), c.Before == nil) {
			found = append(found, change.Danger{Message: message, Field: "Properties." + name})
		}
	}
	return found
}

// templateDocument reads a document of a resource. What a function of CloudFormation fills in stays the function's name.
func templateDocument(resource map[string]any, name string) []grant {
	text, err := json.Marshal(manifest.ValueAt(resource, "Properties", name))
	if err != nil {
		return nil
	}
	return documentAt(map[string]any{"spec": map[string]any{name: string(text)}}, []string{name})
}
