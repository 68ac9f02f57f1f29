package mail_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"samspor/backend/mail"
)

const origin = "https://plan.example"

// post is a mail server that keeps what it is given.
type post struct {
	mu     sync.Mutex
	refuse *smtp.SMTPError
	auth   bool
	got    []message
}

type message struct{ from, to, raw string }

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{p: p}, nil }

type session struct {
	p *post
	m message
}

func (s *session) Reset()        { s.m = message{} }
func (s *session) Logout() error { return nil }
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.m.from = from
	return nil
}
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.p.refuse != nil {
		return s.p.refuse
	}
	s.m.to = to
	return nil
}
func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	s.m.raw = string(raw)
	s.p.got = append(s.p.got, s.m)
	return nil
}
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "samspor" || password != "s3cret" {
			return smtp.ErrAuthFailed
		}
		s.p.auth = true
		return nil
	}), nil
}

// serve runs the server on loopback; with a certificate it offers TLS.
func serve(t *testing.T, p *post, cert *tls.Certificate) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := smtp.NewServer(p)
	s.Domain = "localhost"
	if cert != nil {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*cert}}
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		<-ended
	})
	return l.Addr().String()
}

func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func sender(t *testing.T, c mail.Config) *mail.Sender {
	t.Helper()
	if c.From == "" {
		c.From = "samspor@plan.example"
	}
	c.Origin = origin
	s, err := mail.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check reads a message as a mail program does and looks for anything but the fixed sentences.
func check(t *testing.T, raw, to string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"To": "<" + to + ">", "From": "<samspor@plan.example>", "Auto-Submitted": "auto-generated"} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	if id := m.Header.Get("Message-ID"); !strings.HasSuffix(id, "@plan.example>") || strings.Contains(raw, host) {
		t.Errorf("the message tells of the machine: %s", id)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte("Log ind for at læse det: "+origin)) {
		t.Errorf("the body is %s", body)
	}
}

func TestAMessageSaysOnlyThatSomethingWaits(t *testing.T) { // R50, over STARTTLS with a password
	p := &post{}
	cert, pool := certificate(t)
	s := sender(t, mail.Config{Server: "smtp://samspor:s3cret@" + serve(t, p, &cert), TLS: &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}})
	if err := s.Notify(t.Context(), "parent@mail.example", "da"); err != nil {
		t.Fatal(err)
	}
	if len(p.got) != 1 || !p.auth || p.got[0].to != "parent@mail.example" || p.got[0].from != "samspor@plan.example" {
		t.Fatalf("got %+v", p.got)
	}
	check(t, p.got[0].raw, "parent@mail.example")
}

func TestEveryLanguageHasTheSameFewSentences(t *testing.T) {
	p := &post{}
	s := sender(t, mail.Config{Server: "smtp://" + serve(t, p, nil) + "?tls=none"})
	for i, lang := range []string{"da", "nb", "en", "xx"} {
		if err := s.Notify(t.Context(), "parent@mail.example", lang); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(p.got[i].raw, origin); n != 1 {
			t.Errorf("%s names the app %d times", lang, n)
		}
	}
	if p.got[0].raw == p.got[1].raw || !strings.Contains(p.got[2].raw, "Log in to read it") {
		t.Error("the languages are the same")
	}
}

func TestARefusalNamesNobodyAndSaysWhetherToTryAgain(t *testing.T) {
	p := &post{}
	addr := serve(t, p, nil)
	s := sender(t, mail.Config{Server: "smtp://" + addr + "?tls=none"})
	for _, c := range []struct {
		code      int
		temporary bool
	}{{550, false}, {451, true}} {
		p.refuse = &smtp.SMTPError{Code: c.code, EnhancedCode: smtp.EnhancedCode{c.code / 100, 1, 1}, Message: "parent@mail.example is unknown"}
		err := s.Notify(t.Context(), "parent@mail.example", "da")
		var refused *mail.Refused
		if !errors.As(err, &refused) || refused.Temporary != c.temporary || refused.Code != c.code {
			t.Errorf("%d: got %v", c.code, err)
		}
		if strings.Contains(err.Error(), "parent") {
			t.Errorf("the error names somebody: %v", err)
		}
	}
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := gone.Addr().String()
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	var refused *mail.Refused
	if err := sender(t, mail.Config{Server: "smtp://" + nobody + "?tls=none"}).Notify(t.Context(), "a@b.example", "da"); !errors.As(err, &refused) || !refused.Temporary || refused.Code != 0 {
		t.Errorf("nobody there: %v", err)
	}
}

func TestAPasswordNeverLeavesInTheClear(t *testing.T) {
	p := &post{}
	s := sender(t, mail.Config{Server: "smtp://samspor:s3cret@" + serve(t, p, nil)}) // a server without TLS
	if err := s.Notify(t.Context(), "a@b.example", "da"); err == nil || p.auth || len(p.got) > 0 {
		t.Errorf("it was sent: %v", err)
	}
	for _, bad := range []string{"smtp://mail.example:25?tls=none", "http://mail.example", "smtp://", "mail.example"} {
		if _, err := mail.New(mail.Config{Server: bad, From: "a@b.example"}); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
	if _, err := mail.New(mail.Config{Server: "smtp://mail.example", From: "A <a@b.example>\r\nBcc: x@y.example"}); err == nil {
		t.Error("a sender with a header in it was taken")
	}
	for _, bad := range []string{"", "a", "a@b.example\r\nBcc: c@d.example", "A <a@b.example>", "a@b.example, c@d.example", strings.Repeat("a", 260) + "@b.example"} {
		if mail.ValidAddress(bad) {
			t.Errorf("%q is taken for an address", bad)
		}
		if err := s.Notify(context.Background(), bad, "da"); err == nil {
			t.Errorf("%q was sent to", bad)
		}
	}
}

// eximConfig makes exim take mail for one domain and append it to a file.
const eximConfig = `
primary_hostname = mail.plan.example
domainlist local_domains = mail.example
spool_directory = DIR/spool
log_file_path = DIR/log/%slog
tls_advertise_hosts =
keep_environment =
acl_smtp_rcpt = take
begin acl
take:
  accept domains = +local_domains
  deny message = no relaying
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  file = DIR/inbox
  user = Debian-exim
  mode_fail_narrower = false
`

func TestARealMailServerDeliversIt(t *testing.T) { // exim4 of Debian, from SMTP to the file on disk
	exim, err := exec.LookPath("exim4")
	if err != nil {
		t.Fatal("this test needs exim4 (on Debian: apt-get install exim4-daemon-light)")
	}
	if os.Geteuid() != 0 {
		t.Skip("Debian's exim hands mail over to its own user, which only root can start it for")
	}
	dir := shared(t)
	config := filepath.Join(dir, "exim.conf")
	text := strings.ReplaceAll(eximConfig, "DIR", dir)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil { // exim reads it again as its own user
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var said bytes.Buffer
	done := make(chan error, 1)
	go func() { // as inetd does: one process of exim for one connection
		conn, err := l.Accept()
		if err != nil {
			done <- err
			return
		}
		f, err := conn.(*net.TCPConn).File()
		if err != nil {
			done <- err
			return
		}
		defer f.Close()
		cmd := exec.Command(exim, "-C", config, "-odf", "-bs")
		cmd.Stdin, cmd.Stdout, cmd.Stderr = f, f, &said
		done <- errors.Join(cmd.Start(), conn.Close(), cmd.Wait())
	}()
	s := sender(t, mail.Config{Server: "smtp://" + l.Addr().String() + "?tls=none"})
	sent := s.Notify(t.Context(), "parent@mail.example", "da")
	if err := errors.Join(sent, <-done); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	inbox, err := os.ReadFile(filepath.Join(dir, "inbox"))
	if err != nil {
		t.Fatal(err)
	}
	_, raw, found := strings.Cut(string(inbox), "\n") // the mbox line before a message
	if !found || !strings.HasPrefix(string(inbox), "From samspor@plan.example ") {
		t.Fatalf("the inbox holds %q", inbox)
	}
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil || !bytes.Contains(body, []byte("Log ind for at læse det: "+origin)) {
		t.Errorf("%v: the body is %s", err, body)
	}
}

// shared is a folder that exim can write into once it has given up being root.
func shared(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "exim")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o777); err != nil { // not cut by the umask
		t.Fatal(err)
	}
	return dir
}
