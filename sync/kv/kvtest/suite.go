// Package kvtest is the contract of package kv as a test: every engine runs it.
package kvtest

import (
	"errors"
	"fmt"
	"testing"

	"samspor/sync/kv"
)

// Suite runs the contract on engines that open makes, each empty.
func Suite(t *testing.T, open func(*testing.T) kv.Engine) {
	put := func(key, val string, rev uint64) kv.Entry {
		return kv.Entry{Key: []byte(key), Value: []byte(val), Rev: rev}
	}
	commit := func(t *testing.T, e kv.Engine, b kv.Batch) {
		t.Helper()
		if err := e.Commit(b); err != nil {
			t.Fatalf("commit: %v", err)
		}
	}
	t.Run("what is put is read back with its revision", func(t *testing.T) {
		e := open(t)
		commit(t, e, kv.Batch{Put: []kv.Entry{put("a", "1", 7), put("empty", "", 1)}})
		wantGet(t, e, "a", "1", 7)
		wantGet(t, e, "empty", "", 1)
		wantGet(t, e, "absent", "", 0)
	})
	t.Run("a delete makes the key absent, a put of the same batch wins", func(t *testing.T) {
		e := open(t)
		commit(t, e, kv.Batch{Put: []kv.Entry{put("a", "1", 1), put("b", "1", 1)}})
		commit(t, e, kv.Batch{Del: [][]byte{[]byte("a"), []byte("b")}, Put: []kv.Entry{put("b", "2", 2)}})
		wantGet(t, e, "a", "", 0)
		wantGet(t, e, "b", "2", 2)
	})
	t.Run("a broken guard stops the whole batch", func(t *testing.T) {
		e := open(t)
		commit(t, e, kv.Batch{Put: []kv.Entry{put("g", "x", 3)}})
		for _, rev := range []uint64{0, 2, 4} {
			err := e.Commit(kv.Batch{Guards: []kv.Guard{{Key: []byte("g"), Rev: rev}}, Put: []kv.Entry{put("n", "1", 1)}, Del: [][]byte{[]byte("g")}})
			if !errors.Is(err, kv.ErrGuard) {
				t.Fatalf("rev %d: got %v, want ErrGuard", rev, err)
			}
		}
		wantGet(t, e, "n", "", 0)
		wantGet(t, e, "g", "x", 3)
		commit(t, e, kv.Batch{Guards: []kv.Guard{{Key: []byte("g"), Rev: 3}, {Key: []byte("n")}}, Put: []kv.Entry{put("n", "1", 1)}})
		wantGet(t, e, "n", "1", 1)
	})
	t.Run("a scan gives one prefix in byte order, from a key, until told to stop", func(t *testing.T) {
		e := open(t)
		var b kv.Batch
		for i := 9; i >= 0; i-- {
			b.Put = append(b.Put, put(fmt.Sprintf("p/%d", i), fmt.Sprint(i), uint64(i+1)))
		}
		b.Put = append(b.Put, put("o", "before", 1), put("p0", "after", 1), put("q", "after", 1))
		commit(t, e, b)
		wantScan(t, e, "p/", "", 99, "0123456789")
		wantScan(t, e, "p/", "p/7", 99, "789")
		wantScan(t, e, "p/", "p/77", 99, "89")
		wantScan(t, e, "p/", "", 3, "012")
		wantScan(t, e, "nothing/", "", 9, "")
	})
	t.Run("a view does not see what is committed after it began", func(t *testing.T) {
		e := open(t)
		commit(t, e, kv.Batch{Put: []kv.Entry{put("a", "old", 1)}})
		done := make(chan error, 1)
		err := e.View(func(r kv.Reader) error {
			go func() { done <- e.Commit(kv.Batch{Put: []kv.Entry{put("a", "new", 2), put("b", "new", 2)}}) }()
			select { // an engine may let the commit wait for the view, or keep a snapshot
			case err := <-done:
				done <- err
			default:
			}
			v, rev, err := r.Get([]byte("a"))
			if string(v) != "old" || rev != 1 {
				t.Errorf("got %q rev %d inside the view, want the old value", v, rev)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		wantGet(t, e, "a", "new", 2)
	})
	t.Run("values handed out stay as they were", func(t *testing.T) {
		e := open(t)
		commit(t, e, kv.Batch{Put: []kv.Entry{put("a", "one", 1)}})
		var kept []byte
		view(t, e, func(r kv.Reader) error {
			v, _, err := r.Get([]byte("a"))
			kept = v
			return err
		})
		commit(t, e, kv.Batch{Put: []kv.Entry{put("a", "two", 2)}})
		if string(kept) != "one" {
			t.Errorf("a value handed out changed to %q", kept)
		}
	})
}

func view(t *testing.T, e kv.Engine, read func(kv.Reader) error) {
	t.Helper()
	if err := e.View(read); err != nil {
		t.Fatalf("view: %v", err)
	}
}

func wantGet(t *testing.T, e kv.Engine, key, want string, rev uint64) {
	t.Helper()
	view(t, e, func(r kv.Reader) error {
		v, got, err := r.Get([]byte(key))
		if string(v) != want || got != rev {
			t.Errorf("get %q: got %q rev %d, want %q rev %d", key, v, got, want, rev)
		}
		return err
	})
}

func wantScan(t *testing.T, e kv.Engine, prefix, from string, most int, want string) {
	t.Helper()
	view(t, e, func(r kv.Reader) error {
		got := ""
		err := r.Scan([]byte(prefix), []byte(from), func(e kv.Entry) bool {
			got += string(e.Value)
			return len(got) < most
		})
		if got != want {
			t.Errorf("scan %q from %q: got %q, want %q", prefix, from, got, want)
		}
		return err
	})
}
