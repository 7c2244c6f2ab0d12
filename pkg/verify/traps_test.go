package verify_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
	"eks-auto-gitops/pkg/verify"
)

// A trap is something that has gone wrong for others, and where it is kept from going wrong here.
type trap struct {
	name string
	// found are archives of testdata/verify, each after the check that finds it, as CHECK/ARCHIVE.
	found []string
	// refused are files of testdata/invalid: clusters.yaml with this fault is refused, or warned of.
	refused []string
	// sound are archives of testdata/verify/sound: what looks like the trap and is none.
	sound []string
	// proof are tests by which the generator makes it impossible, as FILE:TEST, and scripts.
	proof []string
	// unseen says why files cannot show it, or a part of it.
	unseen string
}

// TestTraps: every trap of Flux has a case that finds it, or a test that makes it impossible, or a reason.
func TestTraps(t *testing.T) { hold(t, "T", 20, fluxTraps()) }

// TestPains: the same for what hurts the users of EKS Auto Mode, ACK, Karpenter and Flux most.
func TestPains(t *testing.T) { hold(t, "pain ", 25, pains()) }

// TestDefects: each defect of the example fleet, as its owners wrote it, is found in a tree or refused in clusters.yaml.
func TestDefects(t *testing.T) {
	hold(t, "defect ", 18, defects())
	for i, d := range defects() {
		if len(d.found)+len(d.refused) == 0 {
			t.Errorf("defect %d, %s: has no case that finds it", i+1, d.name)
		}
	}
}

// TestEveryCheckIsTested: every check has a case of its own.
func TestEveryCheckIsTested(t *testing.T) {
	archives, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "verify", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(filepath.Join(golden.Root(t), "testdata", "verify", "generated", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	archives = append(archives, more...)
	wanted := map[string]bool{}
	for _, file := range archives {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, want, _ := strings.Cut(string(content), "-- want --\n")
		for _, check := range verify.Checks() {
			wanted[check.Name] = wanted[check.Name] || strings.Contains(want, " ["+check.Name+"]\n")
		}
	}
	for _, check := range verify.Checks() {
		if !wanted[check.Name] {
			t.Errorf("no archive of testdata/verify wants what the check %s says", check.Name)
		}
	}
}

// hold checks that a list is whole and that everything that it names is there and says what it shall.
func hold(t *testing.T, prefix string, count int, list []trap) {
	t.Helper()
	if len(list) != count {
		t.Fatalf("there are %d, want %d", len(list), count)
	}
	root := golden.Root(t)
	read := func(t *testing.T, parts ...string) string {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(append([]string{root}, parts...)...))
		if err != nil {
			t.Error(err)
		}
		return string(content)
	}
	for i, trap := range list {
		t.Run(fmt.Sprintf("%s%d %s", prefix, i+1, trap.name), func(t *testing.T) {
			if len(trap.found)+len(trap.refused)+len(trap.proof) == 0 && trap.unseen == "" {
				t.Error("nothing finds it, nothing makes it impossible, and nothing says why")
			}
			for _, name := range trap.found {
				check, archive, _ := strings.Cut(name, "/")
				_, want, _ := strings.Cut(read(t, "testdata", "verify", archive+".txtar"), "-- want --\n")
				if !strings.Contains(want, " ["+check+"]\n") {
					t.Errorf("%s.txtar does not want what the check %s says", archive, check)
				}
			}
			for _, name := range trap.refused {
				if read(t, "testdata", "invalid", name+".out") == "" {
					t.Errorf("%s.out says nothing", name)
				}
			}
			for _, name := range trap.sound {
				read(t, "testdata", "verify", "sound", name+".txtar")
			}
			for _, name := range trap.proof {
				file, test, isTest := strings.Cut(name, ":")
				if content := read(t, filepath.FromSlash(file)); isTest && !strings.Contains(content, "\nfunc "+test+"(") {
					t.Errorf("%s has no test %s", file, test)
				}
			}
		})
	}
}
