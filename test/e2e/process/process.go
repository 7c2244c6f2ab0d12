// Package process starts programs and sees to it that none outlives the test, however that ends.
package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
)

// patience is how long a program may take to end when it is asked to.
const patience = 10 * time.Second

// Group starts programs and ends them all. Each writes its output to a file of its name in the group's folder.
type Group struct {
	dir    string
	starts chan func()
	mu     sync.Mutex
	all    []*Process
}

// NewGroup makes a group that writes logs into dir. Linux kills a child when the thread that started it ends,
// so one thread starts them all and lives as long as the test does (prctl(2): PR_SET_PDEATHSIG).
func NewGroup(dir string) *Group {
	g := &Group{dir: dir, starts: make(chan func())}
	go func() {
		runtime.LockOSThread()
		for start := range g.starts {
			start()
		}
	}()
	return g
}

// Process is a program that was started.
type Process struct {
	Name string
	cmd  *exec.Cmd
	log  string
	done chan struct{}
	err  error
}

// Start runs a program with the environment env and nothing of the test's own.
func (g *Group) Start(name, path string, env []string, args ...string) (*Process, error) {
	log := filepath.Join(g.dir, name+".log")
	out, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("log of %s: %w", name, err)
	}
	defer out.Close()                                                                                //nolint:errcheck // the program has a handle of its own
	p := &Process{Name: name, cmd: exec.Command(path, args...), log: log, done: make(chan struct{})} //nolint:noctx // it ends in Stop
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, out, out
	p.cmd.SysProcAttr = attributes()
	started := make(chan error)
	g.starts <- func() { started <- p.cmd.Start() }
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all = append(g.all, p)
	return p, nil
}

// Stop ends all programs, the last first, and waits for them.
func (g *Group) Stop() {
	for _, p := range slices.Backward(g.All()) {
		p.Stop()
	}
}

// All lists the programs that were started, in that order.
func (g *Group) All() []*Process {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.all)
}

// Stop asks a program and its children to end, and after a while makes them.
func (p *Process) Stop() {
	p.signal(syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	select {
	case <-p.done:
	case <-ctx.Done():
	}
	p.Kill()
}

// Kill ends a program and its children at once, as a crash does, and waits for it.
func (p *Process) Kill() {
	p.signal(syscall.SIGKILL)
	<-p.done
}

// signal goes to the process group, which has the number of the program.
func (p *Process) signal(s syscall.Signal) {
	_ = syscall.Kill(-p.cmd.Process.Pid, s) // it may be gone, which is what we want
}

// Pid is the number of the process.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Exited is an error that says how the program ended, or nil while it runs.
func (p *Process) Exited() error {
	select {
	case <-p.done:
		return errors.Join(fmt.Errorf("%s has ended", p.Name), p.err)
	default:
		return nil
	}
}

// Tail returns the last bytes of the program's output.
func (p *Process) Tail(size int64) string {
	file, err := os.Open(p.log)
	if err != nil {
		return err.Error()
	}
	defer file.Close() //nolint:errcheck // only read
	if info, err := file.Stat(); err == nil && info.Size() > size {
		_, _ = file.Seek(-size, io.SeekEnd) // at worst all of it
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return err.Error()
	}
	return string(content)
}
