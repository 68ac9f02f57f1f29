// Package auth knows who is there: one-time links, sessions, short access tokens.
//
// Its one rule: a token alone never grants anything. Each request also looks up
// its session, so that ending one works at once. Secrets are kept as hashes.
// Start with SignIn and Verify.
package auth

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/golang-jwt/jwt/v5"

	"samspor/sync/kv"
	"samspor/sync/plan"
)

// How long things live.
const (
	accessLife  = 5 * time.Minute
	sessionLife = 30 * 24 * time.Hour
	maxToken    = 2 << 10 // bytes; looked at before anything is parsed
	leeway      = 30 * time.Second
)

const (
	issuer   = "samspor"
	audience = "samspor-api"
	typ      = "at+jwt" // RFC 9068
)

// What can be wrong with who is there. A caller learns no more than this.
var (
	ErrLinkGone = errors.New("auth: the link is used, expired or unknown")
	ErrEnded    = errors.New("auth: the session has ended")
	ErrToken    = errors.New("auth: the token is not valid")
)

// Auth signs people in and out.
type Auth struct {
	kv     kv.Engine
	now    func() time.Time
	key    ed25519.PrivateKey
	keyID  string
	parser *jwt.Parser

	mu    sync.Mutex
	known map[string]checked
}

// checked is a token whose signature holds, with its session as it was last read.
type checked struct {
	claims
	session sessionRow
	read    time.Time // when; zero: not yet
}

// maxKnown is how many checked tokens are remembered; a signature costs more than all the rest of a request.
const maxKnown = 20_000

// readAgain is how old may be what is known of a session. One that ends here is
// forgotten at once; this is for those that another node ends.
const readAgain = time.Second

// New makes the service from the server's keys.
func New(store kv.Engine, keys Keys, now func() time.Time) *Auth {
	return &Auth{
		kv: store, now: now, key: ed25519.NewKeyFromSeed(keys.Token), keyID: keys.TokenID, known: map[string]checked{},
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithExpirationRequired(),
			jwt.WithAudience(audience), jwt.WithIssuer(issuer), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
			jwt.WithStrictDecoding(), jwt.WithTimeFunc(now),
		),
	}
}

// Identity is who makes a request, in which session.
type Identity struct {
	Account plan.AccountID
	Session string
}

// Session is what a person gets by signing in. How long it lives is told as a
// length: old phones have clocks of their own, and a day of the server's in
// Expires would end a session there before it began (RFC 6265, 5.3: Max-Age wins).
type Session struct {
	Account plan.AccountID
	Access  string // for the Authorization header, lives five minutes
	Refresh string // for the cookie; empty when an old one goes on
	Life    time.Duration
}

// claims are typed, so that nothing but a text gets to where a text is expected.
type claims struct {
	jwt.RegisteredClaims
	Session string `json:"sid"`
}

type linkRow struct {
	Account plan.AccountID `json:"account"`
	Expires time.Time      `json:"expires"`
}

type sessionRow struct {
	Account plan.AccountID `json:"account"`
	Expires time.Time      `json:"expires"`
}

type refreshRow struct {
	Session string `json:"session"`
}

// MintLink makes a one-time link's secret: 128 random bits, of which only the hash is kept.
func (a *Auth) MintLink(account plan.AccountID, life time.Duration) (code string, err error) {
	code = randomText(16)
	row, err := entry(kv.Link([]byte(code)), linkRow{account, a.now().Add(life)})
	if err != nil {
		return "", err
	}
	if err := a.kv.Commit(kv.Batch{Put: []kv.Entry{row}}); err != nil {
		return "", fmt.Errorf("mint link: %w", err)
	}
	return code, nil
}

// SignIn takes a link's secret, once, and opens a session.
func (a *Auth) SignIn(code string) (Session, error) {
	var link linkRow
	key := kv.Link([]byte(code))
	rev, err := a.get(key, &link)
	if err != nil {
		return Session{}, err
	}
	if rev == 0 || !a.now().Before(link.Expires) {
		return Session{}, ErrLinkGone
	}
	id, secret := randomText(16), randomText(32)
	session, err := entry(kv.Session(id), sessionRow{link.Account, a.now().Add(sessionLife)})
	if err != nil {
		return Session{}, err
	}
	refresh, err := entry(kv.Refresh([]byte(secret)), refreshRow{id})
	if err != nil {
		return Session{}, err
	}
	err = a.kv.Commit(kv.Batch{
		Guards: []kv.Guard{{Key: key, Rev: rev}}, // of two who come at once, one gets in
		Del:    [][]byte{key}, Put: []kv.Entry{session, refresh},
	})
	if errors.Is(err, kv.ErrGuard) {
		return Session{}, ErrLinkGone
	}
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	access, err := a.token(link.Account, id)
	return Session{link.Account, access, secret, sessionLife}, err
}

// Refresh gives a new access token for a session that still lives.
func (a *Auth) Refresh(secret string) (Session, error) {
	var r refreshRow
	var s sessionRow
	if rev, err := a.get(kv.Refresh([]byte(secret)), &r); err != nil || rev == 0 {
		return Session{}, firstOf(err, ErrEnded)
	}
	if rev, err := a.get(kv.Session(r.Session), &s); err != nil || rev == 0 || !a.now().Before(s.Expires) {
		return Session{}, firstOf(err, ErrEnded)
	}
	access, err := a.token(s.Account, r.Session)
	return Session{Account: s.Account, Access: access}, err
}

// Logout ends a session, at once and for every token it has given.
func (a *Auth) Logout(secret string) error {
	var r refreshRow
	key := kv.Refresh([]byte(secret))
	rev, err := a.get(key, &r)
	if err != nil || rev == 0 {
		return err
	}
	if err := a.kv.Commit(kv.Batch{Del: [][]byte{key, kv.Session(r.Session)}}); err != nil {
		return fmt.Errorf("log out: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.known)
	return nil
}

// Verify finds who made a request from its token, or ErrToken.
func (a *Auth) Verify(token string) (Identity, error) {
	if len(token) > maxToken {
		return Identity{}, ErrToken
	}
	k, ok := a.check(token)
	if !ok {
		return Identity{}, ErrToken
	}
	now := a.now()
	if age := now.Sub(k.read); age < 0 || age >= readAgain {
		k.session = sessionRow{}
		if _, err := a.get(kv.Session(k.Session), &k.session); err != nil {
			return Identity{}, err
		}
		k.read = now
		a.keep(token, k)
	}
	if !now.Before(k.session.Expires) || string(k.session.Account) != k.Subject || k.IssuedAt == nil {
		return Identity{}, ErrToken
	}
	return Identity{k.session.Account, k.Session}, nil
}

// check reads a token. One that was checked before is only looked at for its time.
func (a *Auth) check(token string) (k checked, ok bool) {
	a.mu.Lock()
	k, ok = a.known[token]
	a.mu.Unlock()
	if ok {
		return k, a.now().Before(k.ExpiresAt.Add(leeway))
	}
	_, err := a.parser.ParseWithClaims(token, &k.claims, a.keyOf)
	return k, err == nil
}

func (a *Auth) keep(token string, k checked) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.known) >= maxKnown { // they live five minutes; starting over costs a signature each
		clear(a.known)
	}
	a.known[token] = k
}

func (a *Auth) token(account plan.AccountID, session string) (string, error) {
	now := a.now()
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: string(account),
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(accessLife)),
		},
		Session: session,
	})
	t.Header["typ"], t.Header["kid"] = typ, a.keyID
	signed, err := t.SignedString(a.key)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return signed, nil
}

// keyOf gives the one key, for the one type of token, by its one name. The head
// is the sender's: its kid may be anything, a list too.
func (a *Auth) keyOf(t *jwt.Token) (any, error) {
	kid, ok := t.Header["kid"].(string)
	if !ok || kid != a.keyID || t.Header["typ"] != typ {
		return nil, ErrToken
	}
	return a.key.Public(), nil
}

func (a *Auth) get(key []byte, into any) (rev uint64, err error) {
	err = a.kv.View(func(r kv.Reader) error {
		raw, at, err := r.Get(key)
		if rev = at; err != nil || at == 0 {
			return err
		}
		return json.Unmarshal(raw, into)
	})
	if err != nil {
		return 0, fmt.Errorf("auth: read: %w", err)
	}
	return rev, nil
}

func entry(key []byte, v any) (kv.Entry, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return kv.Entry{}, fmt.Errorf("auth: encode: %w", err)
	}
	return kv.Entry{Key: key, Value: raw, Rev: 1}, nil
}

func randomText(n int) string { return base64.RawURLEncoding.EncodeToString(randomBytes(n)) }

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
