package backend_test

import (
	"strings"
	"testing"
	"time"
)

type inboxed struct {
	Notices []struct {
		ID, Kind, Space, Rec string
		At                   time.Time
		Opened               bool
	}
	Due int
}

func (x *stranger) inbox() (in inboxed) {
	x.s.t.Helper()
	x.asks("GET", "/api/v1/notices", nil, 200, &in)
	return in
}

// always lets a person be told at any hour, so that a test may run at any.
func (x *stranger) always() {
	x.s.t.Helper()
	x.asks("PUT", "/api/v1/reminders", obj{"weekends": true, "quietFrom": "00:00", "quietTo": "00:00"}, 200, nil)
}

// told waits until a person's inbox speaks of a record, and gives the notice's id.
func (x *stranger) told(rec string) string {
	x.s.t.Helper()
	for end := time.After(20 * time.Second); ; {
		for _, n := range x.inbox().Notices {
			if n.Rec == rec {
				return n.ID
			}
		}
		select {
		case <-end:
			x.s.t.Fatalf("nothing about %s came: %+v", rec, x.inbox())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func TestTheServersOwnClockFillsTheInbox(t *testing.T) { // R49, R50: from the change to the notice, in the running server
	s := start(t)
	jonas, karen := s.signIn("case-1/c1-jonas", "c_jonas"), s.signIn("case-1/c1-karen", "c_karen")
	karen.always()
	jonas.push(jonas.change("case-1", 1, 1, "j1", obj{"rec": "t-new", "kind": "task", "new": obj{"title": "Ringe til PPR", "responsible": "c1-karen", "due": "2026-12-20"}}))
	id := karen.told("t-new")
	in := karen.inbox()
	if in.Notices[0].Rec != "t-new" || in.Notices[0].Kind != "task.given" || in.Notices[0].Opened {
		t.Fatalf("Karen's inbox holds %+v", in)
	}
	if len(id) != 22 || strings.Contains(id, "t-new") {
		t.Errorf("its id is %q", id)
	}
	var one struct{ Rec, Space string }
	if karen.asks("GET", "/api/v1/notices/"+id, nil, 200, &one); one.Rec != "t-new" || one.Space != "case-1" {
		t.Errorf("it stands for %+v", one)
	}
	jonas.asks("GET", "/api/v1/notices/"+id, nil, 404, nil)
	jonas.asks("POST", "/api/v1/notices/"+id+"/opened", obj{}, 404, nil)
	for range 2 {
		karen.asks("POST", "/api/v1/notices/"+id+"/opened", obj{}, 200, nil)
	}
	if in = karen.inbox(); !in.Notices[0].Opened {
		t.Error("it is not opened")
	}
	for _, no := range []string{"nothing", strings.Repeat("a", 500), "..%2f..", "%00"} {
		karen.asks("GET", "/api/v1/notices/"+no, nil, 404, nil)
	}
}

func TestHowAPersonWantsToBeReminded(t *testing.T) { // bad inputs 70-72 as far as they reach the door
	s := start(t)
	karen := s.signIn("case-1/c1-karen", "c_karen")
	var set struct {
		Zone, QuietFrom, QuietTo, Email, Language string
		Weekends, Shared                          bool
		Off                                       []string
	}
	if karen.asks("GET", "/api/v1/reminders", nil, 200, &set); set.QuietFrom != "20:00" || set.QuietTo != "07:00" || set.Weekends || len(set.Off) != 0 {
		t.Errorf("by itself it is %+v", set)
	}
	want := obj{"zone": "Europe/Oslo", "quietFrom": "21:30", "quietTo": "06:00", "weekends": true, "off": []string{"plan"}, "email": "karen@skole.example", "language": "nb", "shared": true}
	karen.asks("PUT", "/api/v1/reminders", want, 200, nil)
	if karen.asks("GET", "/api/v1/reminders", nil, 200, &set); set.Zone != "Europe/Oslo" || set.QuietFrom != "21:30" || set.Off[0] != "plan" || !set.Shared || set.Email != "karen@skole.example" {
		t.Errorf("it is kept as %+v", set)
	}
	for name, c := range map[string]struct {
		body obj
		code string
	}{
		"72 a zone that is none":  {obj{"zone": "Mars/X"}, "bad-zone"},
		"the machine's own zone":  {obj{"zone": "Local"}, "bad-zone"},
		"71 a time that is none":  {obj{"quietFrom": "25:00"}, "bad-time-of-day"},
		"an address that is none": {obj{"email": "karen"}, "bad-email"},
		"an address and a header": {obj{"email": "a@b.example\r\nBcc: c@d.example"}, "bad-email"},
		"a kind that is none":     {obj{"off": []string{"everything"}}, "bad-kind"},
		"a field that is none":    {obj{"quiet": true}, "unknown-field"},
		"a wrong type":            {obj{"weekends": "yes"}, "wrong-type"},
	} {
		var p struct{ Code string }
		if karen.asks("PUT", "/api/v1/reminders", c.body, 422, &p); p.Code != c.code {
			t.Errorf("%s: %s", name, p.Code)
		}
	}
	if karen.asks("GET", "/api/v1/reminders", nil, 200, &set); set.Zone != "Europe/Oslo" {
		t.Error("a refused wish changed something")
	}
}
