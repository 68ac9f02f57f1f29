package store

import (
	"errors"
	"testing"

	"samspor/sync/kv"
	"samspor/sync/kv/kvtest"
)

func TestFramedStoreKeepsTheContract(t *testing.T) {
	kvtest.Suite(t, func(*testing.T) kv.Engine { return Framed(kv.NewMem()) })
}

func TestDamagedValuesAreErrorsAndNeverEmptyPlans(t *testing.T) {
	good := frame([]byte("k"), 3, []byte("value"))
	flipped := append([]byte(nil), good...)
	flipped[7] ^= 4
	for name, c := range map[string]struct {
		key string
		rev uint64
		val []byte
	}{
		"empty":             {"k", 3, nil},
		"cut":               {"k", 3, good[:len(good)-1]},
		"a flipped bit":     {"k", 3, flipped},
		"of another key":    {"l", 3, good},
		"of another time":   {"k", 2, good},
		"a later version":   {"k", 3, append([]byte{9}, good[1:]...)},
		"without its frame": {"k", 3, []byte("value")},
	} {
		t.Run(name, func(t *testing.T) {
			e := kv.NewMem()
			if err := e.Commit(kv.Batch{Put: []kv.Entry{{Key: []byte(c.key), Value: c.val, Rev: c.rev}}}); err != nil {
				t.Fatal(err)
			}
			err := Framed(e).View(func(r kv.Reader) error {
				_, _, err := r.Get([]byte(c.key))
				return err
			})
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("get: got %v, want ErrDamaged", err)
			}
			err = Framed(e).View(func(r kv.Reader) error {
				return r.Scan(nil, nil, func(kv.Entry) bool { return true })
			})
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("scan: got %v, want ErrDamaged", err)
			}
		})
	}
}
