package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"eks-auto-gitops/pkg/cli"
)

// gen runs the command line in the current folder.
func gen(t *testing.T, args ...string) (code int, out, talk string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = cli.Main(t.Context(), append([]string{"gen"}, args...), cli.Streams{Out: &stdout, Err: &stderr, Getenv: func(string) string { return "" }})
	return code, stdout.String(), stderr.String()
}

// TestVerifyExitCodes: 0 for a tree as gen made it, 1 when something is wrong, 2 for wrong use, 3 when it cannot run.
func TestVerifyExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, fleet)
	if code, _, talk := gen(t, "clusters", "--quiet"); code != 0 {
		t.Fatal(talk)
	}
	for args, want := range map[string]int{
		"verify":                      0,
		"verify .":                    0,
		"verify --format json":        0,
		"verify --explain schema":     0,
		"verify --explain shema":      2,
		"verify --format xml":         2,
		"verify . elsewhere":          3,
		"verify . ./":                 0,
		"verify --strict":             0,
		"verify flux":                 2,
		"verify . clusters/dev/dev-1": 2,
		"verify --crd x":              2,
		"verify nowhere":              3,
		"verify --crds nowhere":       3,
		"verify --crds clusters/none": 3,
	} {
		if code, out, talk := gen(t, strings.Fields(args)...); code != want {
			t.Errorf("gen %s ends with %d, want %d\n%s%s", args, code, want, out, talk)
		}
	}
}

// TestVerifyFinds: findings go to stdout, as text and as JSON, and the summary to stderr; CRDs of a folder count.
func TestVerifyFinds(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, fleet)
	if code, _, talk := gen(t, "clusters", "--quiet"); code != 0 {
		t.Fatal(talk)
	}
	file := filepath.Join("clusters", "dev", "dev-1", "cluster", "cluster.yaml")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(content, []byte("  version:"), []byte("  versions:"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, talk := gen(t, "verify")
	if code != 1 || !strings.Contains(out, "cluster.yaml:") || !strings.Contains(out, "hint: did you mean version?") || !strings.Contains(talk, ": 1 error, 1 warning") {
		t.Errorf("ends with %d\n%s%s", code, out, talk)
	}
	code, out, _ = gen(t, "verify", "--format", "json")
	var list struct {
		Findings []struct{ Check, File, Field string }
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil || code != 1 || len(list.Findings) != 2 || list.Findings[0].Check != "generated" || list.Findings[1].Field != "spec.versions" {
		t.Errorf("ends with %d: %v\n%s", code, err, out)
	}
	loose := `{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, spec: {group: eks.services.k8s.aws, scope: Namespaced, names: {kind: Cluster},
 versions: [{name: v1alpha1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}}`
	if err := os.MkdirAll("crds", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("crds/cluster.yaml", []byte(loose), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, talk := gen(t, "verify", "--crds", "crds"); code != 0 {
		t.Errorf("with a CRD that takes everything it ends with %d\n%s%s", code, out, talk)
	}
}

// TestVerifyClock: the clock of the streams decides what is said of a Kubernetes version, which is never an error.
func TestVerifyClock(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, fleet)
	if code, _, talk := gen(t, "clusters", "--quiet"); code != 0 {
		t.Fatal(talk)
	}
	for day, want := range map[string]string{
		"2026-11-21": "", "2027-07-01": "in 32 days", "2028-01-01": "standard support for Kubernetes 1.36 ended", "2030-01-01": "extended support for Kubernetes 1.36 ended",
	} {
		var out, talk bytes.Buffer
		code := cli.Main(t.Context(), []string{"gen", "verify"}, cli.Streams{Out: &out, Err: &talk, Now: func() time.Time {
			now, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Error(err)
			}
			return now
		}})
		if code != 0 || (out.Len() > 0) != (want != "") || !strings.Contains(out.String(), want) {
			t.Errorf("%s ends with %d, want %q\n%s%s", day, code, want, &out, &talk)
		}
	}
}
