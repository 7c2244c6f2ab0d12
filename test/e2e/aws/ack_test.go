package aws

import (
	"strings"
	"testing"
)

// withKey is a cluster with one encryption setting.
func withKey(provider map[string]any) Object {
	return Object{ID: ID{"eks.services.k8s.aws", "Cluster", "c1", "c1"}, Region: "eu-west-2", Spec: map[string]any{
		"name": "c1", "encryptionConfig": []any{map[string]any{"provider": provider, "resources": []any{"secrets"}}},
	}}
}

func TestEncryption(t *testing.T) {
	a := played(t, newKey(t))
	s := a.begin("arn:aws:iam::"+dev+":role/ack", "ack")
	arn := Object{ID: ID{"kms.services.k8s.aws", "Key", "c1", "c1"}, Region: "eu-west-2", Account: dev}.arn()
	for name, provider := range map[string]map[string]any{
		"a variable":  {"keyARN": "${KMS_KEY_ARN}"},
		"nothing":     {},
		"an alias":    {"keyARN": "arn:aws:kms:eu-west-2:" + dev + ":alias/c1"},
		"a reference": {"keyRef": map[string]any{}},
	} {
		if _, _, err := a.Put(s, withKey(provider)); err == nil || !strings.HasPrefix(err.Error(), "InvalidParameterException: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	c := withKey(map[string]any{"keyARN": arn, "keyRef": map[string]any{}})
	if _, _, err := a.Put(s, c); err != nil {
		t.Fatal(err)
	}
	provider := providersOf(Object{Spec: a.Spec(c.ID)})[0]
	if _, there := provider["keyRef"]; there || provider["keyARN"] != arn || providersOf(c)[0]["keyRef"] == nil {
		t.Errorf("EKS returns %v", provider)
	}
}

func TestAdopt(t *testing.T) {
	a := New(t.Context(), noPlanes{}, nil)
	role := "arn:aws:iam::" + dev + ":role/ack"
	a.Open(Account{ID: dev, Roles: []Role{{ARN: role, Policies: []string{`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`}}}})
	s := a.begin(role, "ack")
	logs := func(name string) Object {
		return Object{ID: ID{"cloudwatchlogs.services.k8s.aws", "LogGroup", "c1", name}, Account: dev, Region: "eu-west-2", Spec: map[string]any{"name": name}}
	}
	a.Leave(logs("c1"))
	if a.Has(s, logs("c2")) || !a.Has(s, logs("c1")) {
		t.Error("only the one that is left is there")
	}
	if _, _, err := a.Put(s, logs("c1")); err == nil || !strings.HasPrefix(err.Error(), "ResourceAlreadyExistsException: ") {
		t.Errorf("a second one: %v", err)
	}
	a.Adopt(s, logs("c1"))
	if _, _, err := a.Put(s, logs("c1")); err != nil || len(a.In(dev)) != 1 {
		t.Errorf("%v, and there are %v", err, a.In(dev))
	}
}
