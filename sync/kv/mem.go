package kv

import (
	"bytes"
	"slices"
	"sort"
	"sync"
)

// Mem is the engine that keeps everything in memory, for tests and simulation.
type Mem struct {
	mu   sync.RWMutex
	keys []string // sorted
	vals map[string]Entry
}

// NewMem makes an empty engine.
func NewMem() *Mem { return &Mem{vals: map[string]Entry{}} }

// View reads under the lock, so the snapshot cannot move.
func (m *Mem) View(read func(Reader) error) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return read((*memReader)(m))
}

// Commit writes the batch, all of it or nothing.
func (m *Mem) Commit(b Batch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range b.Guards {
		if m.vals[string(g.Key)].Rev != g.Rev {
			return ErrGuard
		}
	}
	for _, k := range b.Del {
		if _, ok := m.vals[string(k)]; ok {
			delete(m.vals, string(k))
			i := sort.SearchStrings(m.keys, string(k))
			m.keys = slices.Delete(m.keys, i, i+1)
		}
	}
	for _, e := range b.Put {
		if _, ok := m.vals[string(e.Key)]; !ok {
			i := sort.SearchStrings(m.keys, string(e.Key))
			m.keys = slices.Insert(m.keys, i, string(e.Key))
		}
		m.vals[string(e.Key)] = Entry{Key: bytes.Clone(e.Key), Value: bytes.Clone(e.Value), Rev: e.Rev}
	}
	return nil
}

// Close has nothing to do.
func (m *Mem) Close() error { return nil }

type memReader Mem

func (r *memReader) Get(key []byte) ([]byte, uint64, error) {
	e := r.vals[string(key)]
	return bytes.Clone(e.Value), e.Rev, nil
}

func (r *memReader) Scan(prefix, from []byte, yield func(Entry) bool) error {
	start := prefix
	if bytes.Compare(from, prefix) > 0 {
		start = from
	}
	for i := sort.SearchStrings(r.keys, string(start)); i < len(r.keys); i++ {
		if !bytes.HasPrefix([]byte(r.keys[i]), prefix) {
			return nil
		}
		e := r.vals[r.keys[i]]
		if !yield(Entry{Key: bytes.Clone(e.Key), Value: bytes.Clone(e.Value), Rev: e.Rev}) {
			return nil
		}
	}
	return nil
}
