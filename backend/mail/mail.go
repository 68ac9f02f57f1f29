// Package mail tells a person by e-mail that something waits for them in the app:
// the way round for a push that nobody opened.
//
// Its one rule: a message says "log in to read" in fixed sentences and nothing else.
// No name, no service, no meeting, not even which plan (R50); a mailbox is read by
// others, and its previews stand on lock screens. Errors carry no address. Start with
// Sender.Notify.
package mail

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// timeout is how long a mail server may take for one message.
const timeout = 15 * time.Second

// Config is where messages leave.
type Config struct {
	// Server is smtp://user:password@host:587, which must offer TLS, or smtps://host:465.
	// Without TLS only a server on this machine is taken: smtp://127.0.0.1:25?tls=none.
	Server string
	From   string      // the address they come from
	Origin string      // where the app is, https://plan.example
	TLS    *tls.Config // nil: the machine's own trust
}

// Sender sends.
type Sender struct {
	host   string
	opts   []gomail.Option
	from   string
	origin string
}

// Refused says that a mail server did not take a message. It names nobody.
type Refused struct {
	Code      int  // of SMTP; 0 when no server answered
	Temporary bool // it may be tried again
}

func (r *Refused) Error() string {
	if r.Code == 0 {
		return "mail: no server answered"
	}
	return fmt.Sprintf("mail: refused with %d", r.Code)
}

// New reads the configuration; its errors name what is wrong and never the password.
func New(c Config) (*Sender, error) {
	u, err := url.Parse(c.Server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("mail: want smtp://host:587 or smtps://host:465")
	}
	if !ValidAddress(c.From) {
		return nil, errors.New("mail: the sender's address is none")
	}
	s := &Sender{host: u.Hostname(), from: c.From, origin: c.Origin}
	s.opts = []gomail.Option{gomail.WithTimeout(timeout), gomail.WithHELO(helo(c.Origin))}
	secure := gomail.WithTLSPolicy(gomail.TLSMandatory)
	switch {
	case u.Scheme == "smtps":
		secure = gomail.WithSSL()
	case u.Query().Get("tls") == "none":
		if ip := net.ParseIP(s.host); s.host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return nil, errors.New("mail: without TLS only a server on this machine is taken")
		}
		secure = gomail.WithTLSPolicy(gomail.NoTLS)
	}
	s.opts = append(s.opts, secure)
	if c.TLS != nil {
		s.opts = append(s.opts, gomail.WithTLSConfig(c.TLS))
	}
	if u.Port() != "" {
		port, err := strconv.Atoi(u.Port())
		if err != nil {
			return nil, errors.New("mail: the port is none")
		}
		s.opts = append(s.opts, gomail.WithPort(port))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		s.opts = append(s.opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return s, nil
}

// helo is how the program names itself to a mail server: by its public host, never by the machine's.
func helo(origin string) string {
	if u, err := url.Parse(origin); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "localhost"
}

// ValidAddress says whether s is one plain e-mail address, without a name beside it.
func ValidAddress(s string) bool {
	a, err := netmail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254 && !strings.ContainsAny(s, "\r\n") && a.Name == ""
}

// Notify tells an address that something waits, in da, nb or en. A *Refused says whether to try again.
func (s *Sender) Notify(ctx context.Context, address, lang string) error {
	w, ok := words[lang]
	if !ok {
		w = words["da"]
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := m.From(s.from); err != nil {
		return errors.New("mail: the sender's address is none")
	}
	if !ValidAddress(address) || m.To(address) != nil {
		return errors.New("mail: the address is none")
	}
	m.Subject(w.subject)
	m.SetMessageIDWithValue(rand.Text() + "@" + helo(s.origin))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's holiday answer comes back
	m.SetGenHeader("Content-Language", lang)
	m.SetBodyString(gomail.TypeTextPlain, fmt.Sprintf(w.body, s.origin))
	client, err := gomail.NewClient(s.host, s.opts...)
	if err != nil {
		return errors.New("mail: the settings do not fit together")
	}
	if err := client.DialAndSendWithContext(ctx, m); err != nil {
		var sent *gomail.SendError
		if errors.As(err, &sent) {
			return &Refused{Code: sent.ErrorCode(), Temporary: sent.IsTemp()}
		}
		return &Refused{Temporary: true}
	}
	return nil
}

// words are the fixed sentences; %s is where the app is.
var words = map[string]struct{ subject, body string }{
	"da": {"Samspor: der venter noget på dig", `Hej

Der er nyt i Samspor, som du ikke har set endnu.
Log ind for at læse det: %s

Vi skriver ikke mere her, fordi andre kan se din mail.
Du kan slå mailen fra i appen under Mig.
Svar ikke på denne mail. Ingen læser svaret.
`},
	"nb": {"Samspor: noe venter på deg", `Hei

Det er nytt i Samspor som du ikke har sett ennå.
Logg inn for å lese det: %s

Vi skriver ikke mer her, fordi andre kan se e-posten din.
Du kan slå av e-posten i appen under Meg.
Ikke svar på denne e-posten. Ingen leser svaret.
`},
	"en": {"Samspor: something is waiting for you", `Hello

There is news in Samspor that you have not seen yet.
Log in to read it: %s

We say no more here, because others may see your mail.
You can turn this mail off in the app, under Me.
Please do not reply. Nobody reads the answer.
`},
}
