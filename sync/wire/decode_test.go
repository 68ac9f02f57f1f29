package wire_test

import (
	"bytes"
	"errors"
	"testing"

	"samspor/sync/wire"
)

// FuzzDecodePush reads any body as a push. What is refused names its problem; what
// is taken means the same after it was written and read again.
func FuzzDecodePush(f *testing.F) {
	const change = `{"space":"k7","n":42,"id":"c1","base":318,"at":"2026-03-04T10:00:00Z","ops":`
	for _, body := range []string{
		`{"client":"c_1","schema":1,"now":"2026-03-04T10:00:00Z","changes":[]}`,
		`{"client":"c_1","schema":1,"now":"2026-03-04T10:00:00.5+02:00","changes":[` + change + `[{"rec":"t9","kind":"task","set":{"state":"done"},"was":{"state":"open"}}]}]}`,
		`{"client":"c_1","schema":1,"now":"2026-03-04T10:00:00Z","changes":[` + change + `[{"rec":"t9","add":{"helpers":["p3"]},"remove":{"helpers":["p1"]}},{"rec":"t4","del":true}]},` +
			change + `[{"conflict":"x1","choose":"value","set":{"title":" å\ud83d\ude00\u0000"}}]}]}`,
		`{"client":"c_1","schema":1,"now":"2026-03-04T10:00:00Z","changes":[` + change + ` { "z" : 1.50e2, "a" : [ -0 , 1E-7 ] } }]}`,
		`{"client":"c_1","schema":1,"now":"2026-03-04T10:00:00Z","changes":[` + change + `null}]}`,
		`{"client":"c_1","schema":18446744073709551616,"now":"","changes":null}`,
		`{"client":"c_1","client":"c_2"}`, `{"Client":"c_1"}`, `{"client":"\ud800"}`, `{"changes":[{"ops":1e999}]}`,
		`[[[[`, "{}{}", "", "nul", "\xff", "\ufeff{}",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var push wire.Push
		if refused(t, wire.Decode(body, &push)) || refused(t, push.Check()) {
			return
		}
		written, err := wire.Encode(&push)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		var again wire.Push
		if err := wire.Decode(written, &again); err != nil {
			t.Fatalf("%s cannot be read: %v", written, err)
		}
		if err := again.Check(); err != nil {
			t.Errorf("%s is not well-formed any more: %v", written, err)
		}
		if twice, err := wire.Encode(&again); err != nil || !bytes.Equal(written, twice) {
			t.Errorf("written again: got %s, %v, want %s", twice, err, written)
		}
		for i := range push.Changes {
			checkOperations(t, &push.Changes[i], &again.Changes[i])
		}
	})
}

func checkOperations(t *testing.T, c, again *wire.Change) {
	t.Helper()
	ops, err := c.Operations()
	opsAgain, errAgain := again.Operations()
	if (err == nil) != (errAgain == nil) {
		t.Fatalf("%s: operations are read once and not twice: %v, %v", c.Ops, err, errAgain)
	}
	if err != nil {
		return
	}
	one, err := wire.Encode(ops)
	if err != nil {
		t.Fatalf("operations that were read cannot be written: %v", err)
	}
	if two, err := wire.Encode(opsAgain); err != nil || !bytes.Equal(one, two) {
		t.Errorf("operations written again: got %s, %v, want %s", two, err, one)
	}
}

// refused says whether a body is not what it should be; it must say so by a slug.
func refused(t *testing.T, err error) bool {
	t.Helper()
	var bad *wire.Bad
	if err != nil && (!errors.As(err, &bad) || bad.Slug == "") {
		t.Errorf("refused without a slug: %v", err)
	}
	return err != nil
}
