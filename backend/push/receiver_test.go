package push

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/SherClockHolmes/webpush-go"

	"samspor/sync/kv"
)

// A push service on loopback, written from RFC 8188 and 8291 and not from the library
// that sends: what it reads is what a browser reads.

type receiver struct {
	t      testing.TB
	server *httptest.Server
	traps  *httptest.Server // a machine inside: nobody may ever come here

	mu      sync.Mutex
	keys    map[string]phoneKeys // by path
	got     []delivery
	answer  func(path string) (status int, header http.Header)
	trapped int
}

type phoneKeys struct {
	private *ecdh.PrivateKey
	auth    []byte
}

type delivery struct {
	path, text string
	size       int
	header     http.Header
}

func receive(t testing.TB) *receiver {
	t.Helper()
	r := &receiver{t: t, keys: map[string]phoneKeys{}}
	r.server = httptest.NewTLSServer(http.HandlerFunc(r.take))
	r.traps = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.trapped++
	}))
	t.Cleanup(r.server.Close)
	t.Cleanup(r.traps.Close)
	return r
}

func (r *receiver) take(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}
	r.mu.Lock()
	keys, answer := r.keys[req.URL.Path], r.answer
	r.mu.Unlock()
	if answer != nil {
		if status, header := answer(req.URL.Path); status != 0 {
			for name := range header {
				w.Header().Set(name, header.Get(name))
			}
			w.WriteHeader(status)
			return
		}
	}
	plain, err := unseal(body, keys)
	if err != nil {
		r.t.Errorf("a push cannot be read: %v", err)
	}
	r.mu.Lock()
	r.got = append(r.got, delivery{req.URL.Path, string(plain), len(body), req.Header})
	r.mu.Unlock()
	w.WriteHeader(http.StatusCreated)
}

// unseal reads one aes128gcm record (RFC 8188) sealed for a phone (RFC 8291).
func unseal(body []byte, k phoneKeys) ([]byte, error) {
	if len(body) < 21 || k.private == nil {
		return nil, errors.New("no header")
	}
	salt, size, idLen := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	public, sealed := body[21:21+idLen], body[21+idLen:]
	if int(size) < len(sealed) {
		return nil, errors.New("more than one record")
	}
	theirs, err := ecdh.P256().NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	shared, err := k.private.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	info := bytes.Join([][]byte{[]byte("WebPush: info\x00"), k.private.PublicKey().Bytes(), public}, nil)
	ikm, err := hkdf.Key(sha256.New, shared, k.auth, string(info), 32)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, err
	}
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil, err
	}
	plain = bytes.TrimRight(plain, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 2 {
		return nil, errors.New("the record has no end")
	}
	return plain[:len(plain)-1], nil
}

// phone makes a browser's subscription at this service.
func (r *receiver) phone(path string) Subscription {
	r.t.Helper()
	private, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	auth := make([]byte, 16)
	_, _ = rand.Read(auth) // never fails
	r.mu.Lock()
	r.keys[path] = phoneKeys{private, auth}
	r.mu.Unlock()
	enc := base64.RawURLEncoding.EncodeToString
	return Subscription{Endpoint: "https://fcm.googleapis.com" + path, P256dh: enc(private.PublicKey().Bytes()), Auth: enc(auth), Lang: "da"}
}

// service is the real sender; only names lead to loopback, where the receiver is.
func (r *receiver) service(log io.Writer) (*Push, *clock) {
	r.t.Helper()
	private, public, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		r.t.Fatal(err)
	}
	now := &clock{at: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)}
	p := New(Config{
		Store: kv.NewMem(), Keys: Keys{public, private}, Subject: "drift@plan.example", Origin: "https://plan.example",
		Now: now.now, Log: slog.New(slog.NewTextHandler(log, nil)),
	})
	r.route(p, dialer{
		lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		},
		allow: func(netip.Addr) bool { return true },
	})
	return p, now
}

// route sends every connection of a service to the receiver's port, whatever port was asked for.
func (r *receiver) route(p *Push, d dialer) {
	_, port, err := net.SplitHostPort(r.server.Listener.Addr().String())
	if err != nil {
		r.t.Fatal(err)
	}
	if d.dial == nil {
		d.dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, err
			}
			return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(host, port))
		}
	}
	p.client = newClient(d)
	transport, ok := p.client.Transport.(*http.Transport)
	if !ok {
		r.t.Fatal("the client has another transport")
	}
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // the receiver's certificate names no push service
	r.t.Cleanup(transport.CloseIdleConnections)
}

// clock is moved by tests alone.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// words of a text of three letters and more, as they may stand in a push.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'à' && r <= 'ÿ')
	})
}
