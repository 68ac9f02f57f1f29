// Package store stands between sync and an engine: every value goes through a
// frame on its way to disk and back.
//
// Its one rule: a value that is empty, cut, swapped or stale is an error, never
// an empty plan. Start with Framed.
package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"samspor/sync/kv"
)

// ErrDamaged says that a stored value is not what was written under this key.
var ErrDamaged = errors.New("store: a value is damaged or lies under another key")

// frameV1 is the version byte of an unsealed frame: version, CRC-32C over key,
// revision and value, value. A sealed frame will be the next version.
const frameV1 = 1

const frameHead = 5

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Framed wraps an engine so that every value is framed.
func Framed(e kv.Engine) kv.Engine { return framed{e} }

type framed struct{ kv.Engine }

func (f framed) View(read func(kv.Reader) error) error {
	return f.Engine.View(func(r kv.Reader) error { return read(framedReader{r}) })
}

func (f framed) Commit(b kv.Batch) error {
	put := make([]kv.Entry, len(b.Put))
	for i, e := range b.Put {
		put[i] = kv.Entry{Key: e.Key, Value: frame(e.Key, e.Rev, e.Value), Rev: e.Rev}
	}
	b.Put = put
	return f.Engine.Commit(b)
}

type framedReader struct{ kv.Reader }

func (f framedReader) Get(key []byte) ([]byte, uint64, error) {
	v, rev, err := f.Reader.Get(key)
	if err != nil || rev == 0 {
		return nil, rev, err
	}
	v, err = unframe(key, rev, v)
	return v, rev, err
}

func (f framedReader) Scan(prefix, from []byte, yield func(kv.Entry) bool) error {
	var bad error
	err := f.Reader.Scan(prefix, from, func(e kv.Entry) bool {
		e.Value, bad = unframe(e.Key, e.Rev, e.Value)
		return bad == nil && yield(e)
	})
	return errors.Join(err, bad)
}

func frame(key []byte, rev uint64, value []byte) []byte {
	out := make([]byte, frameHead, frameHead+len(value))
	out[0] = frameV1
	binary.BigEndian.PutUint32(out[1:], sum(key, rev, value))
	return append(out, value...)
}

func unframe(key []byte, rev uint64, framed []byte) ([]byte, error) {
	if len(framed) < frameHead || framed[0] != frameV1 {
		return nil, ErrDamaged
	}
	value := framed[frameHead:]
	if binary.BigEndian.Uint32(framed[1:]) != sum(key, rev, value) {
		return nil, ErrDamaged
	}
	return value, nil
}

func sum(key []byte, rev uint64, value []byte) uint32 {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], rev)
	c := crc32.Update(0, castagnoli, key)
	c = crc32.Update(c, castagnoli, n[:])
	return crc32.Update(c, castagnoli, value)
}
