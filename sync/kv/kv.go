// Package kv is the store as sync sees it: ordered keys, one snapshot to read
// from, one atomic batch to write.
//
// Its one rule: an engine that answers Commit without an error has the batch on
// disk (or on the quorum), whole. Every key is built in keys.go, whose table is
// the key space; Suite in package kvtest is what each engine must pass.
package kv

import (
	"errors"
)

// Entry is one key with its value and revision. A revision is the number the
// writer gave the value; 0 means that the key is absent.
type Entry struct {
	Key, Value []byte
	Rev        uint64
}

// Reader reads one snapshot. What it hands out is the caller's to keep.
type Reader interface {
	// Get gives the value and its revision; revision 0 says the key is absent.
	Get(key []byte) (value []byte, rev uint64, err error)
	// Scan gives the keys that begin with prefix, in byte order, from the first
	// one ≥ from (nil: all), until yield says false.
	Scan(prefix, from []byte, yield func(Entry) bool) error
}

// Guard lets a batch through only while the key still has this revision (0: is absent).
type Guard struct {
	Key []byte
	Rev uint64
}

// Batch is what one commit changes, all of it or nothing.
type Batch struct {
	Guards []Guard
	Put    []Entry
	Del    [][]byte
}

// ErrGuard says that a guarded key has changed since it was read: read again and retry.
var ErrGuard = errors.New("kv: a guarded key has changed")

// Engine is a store. Any error of Commit but ErrGuard leaves open whether the
// batch was stored: the process must stop, and clients ask again by id.
type Engine interface {
	View(func(Reader) error) error
	Commit(Batch) error
	Close() error
}
