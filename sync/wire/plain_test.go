package wire

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// FuzzPlainBody looks for a body that is taken without the scan, which the scan would refuse.
func FuzzPlainBody(f *testing.F) {
	deep := func(n int) string { return `{"changes":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}` }
	for _, body := range []string{
		`{"client":"c_1","schema":1,"now":"2026-03-04T10:00:00Z","changes":[{"ops":[{"set":{"a":true,"b":1.5}}]}]}`,
		`{"changes":[{"ops":1e999}]}`, `{"changes":[{"ops":[1E9,true,-0.5e-3]}]}`, `{"changes":[{"ops":` + strings.Repeat("9", 400) + `}]}`,
		`{"changes":[{"ops":{"a":1,"a":2}}]}`, `{"client":"\"{[:"}`, `{"client":"\\"}`, `{"client":"\ud800"}`, "{\"client\":\"\xff\"}",
		deep(31), deep(32), `{"changes":[{"ops":{` + strings.Repeat(`"k":1,`, 1001) + `"z":1}}]}`, "}{", "null", " {}", "{}{}",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var push Push
		if !isPlain(body) || json.Unmarshal(body, &push, json.RejectUnknownMembers(true)) != nil {
			return
		}
		if err := scan(body); err != nil {
			t.Errorf("%q is taken, and the scan says %v", body, err)
		}
	})
}
