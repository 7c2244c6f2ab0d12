package process_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"eks-auto-gitops/test/e2e/process"
)

// ending tells a copy of this test's binary to be a test that starts a program and then ends that way.
const ending = "E2E_PROCESS_ENDING"

func TestMain(m *testing.M) {
	if how := os.Getenv(ending); how != "" {
		os.Exit(child(how))
	}
	os.Exit(m.Run())
}

// child starts a program that runs for long, prints its number, and ends as told.
func child(how string) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	group := process.NewGroup(os.TempDir())
	sleeper, err := group.Start("sleeper", "/bin/sleep", nil, "600")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(sleeper.Pid())
	switch how {
	case "panic":
		panic("as a test does")
	case "exit":
		return 1
	}
	<-signals
	group.Stop()
	return 130
}

func TestNoProgramOutlivesTheTest(t *testing.T) {
	for how, signal := range map[string]syscall.Signal{
		"panic": 0, "exit": 0, "Ctrl-C": syscall.SIGINT, "killed": syscall.SIGKILL,
	} {
		t.Run(how, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), ending+"="+how)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(out).ReadString('\n')
			pid, err := strconv.Atoi(strings.TrimSpace(line))
			if err != nil {
				t.Fatalf("the test that starts a program says %q", line)
			}
			if signal != 0 {
				if err := cmd.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
			}
			if err := cmd.Wait(); err == nil {
				t.Error("the test that starts a program ended well")
			}
			waitUntilGone(t, pid)
		})
	}
}

func waitUntilGone(t *testing.T, pid int) {
	t.Helper()
	deadline := time.After(5 * time.Second)
	for !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		select {
		case <-deadline:
			_ = syscall.Kill(-pid, syscall.SIGKILL)
			t.Fatalf("process %d still runs", pid)
		case <-time.Tick(20 * time.Millisecond):
		}
	}
}
