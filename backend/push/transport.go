package push

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"
)

// patience is how long a push service may take.
const patience = 5 * time.Second

// errForbidden says that an address led to a machine that is not on the public internet.
var errForbidden = errors.New("push: not a public machine")

// dialer connects to a machine whose address it has looked at: what a name stands for
// is asked once, checked, and that very address is used, so that a name which answers
// differently the second time gains nothing (T14).
type dialer struct {
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	allow  func(netip.Addr) bool
	dial   func(ctx context.Context, network, addr string) (net.Conn, error)
}

func publicDialer() dialer {
	return dialer{
		lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		},
		allow: isPublic,
		dial:  (&net.Dialer{Timeout: patience}).DialContext,
	}
}

func (d dialer) connect(ctx context.Context, network, addr string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	found, err := d.lookup(ctx, host)
	if err != nil {
		return nil, fmt.Errorf("push: a service has no address: %w", err)
	}
	for _, ip := range found {
		if !d.allow(ip) { // one private address among public ones is a trap all the same
			return nil, errForbidden
		}
	}
	var failed error
	for _, ip := range found {
		conn, err := d.dial(ctx, network, net.JoinHostPort(ip.Unmap().String(), port))
		if err == nil {
			return conn, nil
		}
		failed = err
	}
	return nil, failed
}

// reserved are ranges that no service on the public internet has (RFC 6890), beside
// those that package netip knows.
var reserved = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

func prefixes(all ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(all))
	for i, p := range all {
		list[i] = netip.MustParsePrefix(p)
	}
	return list
}

// isPublic says whether an address belongs to the public internet.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsValid() || !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.Zone() != "" {
		return false
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// newClient makes the one client for all services: no proxy of the environment, no
// redirect, an end to waiting.
func newClient(d dialer) *http.Client {
	return &http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: d.connect, ForceAttemptHTTP2: true, TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience,
			MaxIdleConns: 32, MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 16 << 10,
		},
	}
}

// sender is what webpush-go sends through. It signs a token for each push, and services
// ask for at most one an hour: the first for an origin is used again.
type sender struct {
	client *http.Client
	tokens *tokens
}

func (s sender) Do(req *http.Request) (*http.Response, error) {
	req.Header.Set("Authorization", s.tokens.of(req.URL, req.Header.Get("Authorization")))
	return s.client.Do(req)
}

// tokens are the VAPID headers in use, by the origin they were signed for (RFC 8292).
type tokens struct {
	now  func() time.Time
	mu   sync.Mutex
	used map[string]token
}

type token struct {
	header string
	until  time.Time
}

// tokenLife is how long a header is used; webpush-go signs it for twelve hours.
const tokenLife = time.Hour

func (t *tokens) of(u *url.URL, fresh string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if old, ok := t.used[u.Host]; ok && t.now().Before(old.until) {
		return old.header
	}
	if t.used == nil {
		t.used = map[string]token{}
	}
	t.used[u.Host] = token{fresh, t.now().Add(tokenLife)}
	return fresh
}

// forget lets the next push to a service carry a new token.
func (t *tokens) forget(endpoint string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if u, err := url.Parse(endpoint); err == nil {
		delete(t.used, u.Host)
	}
}
