// Package badger is the embedded engine behind package kv; nothing else imports Badger.
//
// Its one rule: nothing is answered before it is on disk (SyncWrites), because
// with Badger's default a power cut loses what was acknowledged. Start with Open.
package badger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"samspor/sync/kv"
)

// Store is an open Badger database.
type Store struct {
	db    *badger.DB
	hurt  atomic.Bool
	stock stock
}

// Open opens or makes the database in a folder. The options keep values in the
// tree (no value log, hence no lost tails and no garbage collection) and memory small.
func Open(dir string, log *slog.Logger) (*Store, error) {
	s := &Store{}
	if err := s.open(dir, &alarm{log: log, hurt: &s.hurt}); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Store) open(dir string, log badger.Logger) (err error) {
	opts := badger.DefaultOptions(dir).
		WithSyncWrites(true).
		WithMemTableSize(16 << 20).
		WithNumMemtables(3).
		WithBlockCacheSize(32 << 20).
		WithIndexCacheSize(16 << 20).
		WithValueLogFileSize(64 << 20).
		WithNumCompactors(2).
		WithDetectConflicts(true).
		WithVerifyValueChecksum(true).
		WithLogger(log)
	if s.db, err = badger.Open(opts); err != nil {
		return fmt.Errorf("open store in %s: %w", dir, err)
	}
	s.stock.renew(s.db)
	return nil
}

// Healthy says whether Badger has reported no error since it was opened.
func (s *Store) Healthy() bool { return !s.hurt.Load() }

// View reads one snapshot, which holds every commit that has returned. It does not
// wait for those that have not.
func (s *Store) View(read func(kv.Reader) error) error {
	if s.db.IsClosed() {
		return badger.ErrDBClosed
	}
	txn := s.stock.take()
	if txn == nil { // many readers within one commit: this one may have to wait
		txn = s.db.NewTransaction(false)
	}
	defer txn.Discard()
	return read(reader{txn})
}

// Commit writes a batch in one transaction and returns when it is on disk.
func (s *Store) Commit(b kv.Batch) error {
	err := s.db.Update(func(txn *badger.Txn) error { return write(txn, b) })
	if errors.Is(err, badger.ErrConflict) {
		return kv.ErrGuard
	}
	if err == nil {
		s.stock.renew(s.db)
	}
	return err
}

func write(txn *badger.Txn, b kv.Batch) error {
	r := reader{txn}
	for _, g := range b.Guards {
		_, rev, err := r.Get(g.Key)
		if err != nil {
			return err
		}
		if rev != g.Rev {
			return kv.ErrGuard
		}
	}
	for _, k := range b.Del {
		if err := txn.Delete(k); err != nil {
			return fmt.Errorf("delete: %w", err)
		}
	}
	for _, e := range b.Put {
		v := binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(e.Value)), e.Rev)
		if err := txn.Set(e.Key, append(v, e.Value...)); err != nil {
			return fmt.Errorf("put: %w", err)
		}
	}
	return nil
}

// Close flushes and closes the database.
func (s *Store) Close() error {
	s.stock.close()
	return s.db.Close()
}

type reader struct{ txn *badger.Txn }

func (r reader) Get(key []byte) ([]byte, uint64, error) {
	item, err := r.txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("get: %w", err)
	}
	e, err := entry(item)
	return e.Value, e.Rev, err
}

func (r reader) Scan(prefix, from []byte, yield func(kv.Entry) bool) error {
	opts := badger.DefaultIteratorOptions
	opts.Prefix = prefix
	opts.PrefetchValues = false // a pull mostly reads a handful of rows
	it := r.txn.NewIterator(opts)
	defer it.Close()
	start := prefix
	if string(from) > string(prefix) {
		start = from
	}
	for it.Seek(start); it.ValidForPrefix(prefix); it.Next() {
		e, err := entry(it.Item())
		if err != nil {
			return err
		}
		if !yield(e) {
			return nil
		}
	}
	return nil
}

func entry(item *badger.Item) (kv.Entry, error) {
	v, err := item.ValueCopy(nil)
	if err != nil {
		return kv.Entry{}, fmt.Errorf("read value: %w", err)
	}
	if len(v) < 8 { // Badger gives an empty value without an error when its log is damaged
		return kv.Entry{}, errors.New("store is damaged: a value has no revision")
	}
	return kv.Entry{Key: item.KeyCopy(nil), Value: v[8:], Rev: binary.BigEndian.Uint64(v)}, nil
}

// alarm turns Badger's own errors into a failed health check, because some of
// them (a value log that could not be synced) reach no caller.
type alarm struct {
	log  *slog.Logger
	hurt *atomic.Bool
}

func (a *alarm) Errorf(f string, args ...any) {
	a.hurt.Store(true)
	a.log.Error("store", "engine", "badger", "msg", strings.TrimSpace(fmt.Sprintf(f, args...)))
}

func (a *alarm) Warningf(f string, args ...any) {
	a.log.Warn("store", "engine", "badger", "msg", strings.TrimSpace(fmt.Sprintf(f, args...)))
}
func (a *alarm) Infof(string, ...any)  {}
func (a *alarm) Debugf(string, ...any) {}
