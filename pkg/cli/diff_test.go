package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eks-auto-gitops/pkg/cli"
)

// TestDiffExitCodes: 0 when nothing differs or what differs is not asked for, 1 when it is, 2 for wrong use, 3 for what
// cannot be read.
func TestDiffExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, fleet)
	generate(t)
	copyTo(t, "../same")
	copyTo(t, "../other")
	file := filepath.Join("clusters", "clusters.yaml")
	if err := os.WriteFile(file, []byte(strings.Replace(fleet, `version: "1.36"`, `version: "1.36", endpoint: {publicCIDRs: [203.0.113.0/24]}`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	generate(t)
	for args, want := range map[string]int{
		"diff .":                                                  0,
		"diff ../same":                                            1,
		"diff ../same --to ../other":                              0,
		"diff . --to ../other":                                    1,
		"diff ../same --format markdown":                          1,
		"diff ../same --format json":                              1,
		"diff ../same --format html":                              1,
		"diff ../same --page x --format markdown":                 1,
		"diff ../same --page x":                                   2,
		"diff ../same --fail-on none":                             0,
		"diff ../same --fail-on danger":                           0,
		"diff --fail-on danger . --to ../same":                    1,
		"diff --fail-on danger=endpoint-opened . --to ../same":    1,
		"diff --fail-on danger=access,iam-widened . --to ../same": 0,
		"diff --fail-on danger=acces . --to ../same":              2,
		"diff --fail-on sometimes .":                              2,
		"diff ../same ../other":                                   2,
		"diff --format xml":                                       2,
		"diff --explain endpoint-opened":                          0,
		"diff --explain endpoint":                                 2,
		"diff nowhere":                                            3,
		"diff . --to nowhere":                                     3,
		"diff . --crds nowhere":                                   3,
	} {
		if code, out, talk := gen(t, strings.Fields(args)...); code != want {
			t.Errorf("gen %s ends with %d, want %d\n%s%s", args, code, want, out, talk)
		}
	}
}

func generate(t *testing.T) {
	t.Helper()
	if code, _, talk := gen(t, "clusters", "--quiet"); code != 0 {
		t.Fatal(talk)
	}
}

func copyTo(t *testing.T, dir string) {
	t.Helper()
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.CopyFS(dir, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
}

// TestDiffPageOnTerminal: nobody wants to read a page at a terminal; what to do is said instead.
func TestDiffPageOnTerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := terminal.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Chdir(t.TempDir())
	write(t, fleet)
	var talk bytes.Buffer
	code := cli.Main(t.Context(), strings.Fields("gen diff . --format html"), cli.Streams{Out: terminal, Err: &talk, Getenv: os.Getenv})
	if code != cli.Usage || !strings.Contains(talk.String(), "gen diff --format html > diff.html") {
		t.Errorf("ends with %d and says %q", code, &talk)
	}
}
