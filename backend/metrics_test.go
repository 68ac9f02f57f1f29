package backend_test

import (
	"strings"
	"testing"
)

func TestMetricsCountAndNameNobody(t *testing.T) { // for the operator; no person, no plan
	s := start(t)
	jonas, karen := s.signIn("case-1/c1-jonas", "c_jonas"), s.signIn("case-1/c1-karen", "c_karen")
	karen.always()
	jonas.push(jonas.change("case-1", 1, 1, "j1", obj{"rec": "t-new", "kind": "task", "new": obj{"title": "Ringe til PPR", "responsible": "c1-karen"}}))
	karen.told("t-new")
	var out strings.Builder
	if err := s.server.Metrics(&out); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{`samspor_notices_total{state="queued"} 1`, `samspor_notices_total{state="sent"} 1`, `samspor_push_total{result="accepted"} 0`, "samspor_store_healthy 1"} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("%s is not in\n%s", line, out.String())
		}
	}
	for _, word := range []string{"karen", "case-1", "t-new", "PPR"} {
		if strings.Contains(out.String(), word) {
			t.Errorf("the metrics say %q", word)
		}
	}
}
