package process

import "syscall"

// attributes put a program in a group of its own, so that Ctrl-C reaches the test alone, which then ends the
// programs in order; and have the kernel kill it when the test is gone without having done so.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
