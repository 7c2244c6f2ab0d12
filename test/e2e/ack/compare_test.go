package ack

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"eks-auto-gitops/test/e2e/aws"
)

const root = "../../.."

func table(t *testing.T) []Row {
	t.Helper()
	rows, err := Table(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestGolden: nothing that gen writes in any golden case differs from what AWS returns of it.
func TestGolden(t *testing.T) {
	rows := table(t)
	files, err := filepath.Glob(root + "/testdata/golden/*/want/clusters/*/*/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for document := range strings.SplitSeq(string(content), "\n---\n") {
			o := &unstructured.Unstructured{}
			if err := yaml.Unmarshal([]byte(document), &o.Object); err != nil {
				t.Fatal(err)
			}
			want, _, _ := unstructured.NestedMap(o.Object, "spec")
			id := idOf(o)
			if !strings.HasSuffix(id.Group, "services.k8s.aws") || id.Kind == "FieldExport" {
				continue
			}
			kinds[id.Kind] = true
			if fields := differences(rows, id, want, aws.Returned(aws.Object{ID: id, Spec: want})); len(fields) > 0 {
				t.Errorf("%s: %s differs for ever: %v", file, id, fields)
			}
		}
	}
	if len(kinds) < 18 {
		t.Errorf("only these kinds were compared: %v", kinds)
	}
}

// TestDifferences: what real ACK wrote again at every look.
func TestDifferences(t *testing.T) {
	rows := table(t)
	for _, c := range []struct {
		group, kind, spec string
		want              []string
	}{
		{"acm", "Certificate", "{domainName: example.org, subjectAlternativeNames: ['*.example.org']}", []string{"spec.subjectAlternativeNames"}},
		{"acm", "Certificate", "{domainName: example.org, keyAlgorithm: RSA_2048, subjectAlternativeNames: ['*.example.org', example.org]}", nil},
		{"ec2", "Subnet", "{cidrBlock: 10.0.0.0/24}", []string{
			"spec.assignIPv6AddressOnCreation", "spec.enableDNS64", "spec.enableResourceNameDNSAAAARecord", "spec.enableResourceNameDNSARecord",
			"spec.hostnameType",
		}},
		{"ec2", "RouteTable", "{routes: [{destinationCIDRBlock: 0.0.0.0/0, natGatewayRef: {from: {name: nat}}}]}", nil},
		{"eks", "Cluster", "{encryptionConfig: [{provider: {keyARN: arn, keyRef: {from: {name: key}}}, resources: [secrets]}]}", []string{"spec.encryptionConfig"}},
		{"eks", "Cluster", "{encryptionConfig: [{provider: {keyARN: arn}, resources: [secrets]}]}", nil},
		{"eks", "Cluster", "{logging: {clusterLogging: [{enabled: true, types: [api]}]}}", []string{"spec.logging.clusterLogging"}},
		{"eks", "Cluster", "{resourcesVPCConfig: {endpointPublicAccess: false, publicAccessCIDRs: [203.0.113.0/24]}}", []string{"spec.resourcesVPCConfig.publicAccessCIDRs"}},
		{"iam", "Role", "{name: role}", []string{"spec.maxSessionDuration", "spec.path"}},
		{"iam", "OpenIDConnectProvider", "{url: 'https://oidc.example.org'}", nil},
		{"route53", "HostedZone", "{name: example.org}", []string{"spec.name"}},
		{"route53", "RecordSet", "{name: _a.example.org}", []string{"spec.name"}},
	} {
		var spec map[string]any
		if err := yaml.Unmarshal([]byte(c.spec), &spec); err != nil {
			t.Fatal(err)
		}
		id := aws.ID{Group: c.group + ".services.k8s.aws", Kind: c.kind, Namespace: "c", Name: "c"}
		got := differences(rows, id, spec, aws.Returned(aws.Object{ID: id, Spec: spec}))
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s differs in %v, want %v", c.kind, c.spec, got, c.want)
		}
	}
}
