package backend_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// raw writes a request as it stands, because an HTTP library would repair it, and
// waits for the answer and the end of the connection. What is to come again and
// again is written behind it until the server hangs up.
func (s *system) raw(request string, again ...string) (status int, head http.Header, body string) {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		s.t.Fatal(err)
	}
	go func() { // the server may answer, and hang up, before it has heard everything
		_, err := io.WriteString(conn, request)
		for err == nil && len(again) > 0 {
			_, err = io.WriteString(conn, again[0])
		}
	}()
	from := bufio.NewReader(conn)
	resp, err := http.ReadResponse(from, nil)
	if err != nil {
		s.t.Fatalf("%q: %v", request[:min(len(request), 60)], err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := from.ReadByte(); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		s.t.Errorf("%q: after the answer the connection stays open: %v", request[:min(len(request), 60)], err)
	}
	s.describedRaw(request, resp, raw)
	return resp.StatusCode, resp.Header, string(raw)
}

func TestTheDoorNamesWhatIsWrong(t *testing.T) { // bad inputs 1-34, 47-48, 96-98
	s := start(t)
	signe := s.signIn("case-1/c1-signe", "c_signe")
	post := func(body string, headers ...string) string {
		return fmt.Sprintf("POST /api/v1/sync/push HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			s.addr, signe.token, strings.Join(append(headers, ""), "\r\n"), len(body), body)
	}
	plain := "Content-Type: application/json"
	send := func(body string) string { return post(body, plain) }
	get := func(line string, headers ...string) string {
		return line + " HTTP/1.1\r\n" + strings.Join(append(headers, "Connection: close"), "\r\n") + "\r\n\r\n"
	}
	ok := `"client":"c","schema":1,"now":"2026-11-23T08:00:00Z"`
	many := `{"client":"c","schema":1,"now":"2026-11-23T08:00:00Z","changes":[` + strings.TrimSuffix(strings.Repeat(`{"space":"case-1","n":1,"id":"a","base":1,"at":"2026-11-23T08:00:00Z","ops":[]},`, 201), ",") + `]}`
	keys := &strings.Builder{}
	for i := range 1001 {
		fmt.Fprintf(keys, `"k%d":1,`, i)
	}
	for name, c := range map[string]struct {
		request string
		status  int
		slug    string
	}{
		"1 no body":                   {send(""), 400, "empty-body"},
		"2 null":                      {send("null"), 422, "wrong-type"},
		"3 a list":                    {send("[]"), 422, "wrong-type"},
		"4 broken JSON":               {send(`{"client":`), 400, "malformed-json"},
		"5 garbage behind":            {send(`{} x`), 400, "malformed-json"},
		"6 two documents":             {send(`{}{}`), 400, "malformed-json"},
		"7 a key twice":               {send(`{"client":"a","client":"b"}`), 422, "duplicate-key"},
		"8 a key in other case":       {send(`{"Client":"a"}`), 422, "unknown-field"},
		"9 an unknown field":          {send(`{` + ok + `,"role":"admin","changes":[]}`), 422, "unknown-field"},
		"10 not UTF-8":                {send("{\"client\":\"\xff\"}"), 400, "bad-encoding"},
		"11 a lone surrogate":         {send(`{"client":"\ud800"}`), 400, "bad-encoding"},
		"12 a NUL":                    {send(`{"client":"c","schema":1,"now":"2026\u0000","changes":[]}`), 422, "bad-character"},
		"13 too deep":                 {send(`{"changes":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`), 422, "too-deep"},
		"14 too many keys":            {send(`{` + strings.TrimSuffix(keys.String(), ",") + `}`), 422, "too-many-keys"},
		"15 a number too large":       {send(`{"schema":1e999}`), 422, "bad-number"},
		"16 a body too large":         {post(strings.Repeat(" ", 256<<10+1), plain), 413, "body-too-large"},
		"17 a body declared huge":     {strings.Replace(send("{}"), "Content-Length: 2", "Content-Length: 5000000000", 1), 413, "body-too-large"},
		"18 a body without an end":    {strings.Replace(send(""), "Content-Length: 0", "Transfer-Encoding: chunked", 1), 413, "body-too-large"},
		"19 gzip":                     {post("x", plain, "Content-Encoding: gzip"), 415, "encoding-not-supported"},
		"20 br":                       {post("x", plain, "Content-Encoding: br"), 415, "encoding-not-supported"},
		"21 an unknown encoding":      {post("x", plain, "Content-Encoding: x"), 415, "encoding-not-supported"},
		"22 a form":                   {post("a=b", "Content-Type: application/x-www-form-urlencoded"), 415, "json-only"},
		"23 JSON called text":         {post("{}", "Content-Type: text/plain"), 415, "json-only"},
		"24 no type":                  {post("{}", "X-None: 1"), 415, "json-only"},
		"25 a huge header":            {post("{}", plain, "X-Long: "+strings.Repeat("a", 9<<10)), 431, "header-too-large"},
		"28 two lengths":              {post("{}", plain, "Content-Length: 3"), 400, "bad-request"},
		"32 no host":                  {get("GET /healthz"), 400, "bad-request"},
		"33 a foreign host":           {get("GET /healthz", "Host: evil.example"), 421, "wrong-host"},
		"37 no token":                 {strings.Replace(send("{}"), "Authorization: Bearer "+signe.token+"\r\n", "", 1), 401, "unauthorised"},
		"47 another site's page":      {post("{}", plain, "Origin: https://evil.example"), 403, "cross-site"},
		"48 another site by its word": {post("{}", plain, "Sec-Fetch-Site: cross-site"), 403, "cross-site"},
		"64 201 changes":              {send(many), 413, "batch-too-large"},
		"69 a time that is none":      {send(`{"client":"c","schema":1,"now":"yesterday","changes":[]}`), 422, "bad-time"},
		"a client that is no id":      {send(`{"client":"../c","schema":1,"now":"2026-11-23T08:00:00Z","changes":[]}`), 422, "wrong-type"},
		"96 an unknown route":         {get("GET /api/v1/nothing", "Host: "+s.addr), 404, "not-found"},
		"97 a wrong method":           {get("GET /api/v1/sync/push", "Host: "+s.addr), 405, "method"},
		"98 a route in other case":    {get("GET /API/v1/sync/live/", "Host: "+s.addr), 404, "not-found"},
	} {
		t.Run(name, func(t *testing.T) {
			before := s.hash("case-1")
			var again []string
			if strings.Contains(c.request, "chunked") {
				again = []string{"1000\r\n" + strings.Repeat(" ", 0x1000) + "\r\n"}
			}
			status, head, body := s.raw(c.request, again...)
			var p struct{ Type, Title, Code, ID string }
			if err := json.Unmarshal([]byte(body), &p); err != nil {
				t.Fatalf("%d %q is no problem: %v", status, body, err)
			}
			if status != c.status || p.Type != "/problems/"+c.slug || p.ID == "" || p.Title == "" {
				t.Errorf("got %d %s, want %d %s", status, body, c.status, c.slug)
			}
			if status == 405 && head.Get("Allow") != "POST" {
				t.Errorf("Allow is %q", head.Get("Allow"))
			}
			if strings.Contains(body, "evil") || strings.Contains(body, "admin") {
				t.Errorf("the answer echoes what was sent: %s", body)
			}
			if after := s.hash("case-1"); after != before {
				t.Errorf("the case was at %s and is at %s", before, after)
			}
		})
	}
	if seq := signe.pull().Spaces["case-1"].Seq; seq != 1 {
		t.Errorf("the case moved on to %d", seq)
	}
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) { // T12
	s := start(t)
	for path, policy := range map[string]string{
		"/healthz": "require-trusted-types-for 'script'", "/": "require-trusted-types-for 'script'",
		"/api/v1/nothing": "frame-ancestors 'none'", "/api/v1/sync/push": "frame-ancestors 'none'",
	} {
		_, head, _ := s.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
		if csp := head.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, policy) {
			t.Errorf("%s has the policy %q", path, csp)
		}
		if head.Get("X-Content-Type-Options") != "nosniff" || head.Get("Server") != "" {
			t.Errorf("%s has the headers %v", path, head)
		}
	}
}
