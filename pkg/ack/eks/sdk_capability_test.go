package eks_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"

	"eks-auto-gitops/internal/golden"
	ackeks "eks-auto-gitops/pkg/ack/apis/eks/v1alpha1"
	"eks-auto-gitops/pkg/resource"
)

// requested is the request that ACK would make of a capability, and what found no place in it. The SDK checks it, and it goes nowhere.
func requested(spec ackeks.CapabilitySpec) (input *eks.CreateCapabilityInput, faults []string) {
	input = &eks.CreateCapabilityInput{CapabilityName: spec.Name}
	spec.Name = nil // the one field with another name (eks-controller, generator.yaml: Capability, renames)
	faults = convert("spec", reflect.ValueOf(spec), reflect.ValueOf(input).Elem())
	client := eks.New(eks.Options{
		Region: "eu-west-2", HTTPClient: &recorder{}, Retryer: aws.NopRetryer{},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "none", SecretAccessKey: "none"}, nil
		}),
	})
	if _, err := client.CreateCapability(context.Background(), input); err != nil {
		faults = append(faults, err.Error())
	}
	return input, faults
}

// capabilities are those of all golden trees, by type.
func capabilities(t *testing.T) map[string]*ackeks.Capability {
	t.Helper()
	found := map[string]*ackeks.Capability{}
	for _, c := range golden.WithShipped(t) {
		tree := c.Tree(t)
		for _, path := range tree.Paths() {
			if !strings.HasSuffix(path, "/addons/capabilities.yaml") {
				continue
			}
			content, _ := tree.Get(path)
			for document := range strings.SplitSeq(string(content), "\n---\n") {
				one := &ackeks.Capability{}
				if err := resource.Read([]byte(document), one); err != nil {
					t.Fatalf("case %s: %s: %v", c.Name, path, err)
				}
				found[*one.Spec.Type] = one
			}
		}
	}
	if len(found) != 3 {
		t.Fatalf("golden trees have %d types of capabilities", len(found))
	}
	return found
}

// TestCapabilitiesFitTheSDK: EKS's own client takes every capability, with all that it has.
func TestCapabilitiesFitTheSDK(t *testing.T) {
	for name, capability := range capabilities(t) {
		input, faults := requested(*capability.Spec.DeepCopy())
		for _, fault := range faults {
			t.Errorf("%s: %s", name, fault)
		}
		if aws.ToString(input.ClusterName) == "" || aws.ToString(input.RoleArn) == "" || len(input.Tags) == 0 {
			t.Errorf("%s: the request lacks the cluster, the role or the tags", name)
		}
	}
}

// TestCapabilityConversionFindsFaults breaks a good one; otherwise the test above proves nothing.
func TestCapabilityConversionFindsFaults(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*ackeks.CapabilitySpec)
		want   string
	}{
		"type":   {func(s *ackeks.CapabilitySpec) { s.Type = new("ArgoCD") }, `"ArgoCD" is none of`},
		"policy": {func(s *ackeks.CapabilitySpec) { s.DeletePropagationPolicy = new("DELETE") }, `"DELETE" is none of`},
		"role":   {func(s *ackeks.CapabilitySpec) { s.Configuration.ArgoCD.RbacRoleMappings[0].Role = new("OWNER") }, `"OWNER" is none of`},
		"identity": {func(s *ackeks.CapabilitySpec) {
			s.Configuration.ArgoCD.RbacRoleMappings[0].Identities[0].Type = new("GROUP")
		}, `"GROUP" is none of`},
		"instance":  {func(s *ackeks.CapabilitySpec) { s.Configuration.ArgoCD.AWSIDC.IDCInstanceARN = nil }, "missing required field, CreateCapabilityInput.Configuration.ArgoCd.AwsIdc.IdcInstanceArn"},
		"no role":   {func(s *ackeks.CapabilitySpec) { s.RoleRef = nil }, "missing required field, CreateCapabilityInput.RoleArn"},
		"two roles": {func(s *ackeks.CapabilitySpec) { s.RoleARN = new("arn:aws:iam::111122223333:role/a") }, "both set"},
	} {
		t.Run(name, func(t *testing.T) {
			spec := capabilities(t)["ARGOCD"].Spec.DeepCopy()
			c.change(spec)
			if _, faults := requested(*spec); !strings.Contains(strings.Join(faults, "\n"), c.want) {
				t.Errorf("found %q, want %q", faults, c.want)
			}
		})
	}
}
