package backend_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// description is the API as its own text describes it.
var description = sync.OnceValues(func() (*openapi3.T, error) {
	openapi3filter.RegisterBodyDecoder("text/calendar", openapi3filter.PlainBodyDecoder)
	doc, err := openapi3.NewLoader().LoadFromFile("api/openapi.yaml")
	if err != nil {
		return nil, err
	}
	return doc, doc.Validate(context.Background())
})

// exchange is one request with its answer.
type exchange struct {
	method, path string
	request      *http.Request // nil: broken on purpose, no HTTP library can read it
	sent         []byte
	status       int
	head         http.Header
	answer       []byte // nil for a stream, which nobody reads to its end
}

// check holds an exchange to the description. The answer must be one that is
// described for its operation. What the server took, the description must take
// too; what the server refused for its shape, the description must refuse.
func (e exchange) check() error {
	route, params, err := e.route()
	if err != nil {
		return err
	}
	in := &openapi3filter.RequestValidationInput{Request: e.asked(), Route: route, PathParams: params, Options: &openapi3filter.Options{
		IncludeResponseStatus: true, ExcludeResponseBody: e.answer == nil,
		SkipSettingDefaults: true, AuthenticationFunc: isSignedIn,
	}}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: e.status, Header: e.head, Options: in.Options,
		Body: io.NopCloser(bytes.NewReader(e.answer)),
	})
	if err != nil {
		return fmt.Errorf("the answer is not as described: %w", err)
	}
	if e.request == nil || route.Path == "" {
		return nil
	}
	err = openapi3filter.ValidateRequest(context.Background(), in)
	switch {
	case err != nil && e.taken():
		return fmt.Errorf("the server takes what the description refuses: %w", err)
	case err == nil && e.misshapen():
		return errors.New("the description takes what the server refuses for its shape")
	}
	return nil
}

// describedPath finds a path in the description, also one with a part that differs.
func describedPath(doc *openapi3.T, path string) (name string, params map[string]string) {
	if doc.Paths.Value(path) != nil {
		return path, nil
	}
	for name := range doc.Paths.Map() {
		before, rest, found := strings.Cut(name, "{")
		param, after, _ := strings.Cut(rest, "}")
		value, hasAfter := strings.CutSuffix(strings.TrimPrefix(path, before), after)
		if found && strings.HasPrefix(path, before) && hasAfter && value != "" && !strings.Contains(value, "/") {
			return name, map[string]string{param: value}
		}
	}
	return "", nil
}

// route finds the operation. A path or method that is not described has the two
// answers that the description keeps for those.
func (e exchange) route() (*routers.Route, map[string]string, error) {
	doc, err := description()
	if err != nil {
		return nil, nil, err
	}
	r := &routers.Route{Spec: doc, Method: e.method}
	name, params := describedPath(doc, e.path)
	if item := doc.Paths.Value(name); item != nil {
		r.Path, r.PathItem, r.Operation = name, item, item.GetOperation(e.method)
	}
	if r.Operation == nil {
		r.Path = ""
		r.Operation = &openapi3.Operation{Responses: openapi3.NewResponses(
			openapi3.WithStatus(404, doc.Components.Responses["NoSuchPath"]),
			openapi3.WithStatus(405, doc.Components.Responses["WrongMethod"]),
			openapi3.WithStatus(421, doc.Components.Responses["WrongHost"]),
		)}
	}
	return r, params, nil
}

// asked gives the request with a body that can be read once more.
func (e exchange) asked() *http.Request {
	if e.request == nil {
		return &http.Request{Method: e.method}
	}
	req := e.request.Clone(context.Background())
	req.Body = io.NopCloser(bytes.NewReader(e.sent))
	return req
}

// taken says that nothing in the request was refused: neither all of it, nor one change.
func (e exchange) taken() bool {
	return e.status < 400 && !bytes.Contains(e.answer, []byte(`"r":"parked"`))
}

func (e exchange) misshapen() bool {
	var p struct{ Code string }
	return e.status == 422 && json.Unmarshal(e.answer, &p) == nil &&
		slices.Contains([]string{"unknown-field", "wrong-type", "bad-time"}, p.Code)
}

// isSignedIn looks for the credentials that an operation asks for.
func isSignedIn(_ context.Context, in *openapi3filter.AuthenticationInput) error {
	req := in.RequestValidationInput.Request
	if in.SecuritySchemeName == "bearer" && strings.HasPrefix(req.Header.Get("Authorization"), "Bearer ") {
		return nil
	}
	if _, err := req.Cookie("__Host-rt"); in.SecuritySchemeName == "cookie" && err == nil {
		return nil
	}
	return in.NewError(errors.New("the request does not carry it"))
}

// described holds what a client has asked and heard to the description; the body can still be read.
func (s *system) described(req *http.Request, resp *http.Response) {
	s.t.Helper()
	e := exchange{method: req.Method, path: req.URL.Path, request: req, status: resp.StatusCode, head: resp.Header}
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			s.t.Fatal(err)
		}
		if e.sent, err = io.ReadAll(body); err != nil {
			s.t.Fatal(err)
		}
	}
	if resp.Header.Get("Content-Type") != "text/event-stream" {
		answer, err := io.ReadAll(resp.Body)
		if err := errors.Join(err, resp.Body.Close()); err != nil {
			s.t.Fatal(err)
		}
		e.answer, resp.Body = answer, io.NopCloser(bytes.NewReader(answer))
	}
	s.hold(e)
}

// describedRaw does the same for a request that was written byte by byte.
func (s *system) describedRaw(request string, resp *http.Response, answer []byte) {
	s.t.Helper()
	line := strings.Fields(request)
	e := exchange{method: line[0], path: line[1], status: resp.StatusCode, head: resp.Header, answer: answer}
	if req, err := http.ReadRequest(bufio.NewReader(strings.NewReader(request))); err == nil {
		if sent, err := io.ReadAll(req.Body); err == nil {
			e.request, e.sent = req, sent
		}
	}
	s.hold(e)
}

func (s *system) hold(e exchange) {
	s.t.Helper()
	if err := e.check(); err != nil {
		why, _, _ := strings.Cut(err.Error(), "\nSchema:") // which would be printed whole
		s.t.Errorf("%s %s, answered %d: %s", e.method, e.path, e.status, why)
	}
}

func TestTheDescriptionIsServed(t *testing.T) {
	s := start(t)
	want, err := os.ReadFile("api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	status, head, body := s.raw("GET /api/v1/openapi.yaml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	if status != 200 || body != string(want) || head.Get("Content-Type") != "application/yaml" || head.Get("Cache-Control") != "no-cache" {
		t.Errorf("got %d with %v and %d bytes", status, head, len(body))
	}
}

func TestEveryOperationAnswersAsDescribed(t *testing.T) {
	s := start(t)
	s.seed("other", "active", obj{"c1-signe": obj{"role": "guardian", "to": "2020-01-01"}, "c1-karen": obj{"role": "professional"}})
	signe := s.signIn("case-1/c1-signe", "c_signe")
	signe.push(signe.change("case-1", 1, 1, "s1", obj{"rec": "t1", "kind": "task", "new": obj{"title": "Ringe", "responsible": "c1-signe", "helpers": []string{"c1-karen"}}}))
	signe.push(signe.change("case-1", 2, 2, "s2", obj{"rec": "t1", "kind": "task", "set": obj{"state": "done"}, "was": obj{"state": "open"}}))
	calendar := signe.calendar("da", false)
	signe.always()
	jonas := s.signIn("case-1/c1-jonas", "c_jonas")
	jonas.push(jonas.change("case-1", 1, 3, "j1", obj{"rec": "t2", "kind": "task", "new": obj{"title": "Ringe", "responsible": "c1-signe"}}))
	told := signe.told("t2")
	calls := []struct {
		method, path string
		body         any
	}{
		{"POST", "/api/v1/auth/refresh", obj{}},
		{"POST", "/api/v1/sync/push", signe.pushBody(signe.change("case-1", 3, 3, "s3", note("n1", "x")))},
		{"POST", "/api/v1/sync/pull", obj{"client": "c_signe", "schema": 1, "cur": obj{"other": "x"}, "only": []string{"case-1", "other"}, "limit": 7}},
		{"POST", "/api/v1/sync/history", obj{"space": "case-1", "rec": "t1"}},
		{"POST", "/api/v1/sync/quarantine", obj{"client": "c_signe", "space": "other", "changes": []obj{signe.change("other", 1, 1, "q1", note("n2", "x"))}}},
		{"POST", "/api/v1/forms/pdf", obj{"space": "case-1", "language": "da"}},
		{"GET", "/api/v1/reminders", nil},
		{"PUT", "/api/v1/reminders", obj{"zone": "Europe/Oslo"}},
		{"GET", "/api/v1/notices", nil},
		{"GET", "/api/v1/notices/" + told, nil},
		{"POST", "/api/v1/notices/" + told + "/opened", obj{}},
		{"GET", "/api/v1/push/key", nil},
		{"PUT", "/api/v1/push/subscription", browser(t, "x")},
		{"POST", "/api/v1/push/check", obj{"hash": strings.Repeat("a", 43)}},
		{"DELETE", "/api/v1/push/subscription", obj{"endpoint": "x"}},
		{"POST", "/api/v1/push/test", obj{}},
		{"GET", "/api/v1/calendar", nil},
		{"GET", calendar, nil},
		{"PUT", "/api/v1/calendar", obj{"language": "nb"}},
		{"DELETE", "/api/v1/calendar", nil},
		{"GET", "/api/v1/sync/live", nil},
		{"GET", "/api/v1/openapi.yaml", nil},
		{"GET", "/healthz", nil},
		{"POST", "/api/v1/auth/logout", obj{}},
	}
	called := []string{"POST /api/v1/auth/link"} // by signIn
	doc, err := description()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range calls {
		body, err := json.Marshal(c.body)
		if err != nil {
			t.Fatal(err)
		}
		req := signe.request(c.path, body)
		if req.Method = c.method; c.body == nil {
			req.Body, req.GetBody, req.ContentLength = nil, nil, 0
		}
		resp := signe.do(req)
		if err := resp.Body.Close(); err != nil || resp.StatusCode != 200 {
			t.Errorf("%s %s answers %d", c.method, c.path, resp.StatusCode)
		}
		name, _ := describedPath(doc, c.path)
		called = append(called, c.method+" "+name)
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if !slices.Contains(called, method+" "+path) {
				t.Errorf("nobody calls %s %s", method, path)
			}
		}
	}
}

func TestAnExchangeThatIsNotAsDescribedIsSeen(t *testing.T) { // the helper's own control
	const problem = "application/problem+json"
	push := func(body, contentType, answer string, status int) exchange {
		req, err := http.NewRequest("POST", "http://localhost/api/v1/sync/push", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "Bearer x")
		return exchange{
			method: "POST", path: "/api/v1/sync/push", request: req, sent: []byte(body), status: status,
			head: http.Header{"Content-Type": {contentType}, "Cache-Control": {"no-store"}}, answer: []byte(answer),
		}
	}
	sent := `{"client":"c","schema":1,"now":"2026-11-23T08:00:00Z","changes":[{"space":"k7","n":1,"id":"a","base":1,"at":"2026-11-23T08:00:00Z","ops":[{"rec":"t9","set":{"title":null}}]}]}`
	took := `{"results":[{"space":"k7","n":1,"r":"ok","seq":2}]}`
	no := func(status int, code, more string) string {
		return fmt.Sprintf(`{"type":"/problems/%s","title":"No","status":%d,"code":"%[1]s","id":"abcdefghijkl"%[3]s}`, code, status, more)
	}
	for name, e := range map[string]exchange{
		"a change that was taken":                 push(sent, "application/json", took, 200),
		"a change that was parked for its shape":  push(strings.Replace(sent, `"set"`, `"sit"`, 1), "application/json", `{"results":[{"space":"k7","n":1,"r":"parked","seq":2,"q":"q9","code":"change.malformed"}]}`, 200),
		"a gap":                                   push(sent, problem, no(409, "gap", `,"change":0,"want":7`), 409),
		"a key that was refused":                  push(strings.Replace(sent, `"now"`, `"Now"`, 1), problem, no(422, "unknown-field", ""), 422),
		"a path that is not there":                {method: "GET", path: "/api/v1/x", status: 404, head: http.Header{"Content-Type": {problem}}, answer: []byte(no(404, "not-found", ""))},
		"a method that is not there":              {method: "PUT", path: "/healthz", status: 405, head: http.Header{"Content-Type": {problem}, "Allow": {"GET"}}, answer: []byte(no(405, "method", ""))},
		"a stream, of which only the head counts": {method: "GET", path: "/api/v1/sync/live", status: 200, head: http.Header{"Content-Type": {"text/event-stream"}, "Cache-Control": {"no-store"}}},
	} {
		if err := e.check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	noToken := push(sent, "application/json", took, 200)
	noToken.request.Header.Del("Authorization")
	for name, e := range map[string]exchange{
		"a field of an answer that is not described":     push(sent, "application/json", strings.Replace(took, `"seq":2`, `"seq":2,"by":"p1"`, 1), 200),
		"a result that is none":                          push(sent, "application/json", strings.Replace(took, `"ok"`, `"done"`, 1), 200),
		"a conflict without its record":                  push(sent, "application/json", strings.Replace(took, `"ok"`, `"conflict"`, 1), 200),
		"a status that is not described":                 push(sent, problem, no(418, "teapot", ""), 418),
		"a code under another's status":                  push(sent, problem, no(409, "gone", `,"change":0`), 409),
		"a gap that names no change":                     push(sent, problem, no(409, "gap", `,"want":7`), 409),
		"a problem that echoes":                          push(sent, problem, no(409, "gap", `,"change":0,"want":7,"sent":"x"`), 409),
		"a problem of another type":                      push(sent, "text/plain", no(409, "gap", `,"change":0,"want":7`), 409),
		"a 503 that does not say when":                   push(sent, problem, no(503, "busy", ""), 503),
		"an answer that a cache may keep":                {method: "GET", path: "/healthz", status: 200, head: http.Header{"Content-Type": {"text/plain"}}, answer: []byte("ok\n")},
		"a path that is not described":                   {method: "GET", path: "/api/v1/x", status: 200, head: http.Header{"Content-Type": {"application/json"}}, answer: []byte("{}")},
		"a request with a key that is not described":     push(strings.Replace(sent, `"schema"`, `"admin":true,"schema"`, 1), "application/json", took, 200),
		"a request of another shape":                     push(strings.Replace(sent, `"n":1`, `"n":"1"`, 1), "application/json", took, 200),
		"a request without its token":                    noToken,
		"a refusal of what the description would accept": push(sent, problem, no(422, "unknown-field", ""), 422),
	} {
		if e.check() == nil {
			t.Errorf("nothing is said of %s", name)
		}
	}
}
