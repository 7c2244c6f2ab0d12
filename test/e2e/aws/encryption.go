package aws

import (
	"encoding/json"
	"maps"
	"regexp"
	"strings"
)

// keyARNs are those that EKS takes (AWS KMS Developer Guide: Key identifiers).
func keyARNs() *regexp.Regexp {
	return regexp.MustCompile(`^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
}

// invalidCluster says why EKS makes no cluster of what it is asked for, or "".
func invalidCluster(o Object) string {
	content, err := json.Marshal(o.Spec)
	if err != nil || strings.Contains(string(content), "${") {
		return "InvalidParameterException: a variable is left in " + string(content)
	}
	for _, provider := range providersOf(o) {
		if arn, _ := provider["keyARN"].(string); !keyARNs().MatchString(arn) {
			return "InvalidParameterException: Invalid key ARN \"" + arn + "\""
		}
	}
	return ""
}

// asReturned is a cluster as EKS returns it: with the ARN of its key, and without the reference, which is ACK's.
func asReturned(o Object) Object {
	o.Spec = maps.Clone(o.Spec)
	settings, _ := o.Spec["encryptionConfig"].([]any)
	var returned []any
	for i, provider := range providersOf(o) {
		setting := maps.Clone(settings[i].(map[string]any))
		provider = maps.Clone(provider)
		delete(provider, "keyRef")
		setting["provider"] = provider
		returned = append(returned, setting)
	}
	if len(returned) > 0 {
		o.Spec["encryptionConfig"] = returned
	}
	return o
}

func providersOf(o Object) []map[string]any {
	var providers []map[string]any
	settings, _ := o.Spec["encryptionConfig"].([]any)
	for _, s := range settings {
		provider, _ := s.(map[string]any)["provider"].(map[string]any)
		providers = append(providers, provider)
	}
	return providers
}
