package auth

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"samspor/sync/kv"
)

type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func fixture(t *testing.T) (*Auth, *clock, kv.Engine) {
	t.Helper()
	dir := t.TempDir()
	if err := MakeKeys(dir); err != nil {
		t.Fatal(err)
	}
	keys, err := LoadKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, store := &clock{time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}, kv.NewMem()
	return New(store, keys, c.now), c, store
}

func signIn(t *testing.T, a *Auth) Session {
	t.Helper()
	code, err := a.MintLink("signe", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.SignIn(code)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestALinkOpensOneSessionOnce(t *testing.T) {
	a, c, _ := fixture(t)
	code, err := a.MintLink("signe", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.SignIn(code)
	if err != nil || s.Account != "signe" || s.Refresh == "" {
		t.Fatalf("got %+v, %v", s, err)
	}
	if id, err := a.Verify(s.Access); err != nil || id.Account != "signe" {
		t.Errorf("the access token: got %+v, %v", id, err)
	}
	if _, err := a.SignIn(code); !errors.Is(err, ErrLinkGone) {
		t.Errorf("a used link: got %v", err)
	}
	if _, err := a.SignIn("no-such-code"); !errors.Is(err, ErrLinkGone) {
		t.Errorf("an unknown link: got %v", err)
	}
	late, err := a.MintLink("signe", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	c.t = c.t.Add(time.Hour)
	if _, err := a.SignIn(late); !errors.Is(err, ErrLinkGone) {
		t.Errorf("an expired link: got %v", err)
	}
}

func TestOnlyHashesOfSecretsAreKept(t *testing.T) {
	a, _, store := fixture(t)
	code, err := a.MintLink("signe", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	s := signIn(t, a)
	err = store.View(func(r kv.Reader) error {
		return r.Scan(nil, nil, func(e kv.Entry) bool {
			for _, secret := range []string{code, s.Refresh, s.Access} {
				if strings.Contains(string(e.Key)+string(e.Value), secret) {
					t.Errorf("a secret stands in the store under %q", e.Key)
				}
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLoggingOutEndsEveryTokenAtOnce(t *testing.T) { // ASVS 8.3.2
	a, c, _ := fixture(t)
	s := signIn(t, a)
	r, err := a.Refresh(s.Refresh)
	if err != nil || r.Access == "" || r.Refresh != "" {
		t.Fatalf("refresh: got %+v, %v", r, err)
	}
	for _, token := range []string{s.Access, r.Access} { // what was just found good is not believed any longer
		if _, err := a.Verify(token); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Logout(s.Refresh); err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{s.Access, r.Access} {
		if _, err := a.Verify(token); !errors.Is(err, ErrToken) {
			t.Errorf("a token of an ended session: got %v", err)
		}
	}
	if _, err := a.Refresh(s.Refresh); !errors.Is(err, ErrEnded) {
		t.Errorf("refresh after logout: got %v", err)
	}
	if err := a.Logout("nobody"); err != nil {
		t.Errorf("logging out twice is no error: %v", err)
	}
	old := signIn(t, a)
	c.t = c.t.Add(sessionLife)
	if _, err := a.Refresh(old.Refresh); !errors.Is(err, ErrEnded) {
		t.Errorf("refresh after its life: got %v", err)
	}
}

func TestASessionThatAnotherNodeEndsIsEndedWithinASecond(t *testing.T) {
	a, c, store := fixture(t)
	s := signIn(t, a)
	if _, err := a.Verify(s.Access); err != nil {
		t.Fatal(err)
	}
	other := New(store, Keys{Token: make([]byte, 32), TokenID: "other"}, c.now)
	if err := other.Logout(s.Refresh); err != nil {
		t.Fatal(err)
	}
	c.t = c.t.Add(readAgain)
	if _, err := a.Verify(s.Access); !errors.Is(err, ErrToken) {
		t.Errorf("a session that has ended elsewhere: got %v", err)
	}
}

func TestAnAccessTokenLivesFiveMinutes(t *testing.T) {
	a, c, _ := fixture(t)
	s := signIn(t, a)
	c.t = c.t.Add(accessLife + leeway - time.Second)
	if _, err := a.Verify(s.Access); err != nil {
		t.Errorf("inside its life and the leeway: %v", err)
	}
	c.t = c.t.Add(2 * time.Second)
	if _, err := a.Verify(s.Access); !errors.Is(err, ErrToken) {
		t.Errorf("after it: got %v", err)
	}
}

func TestForgedTokensAreAllTheSameNo(t *testing.T) { // T13, R23, rows 37-43
	a, c, _ := fixture(t)
	s := signIn(t, a)
	good := strings.Split(s.Access, ".")
	public, ok := a.key.Public().(ed25519.PublicKey)
	if !ok {
		t.Fatal("the key is not Ed25519")
	}
	enc := func(v any) string {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	body := func(edit map[string]any) map[string]any {
		m := map[string]any{
			"iss": issuer, "aud": []string{audience}, "sub": "signe", "sid": sessionOf(t, a, s.Access),
			"iat": c.t.Unix(), "exp": c.t.Add(time.Minute).Unix(),
		}
		for k, v := range edit {
			if v == nil {
				delete(m, k)
			} else {
				m[k] = v
			}
		}
		return m
	}
	sign := func(head, claims map[string]any) string {
		text := enc(head) + "." + enc(claims)
		return text + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(a.key, []byte(text)))
	}
	head := func(edit map[string]any) map[string]any {
		m := map[string]any{"alg": "EdDSA", "typ": typ, "kid": a.keyID}
		for k, v := range edit {
			if v == nil {
				delete(m, k)
			} else {
				m[k] = v
			}
		}
		return m
	}
	if _, err := a.Verify(sign(head(nil), body(nil))); err != nil {
		t.Fatalf("the forger's good token must pass, or the rest proves nothing: %v", err)
	}
	hs, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(body(nil))).SignedString([]byte(public))
	if err != nil {
		t.Fatal(err)
	}
	other := ed25519.NewKeyFromSeed(make([]byte, 32))
	foreign := enc(head(nil)) + "." + enc(body(nil))
	foreign += "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(other, []byte(foreign)))
	for name, token := range map[string]string{
		"empty": "", "dots": strings.Repeat(".", 1000), "a megabyte of dots": strings.Repeat(".", 1<<20), "words": "a.b.c",
		"no signature":           good[0] + "." + good[1] + ".",
		"alg none":               enc(head(map[string]any{"alg": "none"})) + "." + good[1] + ".",
		"HS256 over our key":     hs,
		"another key":            foreign,
		"alg in small letters":   sign(head(map[string]any{"alg": "eddsa"}), body(nil)),
		"kid a path":             sign(head(map[string]any{"kid": "../../etc/passwd"}), body(nil)),
		"kid a list":             sign(head(map[string]any{"kid": []string{a.keyID}}), body(nil)),
		"kid a number":           sign(head(map[string]any{"kid": 1}), body(nil)),
		"no kid":                 sign(head(map[string]any{"kid": nil}), body(nil)),
		"another type":           sign(head(map[string]any{"typ": "JWT"}), body(nil)),
		"no exp":                 sign(head(nil), body(map[string]any{"exp": nil})),
		"exp 0":                  sign(head(nil), body(map[string]any{"exp": 0})),
		"exp -1":                 sign(head(nil), body(map[string]any{"exp": -1})),
		"exp 1e300":              sign(head(nil), body(map[string]any{"exp": 1e300})),
		"exp a text":             sign(head(nil), body(map[string]any{"exp": "tomorrow"})),
		"iat to come":            sign(head(nil), body(map[string]any{"iat": c.t.Add(time.Hour).Unix()})),
		"no iat":                 sign(head(nil), body(map[string]any{"iat": nil})),
		"another audience":       sign(head(nil), body(map[string]any{"aud": "other"})),
		"no audience":            sign(head(nil), body(map[string]any{"aud": nil})),
		"another issuer":         sign(head(nil), body(map[string]any{"iss": "other"})),
		"another subject":        sign(head(nil), body(map[string]any{"sub": "thomas"})),
		"another session":        sign(head(nil), body(map[string]any{"sid": "x"})),
		"no session":             sign(head(nil), body(map[string]any{"sid": nil})),
		"sid a list":             sign(head(nil), body(map[string]any{"sid": []string{"x"}})),
		"padding":                s.Access + "=",
		"spare bits turned":      turned(s.Access),
		"a fourth part":          s.Access + ".x",
		"another head unchecked": enc(head(map[string]any{"jku": "https://evil.example"})) + "." + good[1] + "." + good[2],
	} {
		if id, err := a.Verify(token); !errors.Is(err, ErrToken) || id != (Identity{}) {
			t.Errorf("%s: got %+v, %v", name, id, err)
		}
	}
}

func sessionOf(t *testing.T, a *Auth, token string) string {
	t.Helper()
	id, err := a.Verify(token)
	if err != nil {
		t.Fatal(err)
	}
	return id.Session
}

// turned changes the bits of the last character that carry nothing: 64 bytes end
// in a character with four of them.
func turned(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[last^1])
}

func TestKeysAreMadeOnceAndForTheirOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	if _, err := LoadKeys(dir); !errors.Is(err, ErrNotInitialised) {
		t.Errorf("a folder without keys: got %v", err)
	}
	if err := MakeKeys(dir); err != nil {
		t.Fatal(err)
	}
	if err := MakeKeys(dir); err == nil {
		t.Error("keys were made over keys")
	}
	path := filepath.Join(dir, keysFile)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v; want mode 0600", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKeys(dir); err == nil {
		t.Error("keys that others may read were taken")
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKeys(dir); err == nil {
		t.Error("damaged keys were taken")
	}
}
