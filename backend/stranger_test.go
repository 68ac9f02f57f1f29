package backend_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samspor/backend"
	"samspor/backend/casefile"
	"samspor/sync/plan"
)

// A stranger's client, written from the protocol's text alone: plain JSON over
// plain HTTP, none of the server's own types.

type obj = map[string]any

// system is the real thing: a store on disk, the hub, the door, a TCP port.
type system struct {
	t        *testing.T
	dir      string
	server   *backend.Server
	addr     string
	accounts map[string]string // "case-1/c1-signe" → account
	clock    atomic.Int64      // nanoseconds; moved by turn alone
	log      logged
}

func start(t *testing.T) *system {
	t.Helper()
	s := &system{t: t, dir: t.TempDir(), accounts: map[string]string{}}
	s.turn(time.Now())
	if err := backend.Init(s.dir); err != nil {
		t.Fatal(err)
	}
	s.open()
	file, err := casefile.Read(casefile.Sample, 0)
	if err != nil {
		t.Fatal(err)
	}
	in, err := file.Import(context.Background(), s.server.Hub)
	if err != nil {
		t.Fatal(err)
	}
	for key, account := range in.Accounts {
		s.accounts[key] = string(account)
	}
	t.Cleanup(s.close)
	return s
}

// turn sets the server's clock.
func (s *system) turn(to time.Time) { s.clock.Store(to.UnixNano()) }

func (s *system) now() time.Time { return time.Unix(0, s.clock.Load()) }

func (s *system) open() {
	s.t.Helper()
	server, err := backend.Open(backend.Options{Data: s.dir, Log: slog.New(slog.NewTextHandler(&s.log, nil)), Now: s.now})
	if err != nil {
		s.t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	s.server, s.addr = server, l.Addr().String()
	go func() {
		if err := server.Serve(l); err != nil {
			s.t.Errorf("serve: %v", err)
		}
	}()
}

func (s *system) close() {
	if err := s.server.Close(); err != nil {
		s.t.Errorf("close: %v", err)
	}
}

// stranger is a signed-in client.
type stranger struct {
	s      *system
	token  string
	cookie string
	client string
	cur    obj
}

func (s *system) signIn(key, client string) *stranger {
	s.t.Helper()
	code, err := s.server.Auth.MintLink(plan.AccountID(s.accounts[key]), time.Hour)
	if err != nil {
		s.t.Fatal(err)
	}
	x := &stranger{s: s, client: client, cur: obj{}}
	resp := x.send("/api/v1/auth/link", obj{"code": code})
	var out struct{ Access, Person string }
	x.decode(resp, 200, &out)
	if out.Person != s.accounts[key] {
		s.t.Fatalf("signed in as %s, want %s", out.Person, s.accounts[key])
	}
	x.token = out.Access
	for _, c := range resp.Cookies() {
		x.cookie = c.Name + "=" + c.Value
		if c.Name != "__Host-rt" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" {
			s.t.Errorf("the refresh cookie is %+v", c)
		}
		if month := 30 * 24 * 3600; c.MaxAge != month || !c.Expires.IsZero() { // a phone's clock may be years off
			s.t.Errorf("the refresh cookie lives %d s, until %v; want %d s and no day", c.MaxAge, c.Expires, month)
		}
	}
	return x
}

func (x *stranger) request(path string, body []byte) *http.Request {
	x.s.t.Helper()
	req, err := http.NewRequest("POST", "http://"+x.s.addr+path, bytes.NewReader(body))
	if err != nil {
		x.s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if x.token != "" {
		req.Header.Set("Authorization", "Bearer "+x.token)
	}
	if x.cookie != "" {
		req.Header.Set("Cookie", x.cookie)
	}
	return req
}

func (x *stranger) send(path string, v any) *http.Response {
	x.s.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		x.s.t.Fatal(err)
	}
	return x.do(x.request(path, body))
}

// do makes a request and holds it and its answer to the API's description.
func (x *stranger) do(req *http.Request) *http.Response {
	x.s.t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		x.s.t.Fatal(err)
	}
	x.s.described(req, resp)
	return resp
}

func (x *stranger) decode(resp *http.Response, status int, into any) []byte {
	x.s.t.Helper()
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		x.s.t.Fatal(err)
	}
	if resp.StatusCode != status {
		x.s.t.Fatalf("got %d %s, want %d", resp.StatusCode, raw, status)
	}
	if into != nil {
		if err := json.Unmarshal(raw, into); err != nil {
			x.s.t.Fatalf("%s: %v", raw, err)
		}
	}
	return raw
}

func (x *stranger) change(space string, n, base int, id string, ops ...obj) obj {
	return obj{"space": space, "n": n, "id": id, "base": base, "at": "2026-11-23T08:00:00+01:00", "ops": ops}
}

func (x *stranger) pushBody(changes ...obj) obj {
	return obj{"client": x.client, "schema": 1, "now": "2026-11-23T08:00:00+01:00", "changes": changes}
}

type result struct {
	Space string
	N     int
	R     string
	Seq   int
	X     []string
	Q     string
	Code  string
}

func (x *stranger) push(changes ...obj) ([]result, []byte) {
	x.s.t.Helper()
	var out struct{ Results []result }
	raw := x.decode(x.send("/api/v1/sync/push", x.pushBody(changes...)), 200, &out)
	return out.Results, raw
}

type pulled struct {
	Spaces map[string]struct {
		Cur   string
		Seq   int
		Reset bool
		Put   []struct {
			ID, Kind string
			Seq      int
			F        obj
			Del      bool
		}
		Gone []string
		Ackn int
		More bool
		Me   obj
	}
	Added   []string
	Removed []struct{ Space, Why string }
	Lease   string
}

func (x *stranger) pull(only ...string) pulled {
	x.s.t.Helper()
	var out pulled
	req := obj{"client": x.client, "schema": 1, "cur": x.cur}
	if len(only) > 0 {
		req["only"] = only
	}
	x.decode(x.send("/api/v1/sync/pull", req), 200, &out)
	for id, s := range out.Spaces {
		x.cur[id] = s.Cur
	}
	return out
}

func note(id, text string) obj {
	return obj{"rec": id, "kind": "note", "new": obj{"about": "c1-t08", "text": text}}
}

func set(rec, field, value string) obj { return obj{"rec": rec, "set": obj{field: value}} }

func TestAStrangersClientSharesThePlan(t *testing.T) {
	s := start(t)
	karen, signe := s.signIn("case-1/c1-karen", "c_karen"), s.signIn("case-1/c1-signe", "c_signe")
	first := signe.pull()
	if sp := first.Spaces["case-1"]; !sp.Reset || len(sp.Put) < 100 || sp.Me["role"] != "guardian" || len(first.Added) != 1 || first.Lease == "" {
		t.Fatalf("the first pull brings the plan whole: %d records, me %v, added %v", len(sp.Put), sp.Me, first.Added)
	}
	karen.pull()
	results, _ := karen.push(karen.change("case-1", 1, 1, "k1", obj{"rec": "c1-t08", "kind": "task", "set": obj{"state": "done"}, "was": obj{"state": "in_progress"}}))
	if results[0].R != "ok" || results[0].Seq != 2 {
		t.Fatalf("got %+v", results)
	}
	news := signe.pull("case-1")
	if sp := news.Spaces["case-1"]; sp.Reset || len(sp.Put) != 1 || sp.Put[0].F["state"] != "done" || sp.Seq != 2 {
		t.Errorf("the news is %+v, want one task", sp)
	}
	if again := signe.pull(); len(again.Spaces) != 0 {
		t.Errorf("nothing is new, got %v", again.Spaces)
	}
	if own := karen.pull(); own.Spaces["case-1"].Ackn != 1 {
		t.Errorf("the server acknowledges number %d, want 1", own.Spaces["case-1"].Ackn)
	}
}

func TestAPushCutAtEveryByteIsSentAgainAndAppliedOnce(t *testing.T) { // I1, I2, R10
	s := start(t)
	karen := s.signIn("case-1/c1-karen", "c_karen")
	body, err := json.Marshal(karen.pushBody(karen.change("case-1", 1, 1, "k1", note("n1", "Malthe kom selv ind ad døren."))))
	if err != nil {
		t.Fatal(err)
	}
	var head bytes.Buffer
	fmt.Fprintf(&head, "POST /api/v1/sync/push HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", s.addr, karen.token, len(body))
	whole := append(head.Bytes(), body...)
	for cut := range len(whole) + 1 {
		conn, err := net.Dial("tcp", s.addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write(whole[:cut]); err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if err := conn.Close(); err != nil { // the answer, if there was one, is lost
			t.Fatal(err)
		}
	}
	results, first := karen.push(karen.change("case-1", 1, 1, "k1", note("n1", "Malthe kom selv ind ad døren.")))
	if results[0].R != "ok" || results[0].Seq != 2 {
		t.Fatalf("got %+v, want it applied once, as number 2", results)
	}
	_, again := karen.push(karen.change("case-1", 1, 1, "k1", note("n1", "Malthe kom selv ind ad døren.")))
	if !bytes.Equal(first, again) {
		t.Errorf("a replay must have the same bytes: %s and %s", first, again)
	}
	s.close()
	s.open()
	if _, after := karen.push(karen.change("case-1", 1, 1, "k1", note("n1", "x"))); !bytes.Equal(first, after) {
		t.Errorf("also after a restart: %s and %s", first, after)
	}
	notes := 0
	for _, r := range karen.pull().Spaces["case-1"].Put {
		if r.ID == "n1" {
			notes++
		}
	}
	if notes != 1 {
		t.Errorf("the note is there %d times", notes)
	}
}

func TestAStrangersNumbers(t *testing.T) {
	s := start(t)
	karen := s.signIn("case-1/c1-karen", "c_karen")
	karen.push(karen.change("case-1", 1, 1, "k1", note("n1", "a")))
	var p struct {
		Type, Code, ID, Title string
		Status, Change, Want  int
	}
	refuse := func(status int, kind string, change int, changes ...obj) {
		t.Helper()
		p.Change, p.Want = -1, 0
		resp := karen.send("/api/v1/sync/push", karen.pushBody(changes...))
		if ct := resp.Header.Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("a refusal of type %s", ct)
		}
		karen.decode(resp, status, &p)
		if p.Type != "/problems/"+kind || p.Change != change || p.Status != status || p.ID == "" {
			t.Errorf("got %+v, want %s at change %d", p, kind, change)
		}
	}
	refuse(409, "gap", 1, karen.change("case-1", 2, 1, "k2", note("n2", "b")), karen.change("case-1", 4, 1, "k4", note("n4", "d")))
	if p.Want != 3 {
		t.Errorf("the gap waits for %d, want 3", p.Want)
	}
	refuse(409, "fork", 0, karen.change("case-1", 1, 1, "other", note("n9", "z")))
	refuse(404, "not-found", 1, karen.change("case-1", 2, 1, "k2", note("n2", "b")), karen.change("case-2", 1, 1, "k3", note("n3", "c")))
	for _, r := range karen.pull().Spaces["case-1"].Put {
		if r.ID == "n2" {
			t.Error("of a refused push nothing is applied")
		}
	}
}

func TestAStrangersConflictAndParkedChange(t *testing.T) {
	s := start(t)
	one, two := s.signIn("case-1/c1-jonas", "c_one"), s.signIn("case-1/c1-jonas", "c_two")
	one.push(one.change("case-1", 1, 1, "a1", set("c1-t08", "title", "Dagsplan på tavlen")))
	results, _ := two.push(
		two.change("case-1", 1, 1, "b1", set("c1-t08", "title", "Dagsplan i tasken")),
		two.change("case-1", 2, 1, "b2", set("c1-t08", "state", "finished")),
		two.change("case-1", 3, 1, "b3", note("n3", "går videre")),
	)
	if results[0].R != "conflict" || len(results[0].X) != 1 || results[1].R != "parked" || results[1].Code != "value.wrongType" || results[2].R != "ok" {
		t.Fatalf("got %+v", results)
	}
	kinds := map[string]obj{}
	for _, r := range two.pull().Spaces["case-1"].Put {
		if r.Kind == "conflict" || r.Kind == "parked" || r.ID == "c1-t08" {
			kinds[r.Kind] = r.F
		}
	}
	if kinds["task"]["title"] != "Dagsplan på tavlen" || kinds["conflict"]["claimed"] != "Dagsplan i tasken" || kinds["parked"]["code"] != "value.wrongType" {
		t.Errorf("got %v", kinds)
	}
}

func TestSpacesOfOthersCannotBeToldFromAbsentOnes(t *testing.T) { // R21, rows 49-51
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	answer := func(space string) string {
		resp := signe.send("/api/v1/sync/push", signe.pushBody(signe.change(space, 1, 1, "x1", note("n1", "a"))))
		raw := signe.decode(resp, 404, nil)
		var p obj
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Fatal(err)
		}
		id, ok := p["id"].(string)
		if !ok {
			t.Fatalf("no id in %s", raw)
		}
		return strings.Replace(string(raw), id, "ID", 1)
	}
	absent := answer("case-9")
	for _, space := range []string{"case-4", "case-2", "../../etc", "CASE-1", strings.Repeat("y", 300)} {
		if got := answer(space); got != absent {
			t.Errorf("%q answers %s, an absent one %s", space, got, absent)
		}
	}
	for _, space := range []string{"case-4", "case-9"} {
		signe.cur[space] = "AAAA"
		out := signe.pull()
		if len(out.Removed) != 1 || out.Removed[0].Why != "notMember" || len(out.Spaces[space].Put) > 0 {
			t.Errorf("a pull of %s says %+v", space, out.Removed)
		}
		delete(signe.cur, space)
	}
}

func TestANewEpochResetsWithoutAsking(t *testing.T) {
	s := start(t)
	s.turn(time.Date(2026, 10, 25, 12, 0, 0, 0, time.UTC)) // Tea's last day as tovholder
	tea := s.signIn("case-4/c4-tea", "c_tea")
	tea.pull()
	s.turn(s.now().Add(24 * time.Hour))
	var out struct{ Access string }
	tea.decode(tea.send("/api/v1/auth/refresh", obj{}), 200, &out)
	tea.token = out.Access
	if sp := tea.pull().Spaces["case-4"]; !sp.Reset || sp.Me["role"] != "professional" {
		t.Errorf("a changed right must start the phone afresh, got reset %v", sp.Reset)
	}
}

func TestTheStreamSaysWhereAndNeverWhat(t *testing.T) { // I11
	s := start(t)
	karen, signe := s.signIn("case-1/c1-karen", "c_karen"), s.signIn("case-1/c1-signe", "c_signe")
	req := signe.request("/api/v1/sync/live", nil)
	req.Method, req.Body, req.ContentLength = "GET", nil, 0
	resp := signe.do(req)
	defer resp.Body.Close()
	if ct := resp.Header.Get("Content-Type"); ct != "text/event-stream" {
		t.Fatalf("the stream is %s", ct)
	}
	lines := make(chan string, 20)
	go func() {
		var buf [4096]byte
		for {
			n, err := resp.Body.Read(buf[:])
			if n > 0 {
				lines <- string(buf[:n])
			}
			if err != nil {
				close(lines)
				return
			}
		}
	}()
	want := func(text string) {
		t.Helper()
		select {
		case got := <-lines:
			if got != text {
				t.Errorf("the stream says %q, want %q", got, text)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("the stream did not say %q", text)
		}
	}
	want("event: head\ndata: {\"case-1\":1}\n\n")
	karen.push(karen.change("case-1", 1, 1, "k1", note("n1", "hemmelig tekst")))
	want("data: {\"k\":\"case-1\",\"s\":2}\n\n")
}

func TestSignedOutMeansSignedOut(t *testing.T) {
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	resp := signe.send("/api/v1/auth/logout", obj{})
	if resp.Header.Get("Clear-Site-Data") == "" {
		t.Error("logging out asks the browser to forget")
	}
	signe.decode(resp, 200, nil)
	for _, path := range []string{"/api/v1/sync/pull", "/api/v1/auth/refresh"} {
		resp := signe.send(path, obj{"client": "c", "schema": 1, "cur": obj{}})
		if path == "/api/v1/auth/refresh" {
			resp = signe.send(path, obj{})
		}
		if resp.StatusCode != 401 || resp.Header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s after logout: got %d", path, resp.StatusCode)
		}
	}
}

func TestAFolderThatWasNeverMadeIsRefused(t *testing.T) {
	dir := t.TempDir()
	if _, err := backend.Open(backend.Options{Data: dir, Log: slog.New(slog.DiscardHandler)}); err == nil {
		t.Fatal("a folder without keys was served: an emptied store would look like a new one")
	}
	if err := backend.Init(dir); err != nil {
		t.Fatal(err)
	}
	if err := backend.Init(dir); err == nil {
		t.Error("an initialised folder was initialised again")
	}
	if err := os.Remove(dir + "/keys.json"); err != nil {
		t.Fatal(err)
	}
	if _, err := backend.Open(backend.Options{Data: dir, Log: slog.New(slog.DiscardHandler)}); err == nil {
		t.Error("a folder that lost its keys was served")
	}
}

func TestANewStreamEndsTheOldestOfItsSession(t *testing.T) { // a reloaded page must not be kept out by the one before
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	var first io.Reader
	for i := range 5 {
		req := signe.request("/api/v1/sync/live", nil)
		req.Method, req.Body, req.ContentLength = "GET", nil, 0
		resp := signe.do(req)
		if resp.StatusCode != 200 {
			t.Fatalf("stream %d: got %v", i, resp)
		}
		defer resp.Body.Close()
		if i == 0 {
			first = resp.Body
		}
	}
	said, err := io.ReadAll(first) // ends, or the test times out
	if err != nil || !strings.Contains(string(said), "retry: ") {
		t.Errorf("the first stream ended with %q, %v", said, err)
	}
}
