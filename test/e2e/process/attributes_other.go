//go:build !linux

package process

import "syscall"

// attributes put a program in a group of its own. Only Linux can promise that it ends when the test is killed.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
