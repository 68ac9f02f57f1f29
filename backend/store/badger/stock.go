package badger

import (
	"sync"

	"github.com/dgraph-io/badger/v4"
)

// How many transactions a stock holds.
const (
	minStock = 8
	maxStock = 64
)

// stock holds read-only transactions, opened right after a commit. Badger lets a
// new one wait until every commit before it is on disk; without a stock each
// reader would wait for the commit that is on its way. What is not on disk yet has
// been answered to nobody, so a reader may see the store without it.
type stock struct {
	mu    sync.Mutex
	at    uint64 // the moment they read
	free  []*badger.Txn
	taken int // since they were opened
}

// take gives a transaction that is the caller's to discard, nil when none is left.
func (s *stock) take() *badger.Txn {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken++
	last := len(s.free) - 1
	if last < 0 {
		return nil
	}
	txn := s.free[last]
	s.free = s.free[:last]
	return txn
}

// renew opens others of this moment in the place of those that are left, as many
// as the readers have lately asked for and as many again.
func (s *stock) renew(db *badger.DB) {
	s.mu.Lock()
	n := min(max(minStock, 2*s.taken), maxStock)
	s.mu.Unlock()
	fresh := make([]*badger.Txn, n)
	for i := range fresh {
		fresh[i] = db.NewTransaction(false)
	}
	discard(s.swap(fresh))
}

func (s *stock) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	discard(s.free)
	s.free = nil
}

func discard(txns []*badger.Txn) {
	for _, txn := range txns {
		txn.Discard()
	}
}

// swap puts transactions on the shelf and gives those that are not needed. Of two
// commits that end together, what the later one opened stays.
func (s *stock) swap(fresh []*badger.Txn) (rest []*badger.Txn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := fresh[0].ReadTs() // the others read this moment or a later one
	if at < s.at {
		return fresh
	}
	rest = s.free
	s.at, s.free, s.taken = at, fresh, 0
	return rest
}
