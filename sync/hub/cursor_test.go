package hub

import (
	"encoding/base64"
	"strings"
	"testing"

	"samspor/sync/plan"
)

// FuzzCursor hands in any token, and any cursor that was sealed and then changed
// by a bit: only what was sealed, for this account and this space, is opened.
func FuzzCursor(f *testing.F) {
	key := []byte("a key that this test alone knows")
	sealed := cursor{Since: 318, Epoch: 2, Issued: 1_772_000_000, Schema: 1, Seq: 12, Rec: "t9"}.seal(key, "a1", "k7")
	zeros := base64.RawURLEncoding.EncodeToString(make([]byte, cursorFixed+cursorMAC))
	for _, token := range []string{sealed, sealed + "=", sealed + "\n", sealed[1:], "A" + sealed, zeros, "AQ", "", "+/", "\x00é"} {
		f.Add(token, uint64(318), uint64(2), int64(1_772_000_000), uint8(1), uint64(12), "t9", uint16(77))
	}
	f.Add("", ^uint64(0), ^uint64(0), int64(-1), ^uint8(0), ^uint64(0), "", ^uint16(0))
	f.Fuzz(func(t *testing.T, token string, since, epoch uint64, issued int64, schema uint8, seq uint64, rec string, bit uint16) {
		bare := strings.NewReplacer("\r", "", "\n", "").Replace(token) // base64 reads past line ends, and they say nothing
		if c, ok := openCursor(key, "a1", "k7", token); ok && c.seal(key, "a1", "k7") != bare {
			t.Errorf("%q was opened and never sealed: %+v", token, c)
		}
		want := cursor{Since: since, Epoch: epoch, Issued: issued, Schema: schema, Seq: seq, Rec: plan.RecordID(rec)}
		sealed := want.seal(key, "a1", "k7")
		if got, ok := openCursor(key, "a1", "k7", sealed); !ok || got != want {
			t.Errorf("sealed %+v, opened %+v, %v", want, got, ok)
		}
		for _, other := range []struct {
			account plan.AccountID
			space   plan.SpaceID
			key     string
		}{{"a2", "k7", string(key)}, {"a1", "k8", string(key)}, {"k7", "a1", string(key)}, {"a1k", "7", string(key)}, {"a1", "k7", "another key"}} {
			if _, ok := openCursor([]byte(other.key), other.account, other.space, sealed); ok {
				t.Errorf("%q was opened for %+v", sealed, other)
			}
		}
		raw, err := base64.RawURLEncoding.DecodeString(sealed)
		if err != nil {
			t.Fatal(err)
		}
		raw[int(bit)/8%len(raw)] ^= 1 << (bit % 8)
		if c, ok := openCursor(key, "a1", "k7", base64.RawURLEncoding.EncodeToString(raw)); ok {
			t.Errorf("%q was opened with a bit changed: %+v", sealed, c)
		}
	})
}
