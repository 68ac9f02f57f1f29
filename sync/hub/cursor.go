package hub

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"time"

	"samspor/sync/plan"
)

// cursor is how far a phone has read a space. It travels sealed with a MAC, so
// that nobody moves it, shares it or takes it to another space.
type cursor struct {
	Since  uint64 // base includes everything up to here
	Epoch  uint64 // what the phone was allowed to see
	Issued int64  // unix seconds
	Schema uint8
	Seq    uint64        // where the next page goes on
	Rec    plan.RecordID // after this record of that number
}

const (
	cursorVersion = 1
	cursorFixed   = 1 + 8 + 8 + 8 + 1 + 8
	cursorMAC     = 16
)

// horizon is how long the server remembers what a phone may have seen; an older cursor starts afresh.
const horizon = 30 * 24 * time.Hour

func (c cursor) seal(key []byte, account plan.AccountID, space plan.SpaceID) string {
	b := make([]byte, 0, cursorFixed+len(c.Rec)+cursorMAC)
	b = append(b, cursorVersion)
	b = binary.BigEndian.AppendUint64(b, c.Since)
	b = binary.BigEndian.AppendUint64(b, c.Epoch)
	b = binary.BigEndian.AppendUint64(b, uint64(c.Issued))
	b = append(b, c.Schema)
	b = binary.BigEndian.AppendUint64(b, c.Seq)
	b = append(b, c.Rec...)
	b = append(b, cursorSum(key, account, space, b)...)
	return base64.RawURLEncoding.EncodeToString(b)
}

// openCursor reads a token; ok is false for every token that this server did not
// write for this account and space.
func openCursor(key []byte, account plan.AccountID, space plan.SpaceID, token string) (c cursor, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || strings.ContainsAny(token, "\r\n") || len(b) < cursorFixed+cursorMAC || b[0] != cursorVersion {
		return c, false
	}
	body, mac := b[:len(b)-cursorMAC], b[len(b)-cursorMAC:]
	if !hmac.Equal(mac, cursorSum(key, account, space, body)) {
		return c, false
	}
	return cursor{
		Since: binary.BigEndian.Uint64(body[1:]), Epoch: binary.BigEndian.Uint64(body[9:]),
		Issued: int64(binary.BigEndian.Uint64(body[17:])), Schema: body[25],
		Seq: binary.BigEndian.Uint64(body[26:]), Rec: plan.RecordID(body[cursorFixed:]),
	}, true
}

func cursorSum(key []byte, account plan.AccountID, space plan.SpaceID, body []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(account))
	m.Write([]byte{0})
	m.Write([]byte(space))
	m.Write([]byte{0})
	m.Write(body)
	return m.Sum(nil)[:cursorMAC]
}
