package backend_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"
)

// ask makes a request with another method than POST.
func (x *stranger) ask(method, path string, body []byte) *http.Response {
	x.s.t.Helper()
	req := x.request(path, body)
	req.Method = method
	if body == nil {
		req.Body, req.ContentLength = nil, 0
	}
	return x.do(req)
}

// calendar gives this person's calendar a new address.
func (x *stranger) calendar(language string, details bool) (path string) {
	x.s.t.Helper()
	var at struct{ Path string }
	body, err := json.Marshal(obj{"language": language, "details": details})
	if err != nil {
		x.s.t.Fatal(err)
	}
	x.decode(x.ask("PUT", "/api/v1/calendar", body), 200, &at)
	return at.Path
}

// events reads the calendar under an address, as a program without a token does.
func (s *system) events(path string) (events []*ical.VEvent, raw string) {
	s.t.Helper()
	nobody := &stranger{s: s}
	resp := nobody.ask("GET", path, nil)
	if ct := resp.Header.Get("Content-Type"); ct != "text/calendar; charset=utf-8" {
		s.t.Errorf("the calendar is %s", ct)
	}
	raw = string(nobody.decode(resp, 200, nil))
	cal, err := ical.ParseCalendar(strings.NewReader(raw))
	if err != nil {
		s.t.Fatal(err)
	}
	return cal.Events(), raw
}

func TestACalendarHoldsMyMeetingsAndMyDueDates(t *testing.T) { // neutral titles; one event each; R50
	s := start(t)
	s.turn(time.Date(2026, 8, 20, 12, 0, 0, 0, time.UTC))
	karen := s.signIn("case-1/c1-karen", "c_karen")
	path := karen.calendar("da", false)
	events, raw := s.events(path)
	meetings, dues := 0, 0
	seen := map[string]bool{}
	for _, e := range events {
		switch title := e.GetProperty(ical.ComponentPropertySummary).Value; title {
		case "Samspor: møde":
			meetings++
		case "Samspor: frist":
			dues++
		default:
			t.Errorf("a title says %q", title)
		}
		if seen[e.Id()] || strings.Contains(e.Id(), "c1-") {
			t.Errorf("the id %q stands twice or tells what it is", e.Id())
		}
		seen[e.Id()] = true
	}
	if meetings == 0 || dues == 0 {
		t.Fatalf("%d meetings and %d due dates:\n%s", meetings, dues, raw)
	}
	for _, f := range karen.pull().Spaces["case-1"].Put {
		for _, field := range []string{"title", "name", "place", "organisation", "purpose"} {
			if word, ok := f.F[field].(string); ok && utf8.RuneCountInString(word) > 4 && strings.Contains(raw, word) {
				t.Errorf("the calendar says %q", word)
			}
		}
	}
	for _, line := range strings.Split(strings.TrimSuffix(raw, "\r\n"), "\r\n") { // RFC 5545, 3.1
		if len(line) > 75 || strings.Contains(line, "\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}

	detailed := karen.calendar("da", true)
	if with, _ := s.events(detailed); len(with) != len(events) || with[0].GetProperty(ical.ComponentPropertySummary).Value == "Samspor: møde" {
		t.Errorf("asked for, the titles are the real ones: %d events", len(with))
	}
	nobody := &stranger{s: s}
	nobody.decode(nobody.ask("GET", path, nil), 404, nil) // the older address has ended
	var state struct {
		On, Details bool
		Language    string
	}
	karen.decode(karen.ask("GET", "/api/v1/calendar", nil), 200, &state)
	if !state.On || !state.Details || state.Language != "da" {
		t.Errorf("it stands as %+v", state)
	}
	karen.decode(karen.ask("DELETE", "/api/v1/calendar", nil), 200, nil)
	karen.decode(karen.ask("DELETE", "/api/v1/calendar", nil), 200, nil)
	nobody.decode(nobody.ask("GET", detailed, nil), 404, nil)
	karen.decode(karen.ask("GET", "/api/v1/calendar", nil), 200, &state)
	if state.On {
		t.Error("a closed calendar is still on")
	}
	if strings.Contains(s.log.take(), strings.TrimPrefix(path, "/api/v1/calendar/")) {
		t.Error("the address stands in the log")
	}
}

func TestACalendarShowsWhatThePersonMaySeeNow(t *testing.T) { // one gate for reading; a member no more sees nothing
	s := start(t)
	s.turn(time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC))
	tea := s.signIn("case-4/c4-tea", "c_tea")
	path := tea.calendar("en", false)
	before, _ := s.events(path)
	tea.push(tea.change("case-4", 1, 1, "t1", obj{"rec": "t-new", "kind": "task", "new": obj{
		"title": "Hente papirerne", "responsible": "c4-tea", "due": "2026-10-30",
	}}))
	if events, raw := s.events(path); len(events) != len(before)+1 || !strings.Contains(raw, "SUMMARY:Samspor: due") || !strings.Contains(raw, "DTSTART;VALUE=DATE:20261030") {
		t.Fatalf("%d events:\n%s", len(events), raw)
	}
	tea.push(tea.change("case-4", 2, 1, "t2", set("t-new", "state", "done")))
	if events, raw := s.events(path); len(events) != len(before) {
		t.Errorf("a task that is done still stands there:\n%s", raw)
	}
}

func TestABadWishForACalendarChangesNothing(t *testing.T) {
	s := start(t)
	karen := s.signIn("case-1/c1-karen", "c_karen")
	for body, status := range map[string]int{
		`{"language":"xx"}`: 422, `{}`: 422, `{"language":"da","more":1}`: 422, `{"language":1}`: 422, `[]`: 422, `{"language":`: 400,
	} {
		karen.decode(karen.ask("PUT", "/api/v1/calendar", []byte(body)), status, nil)
	}
	var state struct{ On bool }
	karen.decode(karen.ask("GET", "/api/v1/calendar", nil), 200, &state)
	if state.On {
		t.Error("a refused wish opened a calendar")
	}
	nobody := &stranger{s: s}
	for _, path := range []string{"/api/v1/calendar", "/api/v1/calendar/x.ics", "/api/v1/calendar/.ics", "/api/v1/calendar/" + strings.Repeat("a", 5000) + ".ics"} {
		if resp := nobody.ask("GET", path, nil); resp.StatusCode != 401 && resp.StatusCode != 404 {
			t.Errorf("%.40s answers %d", path, resp.StatusCode)
		}
	}
}
