// Package push tells a person's phones that something waits for them (RFC 8030, 8188,
// 8291, 8292).
//
// Its one rule: a push is a hint and reveals nothing. Its words are fixed sentences, its
// one id is opaque, and every body has the same size; what is true is in the app (R50,
// T6). A phone's address comes from a browser, so it is looked at like any other input:
// only the push services that are known here, and only public machines (T14). Start
// with Send.
package push

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/SherClockHolmes/webpush-go"
	"github.com/go-json-experiment/json"

	"samspor/sync/kv"
	"samspor/sync/plan"
)

// Limits of one push.
const (
	maxAnswer = 4 << 10 // bytes read of a push service's answer
	maxTTL    = 28 * 24 * time.Hour
	maxWait   = 6 * time.Hour // between two tries at one phone
)

// Keys are the server's own, for life: with another pair every subscription ends.
type Keys struct{ Public, Private string } // base64url, of P-256

// Config is what sending needs.
type Config struct {
	Store   kv.Engine
	Keys    Keys
	Subject string   // whom push services may ask: an e-mail address or an https address
	Origin  string   // where the app is
	Hosts   []string // push services beside those that are known
	Now     func() time.Time
	Log     *slog.Logger
}

// Push keeps subscriptions and sends to them.
type Push struct {
	Config
	client *http.Client
	tokens tokens
	counts [results]atomic.Uint64
}

// New makes the service.
func New(c Config) *Push {
	p := &Push{Config: c}
	p.client = newClient(publicDialer())
	p.tokens.now = c.Now
	return p
}

// Text names one of the fixed sentences (DOMAIN 5, P1-P9).
type Text string

// The sentences.
const (
	TaskSoon    Text = "taskSoon"
	TaskDue     Text = "taskDue"
	TaskLate    Text = "taskLate"
	MeetingNew  Text = "meetingNew"
	MeetingSoon Text = "meetingSoon"
	MeetingNear Text = "meetingNear"
	Read        Text = "read"
	Answer      Text = "answer"
	Consent     Text = "consent"
	CallToday   Text = "callToday"
	Digest      Text = "digest"
	Test        Text = "test"
)

// Message is one hint to a person's phones. Nothing in it tells what it is about.
type Message struct {
	Notice plan.NoticeID // opaque; the phone asks the server what it stands for
	Text   Text
	Badge  int           // how many of the person's tasks are due; 0 takes the badge away
	TTL    time.Duration // until it stops being useful
	Urgent bool          // somebody is to call today
}

// Outcome is what became of it.
type Outcome struct {
	Phones   int       // that the person has
	Accepted int       // by a push service; whether it was seen is told by the app alone
	Retry    time.Time // when to try the rest again; zero: there is nothing to try
}

// payload is read by the browser itself where it knows declarative push, and by the
// service worker elsewhere.
type payload struct {
	WebPush      int           `json:"web_push"` // 8030
	Notification notification  `json:"notification"`
	ID           plan.NoticeID `json:"id"`
	Kind         Text          `json:"kind"`
}

type notification struct {
	Title    string `json:"title"`
	Body     string `json:"body"`
	Lang     string `json:"lang"`
	Dir      string `json:"dir"`
	Navigate string `json:"navigate"`
	Badge    string `json:"app_badge"`
}

// Send hands a message to every phone of an account. A phone that is gone is forgotten,
// one whose service is busy is left alone until the time it asked for.
func (p *Push) Send(ctx context.Context, account plan.AccountID, m Message) (Outcome, error) {
	phones, err := p.phones(account)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{Phones: len(phones)}
	for _, s := range phones {
		if until := time.Unix(s.Until, 0); s.Until > 0 && p.Now().Before(until) {
			out.wait(until)
			continue
		}
		r, retry := p.one(ctx, s, m)
		p.counts[r].Add(1)
		if r == accepted {
			out.Accepted++
		}
		if err := p.note(account, s, r, retry); err != nil {
			return out, err
		}
		if r == busy || r == alarm {
			out.wait(retry)
		}
	}
	return out, nil
}

func (o *Outcome) wait(until time.Time) {
	if o.Retry.IsZero() || until.Before(o.Retry) {
		o.Retry = until
	}
}

// result is what one push service said.
type result int

const (
	accepted result = iota
	gone            // the subscription has ended: it is forgotten
	busy            // try again later
	alarm           // it does not take our key or our name: somebody must look
	refused         // it does not take this message, or the address is not allowed
	results
)

var resultNames = [results]string{"accepted", "expired", "busy", "alarm", "refused"}

func (p *Push) one(ctx context.Context, s subscription, m Message) (result, time.Time) {
	if p.checkEndpoint(s.Endpoint) != nil { // the list may have changed since
		return refused, time.Time{}
	}
	opens := p.Origin + "/n/" + string(m.Notice)
	if m.Text == Digest {
		opens = p.Origin + "/n"
	}
	body, err := json.Marshal(payload{8030, notification{"Samspor", sentence(s.Lang, m.Text), s.Lang, "ltr", opens, strconv.Itoa(m.Badge)}, m.Notice, m.Text})
	if err != nil {
		p.Log.Error("push", "err", err)
		return refused, time.Time{}
	}
	urgency := webpush.UrgencyNormal
	if m.Urgent {
		urgency = webpush.UrgencyHigh
	}
	resp, err := webpush.SendNotificationWithContext(ctx, body, &webpush.Subscription{
		Endpoint: s.Endpoint, Keys: webpush.Keys{Auth: s.Auth, P256dh: s.P256dh},
	}, &webpush.Options{
		HTTPClient: sender{p.client, &p.tokens}, Subscriber: p.Subject, Topic: topic(m.Notice), Urgency: urgency,
		TTL: int(min(max(m.TTL, 0), maxTTL).Seconds()), VAPIDPublicKey: p.Keys.Public, VAPIDPrivateKey: p.Keys.Private,
	})
	if err != nil {
		if errors.Is(err, errForbidden) {
			p.Log.Warn("push: an address led to a machine that is not public")
			return refused, time.Time{}
		}
		return busy, p.later(s, 0)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, maxAnswer)); err != nil {
		p.Log.Debug("push: an answer was cut")
	}
	switch code := resp.StatusCode; {
	case code >= 200 && code < 300:
		return accepted, time.Time{}
	case code == http.StatusNotFound || code == http.StatusGone:
		return gone, time.Time{}
	case code == http.StatusTooManyRequests || code >= 500:
		return busy, p.later(s, retryAfter(resp.Header.Get("Retry-After"), p.Now()))
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		p.Log.Error("push: a service does not take this server's key", "status", code)
		p.tokens.forget(s.Endpoint)
		return alarm, p.later(s, time.Hour)
	default: // a redirect is one of these: it is never followed
		p.Log.Warn("push: a service does not take a message", "status", code)
		return refused, time.Time{}
	}
}

// later is when to try a phone again: at least what its service asked for, twice as
// late each time, and never for all phones in the same second.
func (p *Push) later(s subscription, asked time.Duration) time.Time {
	wait := min(time.Minute<<min(s.Fails, 10), maxWait)
	wait = min(max(wait, asked), 24*time.Hour)
	return p.Now().Add(wait + mathrand.N(wait/4+1))
}

// retryAfter reads the header: seconds, or a date.
func retryAfter(header string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(header); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return at.Sub(now)
	}
	return 0
}

// topic lets a later push about the same notice take the place of an earlier one
// (RFC 8030, 5.4: at most 32 characters of base64url).
func topic(n plan.NoticeID) string { return string(n[:min(len(n), 32)]) }

// Counts gives how many pushes came to what, by name.
func (p *Push) Counts() map[string]uint64 {
	out := map[string]uint64{}
	for i := range p.counts {
		out[resultNames[i]] = p.counts[i].Load()
	}
	return out
}

// TestMessage is what a person sends to their own phones, to see that it works.
func TestMessage() Message {
	return Message{Notice: plan.NoticeID(rand.Text()[:22]), Text: Test, TTL: 5 * time.Minute}
}

// sentence gives the fixed words of a text; a language that has none is answered in Danish.
func sentence(lang string, t Text) string {
	return cmp.Or(sentences[t][lang], sentences[t]["da"], sentences[Read]["da"])
}

var sentences = map[Text]map[string]string{
	TaskSoon:    {"da": "Du har en aftale, der snart skal gøres.", "nb": "Du har en avtale som snart skal gjøres.", "en": "You have an agreement that is due soon."},
	TaskDue:     {"da": "Du har en aftale i dag.", "nb": "Du har en avtale i dag.", "en": "You have an agreement today."},
	TaskLate:    {"da": "En frist er passeret.", "nb": "En frist er passert.", "en": "A due date has passed."},
	MeetingNew:  {"da": "Du har fået en invitation.", "nb": "Du har fått en invitasjon.", "en": "You have been invited."},
	MeetingSoon: {"da": "Husk noget i kalenderen i morgen.", "nb": "Husk noe i kalenderen i morgen.", "en": "Remember something in your calendar tomorrow."},
	MeetingNear: {"da": "Husk noget i kalenderen.", "nb": "Husk noe i kalenderen.", "en": "Remember something in your calendar."},
	Read:        {"da": "Der er nyt at læse.", "nb": "Det er noe nytt å lese.", "en": "There is something new to read."},
	Answer:      {"da": "Nogen venter på dit svar.", "nb": "Noen venter på svaret ditt.", "en": "Somebody is waiting for your answer."},
	Consent:     {"da": "Vi mangler dit svar.", "nb": "Vi mangler svaret ditt.", "en": "Your answer is missing."},
	CallToday:   {"da": "Nogen vil gerne tale med dig i dag.", "nb": "Noen vil gjerne snakke med deg i dag.", "en": "Somebody would like to talk with you today."},
	Digest:      {"da": "Flere ting venter på dig.", "nb": "Flere ting venter på deg.", "en": "Several things are waiting for you."},
	Test:        {"da": "Påmindelser virker på denne telefon.", "nb": "Påminnelser virker på denne telefonen.", "en": "Reminders work on this phone."},
}
