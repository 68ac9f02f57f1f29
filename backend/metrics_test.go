package backend_test

import (
	"strings"
	"testing"
	"time"
)

func (s *system) metrics() string {
	s.t.Helper()
	var out strings.Builder
	if err := s.server.Metrics(&out); err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

func TestMetricsCountAndNameNobody(t *testing.T) { // for the operator; no person, no plan
	s := start(t)
	jonas, karen := s.signIn("case-1/c1-jonas", "c_jonas"), s.signIn("case-1/c1-karen", "c_karen")
	karen.always()
	jonas.push(jonas.change("case-1", 1, 1, "j1", obj{"rec": "t-new", "kind": "task", "new": obj{"title": "Ringe til PPR", "responsible": "c1-karen"}}))
	karen.told("t-new")
	out := s.metrics()
	const sent = `samspor_notices_total{state="sent"} 1`
	for end := time.After(20 * time.Second); !strings.Contains(out, sent+"\n"); out = s.metrics() { // told a moment before it is sent
		select {
		case <-end:
			t.Fatalf("%s is not in\n%s", sent, out)
		case <-time.After(20 * time.Millisecond):
		}
	}
	for _, line := range []string{`samspor_notices_total{state="queued"} 1`, `samspor_push_total{result="accepted"} 0`, "samspor_store_healthy 1"} {
		if !strings.Contains(out, line+"\n") {
			t.Errorf("%s is not in\n%s", line, out)
		}
	}
	for _, word := range []string{"karen", "case-1", "t-new", "PPR"} {
		if strings.Contains(out, word) {
			t.Errorf("the metrics say %q", word)
		}
	}
}
