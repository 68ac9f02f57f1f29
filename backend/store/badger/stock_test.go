package badger

import (
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"samspor/sync/kv"
)

// gate is a log of Badger's that holds a commit up while it is written.
type gate struct {
	alarm
	reached, open chan struct{}
}

func (g *gate) Debugf(f string, _ ...any) {
	if strings.HasPrefix(f, "Writing to memtable") && g.reached != nil {
		g.reached <- struct{}{}
		<-g.open
	}
}

func opened(t *testing.T, log badger.Logger) *Store {
	t.Helper()
	s := &Store{}
	if err := s.open(t.TempDir(), log); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newGate() *gate {
	return &gate{alarm: alarm{log: slog.New(slog.DiscardHandler), hurt: new(atomic.Bool)}}
}

// set commits a key at a revision.
func set(s *Store, rev uint64) error {
	return s.Commit(kv.Batch{Put: []kv.Entry{{Key: []byte("k"), Value: []byte("v"), Rev: rev}}})
}

// see gives the revision that a reader sees, inside so many other readers.
func see(s *Store, others int) (rev uint64, err error) {
	err = s.View(func(r kv.Reader) error {
		if others > 0 {
			rev, err = see(s, others-1)
			return err
		}
		_, rev, err = r.Get([]byte("k"))
		return err
	})
	return rev, err
}

func TestAReaderDoesNotWaitForACommitOnItsWay(t *testing.T) {
	g := newGate()
	s := opened(t, g)
	if err := set(s, 1); err != nil {
		t.Fatal(err)
	}
	g.reached, g.open = make(chan struct{}), make(chan struct{})
	committed, read := make(chan error, 1), make(chan error, 1)
	go func() { committed <- set(s, 2) }()
	<-g.reached
	var got uint64
	go func() {
		var err error
		got, err = see(s, 0)
		read <- err
	}()
	select {
	case err := <-read:
		if err != nil || got != 1 {
			t.Errorf("got revision %d, %v, want what was there before: 1", got, err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the reader waits for the commit")
	}
	close(g.open)
	if err := <-committed; err != nil {
		t.Fatal(err)
	}
	if got, err := see(s, 0); err != nil || got != 2 {
		t.Errorf("after the commit: got revision %d, %v, want 2", got, err)
	}
}

func TestAReaderSeesEveryCommitThatHasReturnedAlsoWhenTheStockIsEmpty(t *testing.T) {
	s := opened(t, newGate())
	for rev := uint64(1); rev <= 5; rev++ {
		if err := set(s, rev); err != nil {
			t.Fatal(err)
		}
		for _, others := range []int{0, minStock, 2 * maxStock} {
			if got, err := see(s, others); err != nil || got != rev {
				t.Fatalf("beside %d readers: got revision %d, %v, want %d", others, got, err, rev)
			}
		}
	}
}

func TestAnEarlierMomentDoesNotReplaceALaterOne(t *testing.T) {
	s := opened(t, newGate())
	early := []*badger.Txn{s.db.NewTransaction(false)}
	if err := set(s, 1); err != nil {
		t.Fatal(err)
	}
	rest := s.stock.swap(early)
	if len(rest) != 1 || rest[0] != early[0] {
		t.Error("a commit that returns late must not take back what a reader could see")
	}
	discard(rest)
}

func TestReadersAndCommitsDoNotDisturbEachOther(t *testing.T) { // with -race
	s := opened(t, newGate())
	done := make(chan error, 5)
	for w := range 2 {
		go func() {
			key := []byte{byte(w)}
			for rev := uint64(1); rev <= 50; rev++ {
				if err := s.Commit(kv.Batch{Put: []kv.Entry{{Key: key, Rev: rev}}}); err != nil {
					done <- err
					return
				}
				err := s.View(func(r kv.Reader) error {
					if _, got, err := r.Get(key); err != nil || got != rev {
						t.Errorf("writer %d: got revision %d, %v, want its own: %d", w, got, err, rev)
					}
					return nil
				})
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 3 {
		go func() {
			for range 200 {
				if _, err := see(s, 3); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 5 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
