package backend_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var base64url = base64.RawURLEncoding.EncodeToString

// browser makes a subscription as a browser does; nothing is there to answer it.
func browser(t *testing.T, path string) obj {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return obj{
		"endpoint": "https://fcm.googleapis.com/wp/" + path, "language": "da",
		"keys": obj{"p256dh": base64url(key.PublicKey().Bytes()), "auth": base64url([]byte("sixteen bytes ok"))},
	}
}

func (x *stranger) asks(method, path string, v any, status int, into any) []byte {
	x.s.t.Helper()
	var body []byte
	if v != nil {
		var err error
		if body, err = json.Marshal(v); err != nil {
			x.s.t.Fatal(err)
		}
	}
	return x.decode(x.ask(method, path, body), status, into)
}

func TestAPhoneSubscribesIsCheckedAndForgotten(t *testing.T) {
	s := start(t)
	signe, karen := s.signIn("case-1/c1-signe", "c_signe"), s.signIn("case-1/c1-karen", "c_karen")
	var key struct{ Key string }
	signe.asks("GET", "/api/v1/push/key", nil, 200, &key)
	raw, err := base64.RawURLEncoding.DecodeString(key.Key)
	if err != nil || len(raw) != 65 || raw[0] != 4 {
		t.Errorf("%v: the key has %d bytes", err, len(raw))
	}
	phone := browser(t, "signe")
	sum := sha256.Sum256([]byte("https://fcm.googleapis.com/wp/signe"))
	known := func(x *stranger) bool {
		var out struct{ Known bool }
		x.asks("POST", "/api/v1/push/check", obj{"hash": base64url(sum[:])}, 200, &out)
		return out.Known
	}
	if known(signe) {
		t.Error("it is known before it subscribed")
	}
	signe.asks("PUT", "/api/v1/push/subscription", phone, 200, nil)
	signe.asks("PUT", "/api/v1/push/subscription", phone, 200, nil)
	if !known(signe) || known(karen) {
		t.Error("a phone is known to its own person alone")
	}
	karen.asks("DELETE", "/api/v1/push/subscription", obj{"endpoint": phone["endpoint"]}, 200, nil)
	if !known(signe) {
		t.Error("somebody else forgot it")
	}
	signe.asks("DELETE", "/api/v1/push/subscription", obj{"endpoint": phone["endpoint"]}, 200, nil)
	signe.asks("DELETE", "/api/v1/push/subscription", obj{"endpoint": phone["endpoint"]}, 200, nil)
	if known(signe) {
		t.Error("it is still known")
	}
	var tried struct{ Phones, Accepted int }
	if signe.asks("POST", "/api/v1/push/test", obj{}, 200, &tried); tried.Phones != 0 {
		t.Errorf("a test went to %d phones", tried.Phones)
	}
}

func TestABadSubscriptionIsRefusedAndNothingIsDialled(t *testing.T) { // bad inputs 82-88, T14
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	with := func(change func(obj)) obj {
		b := browser(t, "x")
		change(b)
		return b
	}
	endpoint := func(to string) obj { return with(func(b obj) { b["endpoint"] = to }) }
	keys := func(p256dh, auth string) obj {
		return with(func(b obj) { b["keys"] = obj{"p256dh": p256dh, "auth": auth} })
	}
	good, ok := browser(t, "x")["keys"].(obj)["p256dh"].(string)
	if !ok {
		t.Fatal("no key")
	}
	for name, c := range map[string]struct {
		body   obj
		status int
		code   string
	}{
		"82 http":               {endpoint("http://fcm.googleapis.com/wp/x"), 422, "endpoint-not-allowed"},
		"83 loopback":           {endpoint("https://127.0.0.1/"), 422, "endpoint-not-allowed"},
		"84 userinfo":           {endpoint("https://fcm.googleapis.com@127.0.0.1/"), 422, "endpoint-not-allowed"},
		"85 a name in the path": {endpoint("https://127.0.0.1/x.google.com/"), 422, "endpoint-not-allowed"},
		"86 off the curve":      {keys(good[:80]+"AAAAAAA", "c2l4dGVlbiBieXRlcyBvaw"), 422, "bad-subscription"},
		"87 no secret":          {keys(good, ""), 422, "bad-subscription"},
		"no language":           {with(func(b obj) { delete(b, "language") }), 422, "wrong-type"},
		"a field too many":      {with(func(b obj) { b["expirationTime"] = nil }), 422, "unknown-field"},
	} {
		var p struct{ Code, Type string }
		raw := signe.asks("PUT", "/api/v1/push/subscription", c.body, c.status, &p)
		if p.Code != c.code || p.Type != "/problems/"+c.code {
			t.Errorf("%s: %s", name, raw)
		}
		if strings.Contains(string(raw), "127.0.0.1") || strings.Contains(s.log.take(), "127.0.0.1/") {
			t.Errorf("%s: the address is echoed", name)
		}
	}
	for i := range 16 {
		signe.asks("PUT", "/api/v1/push/subscription", browser(t, strconv.Itoa(i)), 200, nil)
	}
	var p struct{ Code string }
	if signe.asks("PUT", "/api/v1/push/subscription", browser(t, "17"), 409, &p); p.Code != "too-many-devices" {
		t.Errorf("88: %s", p.Code)
	}
	signe.asks("PUT", "/api/v1/push/subscription", browser(t, "3"), 200, nil)
	signe.asks("POST", "/api/v1/push/check", obj{"hash": "short"}, 422, nil)
}

func TestAServerWithoutKeysForPushSaysSo(t *testing.T) {
	s := start(t)
	s.close()
	if err := os.Remove(filepath.Join(s.dir, "push.json")); err != nil {
		t.Fatal(err)
	}
	s.open()
	if !strings.Contains(s.log.take(), "samspor push keys") {
		t.Error("the log does not say what to do")
	}
	signe := s.signIn("case-1/c1-signe", "c_signe")
	signe.asks("GET", "/api/v1/push/key", nil, 404, nil)
	signe.asks("PUT", "/api/v1/push/subscription", browser(t, "x"), 404, nil)
	if len(signe.pull().Spaces) == 0 {
		t.Error("the plan is there all the same")
	}
}
