package sim

import (
	"errors"
	"hash"
	"math/rand/v2"

	"samspor/sync/kv"
)

// errCrash is what the server sees when it dies in the middle of a call.
var errCrash = errors.New("sim: the server has crashed")

// disk is a store that keeps its promise (a commit is whole or not at all) and
// nothing else: the server may die at every call, before a commit, or after it
// and before anybody hears that it was done.
type disk struct {
	w     *world
	mem   *kv.Mem
	rng   *rand.Rand
	calls int
	heard func(kv.Batch) // of everything that is stored
}

// dies says whether the server crashes at this call.
func (d *disk) dies(odds float64) bool {
	if d.w.isCalm {
		return false
	}
	d.calls++
	if d.w.CrashAt > 0 {
		return d.calls == d.w.CrashAt
	}
	return !d.w.Calm && d.rng.Float64() < odds*d.w.wind.crash
}

// View gives one snapshot; the server may die at each look into it.
func (d *disk) View(read func(kv.Reader) error) error {
	if d.dies(0.05) {
		return errCrash
	}
	return d.mem.View(func(r kv.Reader) error { return read(diskReader{r, d}) })
}

// Commit stores the batch, or not, and says so, or not.
func (d *disk) Commit(b kv.Batch) error {
	if d.dies(0.5) {
		d.w.counts["crash before commit"]++
		return errCrash
	}
	if !d.w.isCalm && !d.w.Calm && d.w.CrashAt == 0 && d.rng.Float64() < d.w.wind.guard {
		d.w.counts["commit lost to another node"]++
		return kv.ErrGuard
	}
	if err := d.mem.Commit(b); err != nil {
		return err
	}
	d.heard(b)
	if d.dies(0.5) {
		d.w.counts["crash after commit"]++
		return errCrash
	}
	return nil
}

// Close has nothing to do.
func (d *disk) Close() error { return nil }

type diskReader struct {
	kv.Reader
	d *disk
}

func (r diskReader) Get(key []byte) ([]byte, uint64, error) {
	if r.d.dies(0.01) {
		return nil, 0, errCrash
	}
	return r.Reader.Get(key)
}

func (r diskReader) Scan(prefix, from []byte, yield func(kv.Entry) bool) error {
	if r.d.dies(0.01) {
		return errCrash
	}
	return r.Reader.Scan(prefix, from, yield)
}

// look reads what is stored, past the crashes.
func (d *disk) look(read func(kv.Reader)) {
	err := d.mem.View(func(r kv.Reader) error { read(r); return nil })
	if err != nil {
		d.w.breaks("store", "%v", err)
	}
}

// hashInto adds everything that is stored.
func (d *disk) hashInto(h hash.Hash64) {
	d.look(func(r kv.Reader) {
		err := r.Scan(nil, nil, func(e kv.Entry) bool {
			h.Write(e.Key)
			h.Write(e.Value)
			return true
		})
		if err != nil {
			d.w.breaks("store", "%v", err)
		}
	})
}

func newDisk(w *world, heard func(kv.Batch)) *disk {
	return &disk{w: w, mem: kv.NewMem(), rng: w.dice("disk", 0), heard: heard}
}
