package internet

import (
	"net"
	"sync"
)

// tunnels is a listener whose connections come from the proxy.
type tunnels struct {
	address net.Addr
	conns   chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

func newTunnels(address net.Addr) *tunnels {
	return &tunnels{address: address, conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (t *tunnels) add(c net.Conn) {
	select {
	case t.conns <- c:
	case <-t.closed:
		c.Close() //nolint:errcheck // nobody is there to be told
	}
}

// Accept returns the next connection.
func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.closed) })
	return nil
}

// Addr is that of the proxy.
func (t *tunnels) Addr() net.Addr { return t.address }
