package config

import (
	"strings"
	"testing"
)

// TestValuesTooLarge: a file of three MiB is none to keep in testdata/invalid.
func TestValuesTooLarge(t *testing.T) {
	source := `apiVersion: gen/v1alpha1
kind: Fleet
metadata: {name: example}
repository: {url: https://github.com/example/fleet.git}
hub: {accountID: "777788889999", oidcIssuer: https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE}
environments:
  - {name: dev, branch: dev, accountID: "111122223333", region: eu-west-2}
clusters:
  - name: dev-1
    environment: dev
    version: "1.36"
    network: {cidr: 10.10.0.0/16}
    components:
      podinfo: {enabled: true, values: {cache: LARGE}}
    releases:
      - name: large
        namespace: large
        chart: {url: "oci://quay.io/jetstack/charts/cert-manager", version: v1.19.0}
        values: {text: LARGE}
`
	for size, want := range map[int]string{
		1 << 20: "",
		3 << 20: `clusters.yaml:14:32: clusters[0].components.podinfo.values: these values have 3145740 bytes as JSON, but etcd takes 1572864 for all of a HelmRelease
  hint: put what is large into the chart or an image, and make it small here
clusters.yaml:19:9: clusters[0].releases[0].values: these values have 3145739 bytes as JSON, but etcd takes 1572864 for all of a HelmRelease
  hint: put what is large into the chart or an image, and make it small here
`,
	} {
		_, problems := Load("clusters.yaml", []byte(strings.ReplaceAll(source, "LARGE", strings.Repeat("a", size))))
		var got strings.Builder
		if err := problems.Print(&got); err != nil {
			t.Fatal(err)
		}
		if got.String() != want {
			t.Errorf("with %d bytes\n%.2000s\nwant\n%s", size, got.String(), want)
		}
	}
}
