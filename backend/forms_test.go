package backend_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"
)

func TestFormsArePrintedForThoseWhoSeeThem(t *testing.T) { // R32, FM1
	s := start(t)
	get := func(who string, body obj) (int, []byte) {
		t.Helper()
		resp := s.signIn("case-1/"+who, "c_"+who).send("/api/v1/forms/pdf", body)
		out, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, out
	}
	status, all := get("c1-signe", obj{"space": "case-1", "language": "da"})
	if status != http.StatusOK || !bytes.HasPrefix(all, []byte("%PDF-")) {
		t.Fatalf("got %d", status)
	}
	if _, one := get("c1-thomas", obj{"space": "case-1", "rec": "c1-f1", "language": "nb"}); !bytes.HasPrefix(one, []byte("%PDF-")) || len(one) >= len(all) {
		t.Errorf("one form is %d bytes, all are %d", len(one), len(all))
	}
	for who, body := range map[string]obj{
		"c1-birthe": {"space": "case-1", "language": "da"},                   // sees no form
		"c1-karen":  {"space": "case-4", "language": "da"},                   // is not in that plan
		"c1-jonas":  {"space": "case-1", "rec": "no-such", "language": "da"}, // there is none
		"c1-nadia":  {"space": "../case-1", "language": "da"},                // is no id
	} {
		if status, _ := get(who, body); status != http.StatusNotFound {
			t.Errorf("%s gets %d", who, status)
		}
	}
}
