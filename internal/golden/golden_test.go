package golden_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"eks-auto-gitops/internal/golden"
)

// listener is a test that only listens to what it is told.
type listener struct {
	testing.TB
	heard []string
}

func (l *listener) Helper()             {}
func (l *listener) Failed() bool        { return len(l.heard) > 0 }
func (l *listener) Logf(string, ...any) {}
func (l *listener) Errorf(format string, args ...any) {
	l.heard = append(l.heard, fmt.Sprintf(format, args...))
}

func (l *listener) Fatalf(format string, args ...any) { l.Errorf(format, args...); runtime.Goexit() }

// compare returns what a test would be told.
func compare(t *testing.T, dir string, files map[string][]byte) string {
	t.Helper()
	l := &listener{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		golden.Compare(l, dir, files)
	}()
	<-done
	return strings.Join(l.heard, "\n")
}

func TestCompare(t *testing.T) {
	t.Setenv(golden.Update, "")
	t.Setenv("CI", "")
	dir := filepath.Join(t.TempDir(), "want")
	files := map[string][]byte{"a": []byte("1\n2\n3\n"), "b/c": []byte("x\n")}

	if told := compare(t, dir, files); !strings.Contains(told, "+++ made/b/c\n") || !strings.Contains(told, "--- /dev/null\n") {
		t.Errorf("files that are missing: %s", told)
	}
	t.Setenv(golden.Update, "1")
	if told := compare(t, dir, files); told != "" {
		t.Errorf("writing: %s", told)
	}
	t.Setenv(golden.Update, "")
	if told := compare(t, dir, files); told != "" {
		t.Errorf("files that are the same: %s", told)
	}
	if told := compare(t, dir, map[string][]byte{"a": []byte("1\n3\n"), "b/c": files["b/c"]}); !strings.Contains(told, " 1\n-2\n 3\n") {
		t.Errorf("a file that differs: %s", told)
	}
	less := map[string][]byte{"a": files["a"]}
	if told := compare(t, dir, less); !strings.Contains(told, "--- want/b/c\n") {
		t.Errorf("a file too many: %s", told)
	}

	t.Setenv(golden.Update, "1")
	t.Setenv("CI", "true")
	if told := compare(t, dir, less); !strings.Contains(told, "refused while CI is set") {
		t.Errorf("writing in CI: %s", told)
	}
	t.Setenv("CI", "")
	if told := compare(t, dir, less); told != "" {
		t.Errorf("removing: %s", told)
	}
	if _, err := os.Stat(filepath.Join(dir, "b")); !os.IsNotExist(err) {
		t.Errorf("the stale file's folder is still there: %v", err)
	}
}
