package push

import (
	"bytes"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/calendar"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

// What can be wrong with a subscription; nobody learns more than this.
var (
	ErrEndpoint = errors.New("push: the address is not one of a known push service")
	ErrKeys     = errors.New("push: the subscription's keys are none")
	ErrTooMany  = errors.New("push: too many phones")
)

// maxPhones is how many subscriptions a person may have.
const maxPhones = 16

// maxEndpoint is how long an address may be.
const maxEndpoint = 2048

// services are the hosts of the browsers' push services; one with a dot in front stands
// for every host below it too.
var services = []string{
	"fcm.googleapis.com", "jmt17.google.com", // Chrome, Edge on Android, Samsung
	"updates.push.services.mozilla.com", ".push.services.mozilla.com", // Firefox
	"web.push.apple.com", ".push.apple.com", // Safari
	".notify.windows.com", // Edge on Windows
}

// Subscription is what a browser gives: where to send, and the keys to seal with.
type Subscription struct {
	Endpoint string
	P256dh   string // base64url, an uncompressed point of P-256
	Auth     string // base64url, 16 bytes
	Lang     string // da, nb or en
}

// subscription is a row of the store.
type subscription struct {
	Endpoint string `json:"endpoint"`
	P256dh   string `json:"p256dh"`
	Auth     string `json:"auth"`
	Lang     string `json:"lang"`

	Made     plan.Instant `json:"made"`
	Accepted plan.Instant `json:"accepted,omitzero"` // the last push that its service took
	Fails    int          `json:"fails,omitzero"`    // in a row
	Until    int64        `json:"until,omitzero"`    // seconds; it is left alone before
	rev      uint64
}

// Subscribe keeps a subscription; one that is kept already is renewed. No connection is made.
func (p *Push) Subscribe(account plan.AccountID, s Subscription) error {
	if err := p.checkEndpoint(s.Endpoint); err != nil {
		return err
	}
	if !validKeys(s.P256dh, s.Auth) {
		return ErrKeys
	}
	phones, err := p.phones(account)
	if err != nil {
		return err
	}
	old := slices.IndexFunc(phones, func(x subscription) bool { return x.Endpoint == s.Endpoint })
	if old < 0 && len(phones) >= maxPhones {
		return ErrTooMany
	}
	row := subscription{Endpoint: s.Endpoint, P256dh: s.P256dh, Auth: s.Auth, Lang: s.Lang, Made: p.instant()}
	if old >= 0 {
		row.rev, row.Accepted = phones[old].rev, phones[old].Accepted
	}
	return p.put(account, row)
}

// Unsubscribe forgets a phone; one that is not known is forgotten already.
func (p *Push) Unsubscribe(account plan.AccountID, endpoint string) error {
	if err := p.Store.Commit(kv.Batch{Del: [][]byte{kv.Subscription(account, hash(endpoint))}}); err != nil {
		return fmt.Errorf("forget a phone: %w", err)
	}
	return nil
}

// Known says whether a phone, named by the hash of its address, still has its
// subscription, and when a push to it was last taken.
func (p *Push) Known(account plan.AccountID, sum []byte) (known bool, accepted plan.Instant, err error) {
	phones, err := p.phones(account)
	for _, s := range phones {
		if bytes.Equal(hash(s.Endpoint), sum) {
			return true, s.Accepted, err
		}
	}
	return false, "", err
}

// note writes down what a push to a phone came to.
func (p *Push) note(account plan.AccountID, s subscription, r result, retry time.Time) error {
	switch r {
	case gone:
		return p.Unsubscribe(account, s.Endpoint)
	case accepted:
		s.Accepted, s.Fails, s.Until = p.instant(), 0, 0
	default:
		s.Fails++
		s.Until = 0
		if !retry.IsZero() {
			s.Until = retry.Unix()
		}
	}
	return p.put(account, s)
}

func (p *Push) put(account plan.AccountID, s subscription) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keep a phone: %w", err)
	}
	key := kv.Subscription(account, hash(s.Endpoint))
	err = p.Store.Commit(kv.Batch{Guards: []kv.Guard{{Key: key, Rev: s.rev}}, Put: []kv.Entry{{Key: key, Value: raw, Rev: s.rev + 1}}})
	if errors.Is(err, kv.ErrGuard) { // it was renewed or forgotten meanwhile: that counts
		return nil
	}
	if err != nil {
		return fmt.Errorf("keep a phone: %w", err)
	}
	return nil
}

// phones gives the subscriptions of an account.
func (p *Push) phones(account plan.AccountID) (list []subscription, err error) {
	var bad error
	err = p.Store.View(func(r kv.Reader) error {
		return r.Scan(kv.Subscriptions(account), nil, func(e kv.Entry) bool {
			s := subscription{rev: e.Rev}
			if bad = json.Unmarshal(e.Value, &s); bad != nil {
				return false
			}
			list = append(list, s)
			return true
		})
	})
	if err := errors.Join(err, bad); err != nil {
		return nil, fmt.Errorf("read phones: %w", err)
	}
	return list, nil
}

func (p *Push) instant() plan.Instant { return calendar.Instant(p.Now().UTC().Format(time.RFC3339)) }

func hash(endpoint string) []byte {
	sum := sha256.Sum256([]byte(endpoint))
	return sum[:]
}

// checkEndpoint takes https, port 443 and a known host, compared by its labels: never by
// a pattern over the whole address, which https://127.0.0.1/x.google.com/ would fit.
func (p *Push) checkEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || len(endpoint) > maxEndpoint || u.Scheme != "https" || u.User != nil || u.Opaque != "" || u.Fragment != "" || strings.Contains(endpoint, "#") {
		return ErrEndpoint
	}
	if port := u.Port(); port != "" && port != "443" || strings.HasSuffix(u.Host, ":") {
		return ErrEndpoint
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || strings.HasPrefix(host, ".") || strings.ContainsAny(endpoint, " \t\r\n\\") {
		return ErrEndpoint
	}
	for _, known := range append(services, p.Hosts...) {
		if host == known || strings.HasPrefix(known, ".") && strings.HasSuffix(host, known) && len(host) > len(known) {
			return nil
		}
	}
	return ErrEndpoint
}

func validKeys(p256dh, auth string) bool {
	point, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(p256dh, "="))
	if err != nil {
		return false
	}
	if _, err := ecdh.P256().NewPublicKey(point); err != nil {
		return false
	}
	secret, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(auth, "="))
	return err == nil && len(secret) == 16
}
