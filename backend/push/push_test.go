package push

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/plan"
)

func subscribe(t testing.TB, p *Push, account string, s Subscription) {
	t.Helper()
	if err := p.Subscribe(plan.AccountID(account), s); err != nil {
		t.Fatal(err)
	}
}

func send(t *testing.T, p *Push, account string, m Message) Outcome {
	t.Helper()
	out, err := p.Send(t.Context(), plan.AccountID(account), m)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// fixtureWords are all words of the sample cases but those that the fixed sentences use.
func fixtureWords(t *testing.T) map[string]bool {
	t.Helper()
	raw, err := os.ReadFile("../casefile/sample-cases.json")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, w := range words(string(raw)) {
		if len(w) > 2 {
			found[w] = true
		}
	}
	for _, of := range sentences {
		for _, s := range of {
			for _, w := range words(s) {
				delete(found, w)
			}
		}
	}
	for _, w := range words(`web push notification title body lang dir navigate app badge id kind samspor plan example https ltr taskSoon
		taskDue taskLate meetingNew meetingSoon read answer consent callToday digest test`) {
		delete(found, w)
	}
	return found
}

func TestTenThousandPushesRevealNothing(t *testing.T) { // R25, R50, T6
	r := receive(t)
	p, _ := r.service(io.Discard)
	const people, each = 100, 100
	texts := []Text{TaskSoon, TaskDue, TaskLate, MeetingNew, MeetingSoon, Read, Answer, Consent, CallToday, Digest}
	var wait sync.WaitGroup
	for i := range people {
		s := r.phone("/p/" + strconv.Itoa(i))
		s.Lang = []string{"da", "nb", "en"}[i%3]
		subscribe(t, p, "a"+strconv.Itoa(i), s)
		wait.Go(func() {
			for n := range each {
				m := Message{Notice: plan.NoticeID(fmt.Sprintf("%03d-%03d-0123456789012", i, n)), Text: texts[n%len(texts)], Badge: n % 4, TTL: time.Hour}
				if out, err := p.Send(context.Background(), plan.AccountID("a"+strconv.Itoa(i)), m); err != nil || out.Accepted != 1 {
					t.Errorf("%d of %d: %+v, %v", n, i, out, err)
				}
			}
		})
	}
	wait.Wait()
	if len(r.got) != people*each {
		t.Fatalf("%d arrived", len(r.got))
	}
	secret := fixtureWords(t)
	if len(secret) < 1000 || !secret["malthe"] {
		t.Fatalf("only %d words of the fixtures are looked for", len(secret))
	}
	next := map[string]int{}
	for _, d := range r.got {
		if d.size != 4096 {
			t.Fatalf("a body of %d bytes", d.size)
		}
		for _, w := range words(d.text) {
			if secret[w] {
				t.Fatalf("a push says %q: %s", w, d.text)
			}
		}
		var got payload
		if err := json.Unmarshal([]byte(d.text), &got, json.RejectUnknownMembers(true)); err != nil {
			t.Fatalf("%s: %v", d.text, err)
		}
		want := fmt.Sprintf("%03s-%03d-0123456789012", strings.TrimPrefix(d.path, "/p/"), next[d.path]) // in order, for each phone
		want = strings.ReplaceAll(want, " ", "0")
		opens := "https://plan.example/n/" + want
		if got.Kind == Digest { // several things: the list of them
			opens = "https://plan.example/n"
		}
		if string(got.ID) != want || got.Notification.Navigate != opens || got.WebPush != 8030 || got.Notification.Title != "Samspor" {
			t.Fatalf("push %d of %s is %s", next[d.path], d.path, d.text)
		}
		if topic := d.header.Get("Topic"); topic != want || len(topic) > 32 || d.header.Get("TTL") != "3600" || d.header.Get("Urgency") != "normal" {
			t.Fatalf("topic %q, TTL %s, urgency %s", topic, d.header.Get("TTL"), d.header.Get("Urgency"))
		}
		next[d.path]++
	}
	if got := p.Counts()["accepted"]; got != people*each {
		t.Errorf("%d are counted", got)
	}
}

func TestOneTokenForAnOriginAndAnHour(t *testing.T) { // Apple asks for it; RFC 8292
	r := receive(t)
	p, now := r.service(io.Discard)
	subscribe(t, p, "a", r.phone("/x"))
	for range 3 {
		send(t, p, "a", Message{Notice: "n", Text: Read, Urgent: true})
	}
	now.pass(time.Hour + time.Minute)
	send(t, p, "a", Message{Notice: "n", Text: Read})
	auth := func(i int) string { return r.got[i].header.Get("Authorization") }
	if auth(0) != auth(1) || auth(1) != auth(2) || auth(2) == auth(3) {
		t.Error("a token is used for an hour, and no longer")
	}
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(auth(0), ".")[1])
	if err != nil || !strings.Contains(string(claims), `"aud":"https://fcm.googleapis.com"`) || !strings.Contains(string(claims), `"sub":"mailto:drift@plan.example"`) {
		t.Errorf("%v: the token says %s", err, claims)
	}
	if r.got[0].header.Get("Urgency") != "high" {
		t.Error("somebody is to call today")
	}
}

func TestAPhoneThatIsGoneIsForgotten(t *testing.T) {
	for _, status := range []int{http.StatusNotFound, http.StatusGone} {
		r := receive(t)
		p, _ := r.service(io.Discard)
		s := r.phone("/gone")
		subscribe(t, p, "a", s)
		subscribe(t, p, "a", r.phone("/here"))
		r.answer = func(path string) (int, http.Header) {
			if path == "/gone" {
				return status, nil
			}
			return 0, nil
		}
		if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Phones != 2 || out.Accepted != 1 || !out.Retry.IsZero() {
			t.Errorf("%d: %+v", status, out)
		}
		if known, _, err := p.Known("a", hash(s.Endpoint)); known || err != nil {
			t.Errorf("%d: it is still known, %v", status, err)
		}
		if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Phones != 1 {
			t.Errorf("%d: %+v", status, out)
		}
	}
}

func TestAServiceThatIsBusyIsLeftAlone(t *testing.T) {
	r := receive(t)
	p, now := r.service(io.Discard)
	subscribe(t, p, "a", r.phone("/x"))
	asked, status, header := 0, http.StatusTooManyRequests, http.Header{"Retry-After": {"600"}}
	r.answer = func(string) (int, http.Header) { asked++; return status, header }
	out := send(t, p, "a", Message{Notice: "n", Text: Read})
	if wait := out.Retry.Sub(now.now()); wait < 10*time.Minute || wait > 13*time.Minute {
		t.Errorf("asked to wait ten minutes, it waits %s", wait)
	}
	send(t, p, "a", Message{Notice: "n", Text: Read})
	if asked != 1 {
		t.Error("it was asked again meanwhile")
	}
	status, header = http.StatusServiceUnavailable, nil
	last := time.Duration(0)
	for range 12 {
		now.pass(24 * time.Hour)
		out = send(t, p, "a", Message{Notice: "n", Text: Read})
		wait := out.Retry.Sub(now.now())
		if wait > maxWait*5/4 || wait < last/2 {
			t.Errorf("after %s it waits %s", last, wait)
		}
		last = wait
	}
	if last < maxWait {
		t.Errorf("in the end it waits %s", last)
	}
	now.pass(24 * time.Hour)
	r.answer = nil
	if out = send(t, p, "a", Message{Notice: "n", Text: Read}); out.Accepted != 1 || !out.Retry.IsZero() {
		t.Errorf("%+v", out)
	}
	r.answer = func(string) (int, http.Header) { return http.StatusTooManyRequests, nil }
	if out = send(t, p, "a", Message{Notice: "n", Text: Read}); out.Retry.Sub(now.now()) > 2*time.Minute {
		t.Error("a push that arrived begins anew")
	}
}

func TestAServiceThatDoesNotKnowUsRaisesAnAlarm(t *testing.T) {
	var log strings.Builder
	r := receive(t)
	p, _ := r.service(&log)
	s := r.phone("/x")
	subscribe(t, p, "a", s)
	r.answer = func(string) (int, http.Header) { return http.StatusForbidden, nil }
	if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Accepted != 0 || out.Retry.IsZero() || p.Counts()["alarm"] != 1 {
		t.Errorf("%+v, %v", out, p.Counts())
	}
	if !strings.Contains(log.String(), "level=ERROR") || strings.Contains(log.String(), "googleapis") || strings.Contains(log.String(), "/x") {
		t.Errorf("the log says %s", log.String())
	}
	if known, _, err := p.Known("a", hash(s.Endpoint)); !known || err != nil {
		t.Error("the phone is not to blame")
	}
}

func TestARedirectIsNeverFollowed(t *testing.T) { // T14: a 307 would carry the push to a machine inside
	for _, status := range []int{301, 302, 303, 307, 308} {
		r := receive(t)
		p, _ := r.service(io.Discard)
		subscribe(t, p, "a", r.phone("/x"))
		r.answer = func(string) (int, http.Header) { return status, http.Header{"Location": {r.traps.URL}} }
		if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Accepted != 0 || r.trapped != 0 || p.Counts()["refused"] != 1 {
			t.Errorf("%d: %+v, %d came to the trap", status, out, r.trapped)
		}
	}
}

func TestAHangingAndATalkativeServiceCostLittle(t *testing.T) {
	r := receive(t)
	p, _ := r.service(io.Discard)
	p.client.Timeout = 50 * time.Millisecond
	subscribe(t, p, "a", r.phone("/x"))
	release := make(chan struct{})
	r.answer = func(string) (int, http.Header) { <-release; return 0, nil }
	out := send(t, p, "a", Message{Notice: "n", Text: Read})
	close(release)
	if out.Accepted != 0 || out.Retry.IsZero() || p.Counts()["busy"] != 1 {
		t.Errorf("%+v", out)
	}
	if newClient(publicDialer()).Timeout != 5*time.Second {
		t.Error("a service has five seconds")
	}
}

// shapes are addresses as browsers' push services give them.
var shapes = []string{
	"https://fcm.googleapis.com/fcm/send/abc:def", "https://fcm.googleapis.com/wp/abc", "https://fcm.googleapis.com:443/wp/abc",
	"https://jmt17.google.com/fcm/send/abc", "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
	"https://updates.push.services.mozilla.com/wpush/v1/gAAAA?x=1", "https://eu.push.services.mozilla.com/wpush/v2/g",
	"https://web.push.apple.com/QGuQyavXutnMPuk", "https://api.push.apple.com/3/device/x", "https://wns2-par02p.notify.windows.com/w/?token=BQYA%2fx",
	"https://db5p.notify.windows.com/w/?token=AQ", "https://sin.notify.windows.com/?token=Ag",
}

// traps are 150 ways to lead the server somewhere else (R24).
func trapAddresses() []string {
	list := []string{
		"", " ", "x", "//fcm.googleapis.com/x", "/fcm/send", "fcm.googleapis.com/x", "ftp://fcm.googleapis.com/x", "http://fcm.googleapis.com/x",
		"javascript:alert(1)", "data:text/plain,x", "file:///etc/passwd", "https:fcm.googleapis.com/x", "https:///x", "https://", "https:// fcm.googleapis.com/",
		"https://fcm.googleapis.com:80/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com:0/x", "https://fcm.googleapis.com:/x", "https://fcm.googleapis.com:443443/x",
		"https://u@fcm.googleapis.com/x", "https://u:p@fcm.googleapis.com/x", "https://fcm.googleapis.com@127.0.0.1/x", "https://fcm.googleapis.com:443@127.0.0.1/x",
		"https://127.0.0.1@fcm.googleapis.com/x", "https://fcm.googleapis.com#@127.0.0.1/x", "https://127.0.0.1#fcm.googleapis.com/", "https://fcm.googleapis.com/x#y", "https://fcm.googleapis.com/#",
		"https://127.0.0.1/x.google.com/", "https://127.0.0.1/fcm.googleapis.com", "https://127.0.0.1?fcm.googleapis.com", "https://127.0.0.1\\fcm.googleapis.com/", "https://fcm.googleapis.com\\@127.0.0.1/",
		"https://xfcm.googleapis.com/x", "https://fcm.googleapis.com.evil.example/x", "https://fcm-googleapis.com/x", "https://fcm.googleapis.com.", "https://fcm.googleapis.com./x", "https://FCM.googleapis.com/x",
		"https://googleapis.com/x", "https://a.fcm.googleapis.com/x", "https://push.services.mozilla.com.evil.example/x", "https://evilpush.services.mozilla.com.x/", "https://xpush.apple.com/x", "https://push.apple.com/x",
		"https://notify.windows.com/x", "https://.notify.windows.com/x", "https://evilnotify.windows.com/x", "https://ｆcm.googleapis.com/x", "https://fcm.googleapis｡com/x", "https://fcm.googleapis.com%2eevil.example/x",
		"https://fcm.googleapis.com%00.evil.example/x", "https://fcm.googleapis.com%20/x", "https://fcm.googleapis.com\t/x", "https://fcm.googleapis.com\n/x", "https://fcm.googleapis.com/x\r\nHost: evil", "https://fcm.googleapis.com /x",
		"https://xn--fcm-googleapis.com/x", "https://fcm.googleapis.com;evil.example/x", "https://fcm.googleapis.com,evil.example/x", "https://[::1]/x", "https://[::]/x", "https://[::ffff:127.0.0.1]/x", "https://[::ffff:7f00:1]/x",
		"https://[fe80::1]/x", "https://[fe80::1%25eth0]/x", "https://[fc00::1]/x", "https://[64:ff9b::7f00:1]/x", "https://[2001:db8::1]/x", "https://[fcm.googleapis.com]/x", "https://localhost/x", "https://LOCALHOST/x",
		"https://localhost.localdomain/x", "https://metadata.google.internal/x", "https://169.254.169.254/latest", "https://kubernetes.default.svc/x", "https://evil.example/fcm.googleapis.com",
		"https://evil.example/?https://fcm.googleapis.com/", "https://fcm.googleapis.com" + strings.Repeat("/x", 2000),
	}
	for _, host := range []string{
		"127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "127.0.0.1.", "127.000.000.001", "0", "0.0.0.0", "10.0.0.1", "10.1", "172.16.0.1", "192.168.0.1", "192.168.1", "169.254.0.1",
		"100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "203.0.113.1", "127.127.127.127", "①②⑦.⓪.⓪.①", "127。0。0。1", "[::127.0.0.1]", "[0:0:0:0:0:0:0:1]", "[::ffff:0:127.0.0.1]", "127.0.0.1%00", "%31%32%37.0.0.1",
	} {
		list = append(list, "https://"+host+"/fcm/send/x", "https://"+host+":443/")
	}
	return list
}

func TestAnAddressThatIsNoPushServiceIsRefused(t *testing.T) { // R24, T14, bad inputs 82-85
	r := receive(t)
	p, _ := r.service(io.Discard)
	traps := trapAddresses()
	if len(traps) < 138 || len(shapes) != 12 {
		t.Fatalf("%d traps and %d shapes", len(traps), len(shapes))
	}
	for _, address := range traps {
		s := r.phone("/x")
		s.Endpoint = address
		if err := p.Subscribe("a", s); err == nil {
			t.Errorf("%q was taken", address)
		}
		// A row that is in the store all the same, from an older list of services.
		if err := p.put("b", subscription{Endpoint: address, P256dh: s.P256dh, Auth: s.Auth}); err != nil {
			t.Fatal(err)
		}
	}
	if out := send(t, p, "b", Message{Notice: "n", Text: Read}); out.Accepted != 0 || out.Phones < 100 {
		t.Errorf("%+v", out)
	}
	if len(r.got) != 0 || r.trapped != 0 {
		t.Errorf("%d connections were made", len(r.got)+r.trapped)
	}
	for i, address := range shapes {
		s := r.phone("/x")
		s.Endpoint = address
		if err := p.Subscribe(plan.AccountID("c"+strconv.Itoa(i)), s); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestANameThatLeadsInsideIsNotFollowed(t *testing.T) { // T14: also one that answers differently the second time
	inside := []string{
		"127.0.0.1", "127.255.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "198.18.0.1", "192.0.0.1", "192.0.2.1", "203.0.113.9", "198.51.100.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fec0::1",
	}
	for _, public := range []string{"142.250.74.10", "34.117.65.55", "17.188.143.4", "2a00:1450:400f:80d::200a", "2600:1901::1"} {
		if !isPublic(netip.MustParseAddr(public)) {
			t.Errorf("%s is public", public)
		}
	}
	for _, ip := range inside {
		if isPublic(netip.MustParseAddr(ip)) {
			t.Errorf("%s is not public", ip)
		}
		r := receive(t)
		p, _ := r.service(io.Discard)
		dialled := 0
		trap := dialer{
			lookup: func(context.Context, string) ([]netip.Addr, error) {
				return []netip.Addr{netip.MustParseAddr("142.250.74.10"), netip.MustParseAddr(ip)}, nil // a public one in front
			},
			allow: isPublic,
			dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
				dialled++
				return (&net.Dialer{}).DialContext(ctx, network, r.server.Listener.Addr().String())
			},
		}
		r.route(p, trap)
		subscribe(t, p, "a", r.phone("/x"))
		if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Accepted != 0 || dialled != 0 {
			t.Errorf("%s: %+v, dialled %d times", ip, out, dialled)
		}
		trap.allow = func(netip.Addr) bool { return true } // the control: without the check it comes through
		r.route(p, trap)
		if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Accepted != 1 || dialled == 0 {
			t.Errorf("%s without the check: %+v", ip, out)
		}
	}
}

func TestTheCheckedAddressIsTheOneThatIsDialled(t *testing.T) { // T14: rebinding
	r := receive(t)
	p, _ := r.service(io.Discard)
	asked, dialled := 0, ""
	r.route(p, dialer{
		lookup: func(context.Context, string) ([]netip.Addr, error) {
			asked++
			return []netip.Addr{netip.MustParseAddr([]string{"142.250.74.10", "127.0.0.1"}[min(asked, 2)-1])}, nil
		},
		allow: isPublic,
		dial: func(_ context.Context, _, addr string) (net.Conn, error) {
			dialled = addr
			return nil, net.ErrClosed
		},
	})
	subscribe(t, p, "a", r.phone("/x"))
	send(t, p, "a", Message{Notice: "n", Text: Read})
	if asked != 1 || dialled != "142.250.74.10:443" {
		t.Errorf("asked %d times, dialled %s", asked, dialled)
	}
}

func TestBadKeysAndTooManyPhonesAreRefused(t *testing.T) { // bad inputs 86-88
	r := receive(t)
	p, _ := r.service(io.Discard)
	good := r.phone("/x")
	off, err := base64.RawURLEncoding.DecodeString(good.P256dh)
	if err != nil {
		t.Fatal(err)
	}
	off[40] ^= 1
	for name, s := range map[string]Subscription{
		"off the curve": {Endpoint: good.Endpoint, P256dh: base64.RawURLEncoding.EncodeToString(off), Auth: good.Auth},
		"no point":      {Endpoint: good.Endpoint, P256dh: "", Auth: good.Auth},
		"not base64":    {Endpoint: good.Endpoint, P256dh: "!" + good.P256dh, Auth: good.Auth},
		"no secret":     {Endpoint: good.Endpoint, P256dh: good.P256dh, Auth: ""},
		"short secret":  {Endpoint: good.Endpoint, P256dh: good.P256dh, Auth: good.Auth[:8]},
	} {
		if err := p.Subscribe("a", s); err != ErrKeys {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range maxPhones {
		subscribe(t, p, "a", r.phone("/"+strconv.Itoa(i)))
	}
	if err := p.Subscribe("a", r.phone("/one-more")); err != ErrTooMany {
		t.Errorf("the seventeenth: %v", err)
	}
	again := r.phone("/3")
	again.Lang = "nb"
	subscribe(t, p, "a", again) // a known one is renewed
	if out := send(t, p, "a", Message{Notice: "n", Text: Read}); out.Phones != maxPhones || out.Accepted != maxPhones {
		t.Errorf("%+v", out)
	}
	if err := p.Unsubscribe("a", again.Endpoint); err != nil {
		t.Fatal(err)
	}
	if err := p.Unsubscribe("a", again.Endpoint); err != nil {
		t.Errorf("twice: %v", err)
	}
	subscribe(t, p, "a", r.phone("/one-more"))
}

func TestAPhoneRenewedWhileAPushIsUnderWayStays(t *testing.T) {
	r := receive(t)
	p, _ := r.service(io.Discard)
	old := r.phone("/x")
	subscribe(t, p, "a", old)
	renewed := r.phone("/x")
	first := true
	r.answer = func(string) (int, http.Header) {
		if first { // the browser renews its keys while the service answers
			first = false
			if err := p.Subscribe("a", renewed); err != nil {
				t.Error(err)
			}
		}
		return 0, nil
	}
	phones, err := p.phones("a")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.note("a", phones[0], accepted, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := p.Subscribe("a", renewed); err != nil {
		t.Fatal(err)
	}
	if err := p.note("a", phones[0], busy, time.Time{}); err != nil { // from the row as it was
		t.Fatal(err)
	}
	if now, err := p.phones("a"); err != nil || now[0].P256dh != renewed.P256dh || now[0].Fails != 0 {
		t.Errorf("%v: the renewed phone was overwritten: %+v", err, now)
	}
}

func BenchmarkSend(b *testing.B) { // sends per second on loopback
	r := receive(b)
	p, _ := r.service(io.Discard)
	subscribe(b, p, "a", r.phone("/x"))
	for b.Loop() {
		if out, err := p.Send(context.Background(), "a", Message{Notice: "n", Text: Read}); err != nil || out.Accepted != 1 {
			b.Fatal(out, err)
		}
	}
}
