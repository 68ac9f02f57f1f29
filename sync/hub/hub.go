// Package hub is the server half of sync: it puts the edits of many people in
// order, decides each with today's rights, and tells everybody what is new.
//
// Its one rule: nothing is answered before it is durable, and every change of a
// well-formed push is answered with exactly one of ok, conflict and parked. The
// core (apply.go, draft.go, react.go) is plain functions over a snapshot; this
// file is the thin committer around it. Start with apply.
package hub

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"samspor/sync/fault"
	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// ErrStopped says that the hub takes no more writes: it is shutting down, or the
// store failed and nobody knows what it holds. Phones keep their queue and ask again.
var ErrStopped = fmt.Errorf("hub: %w", &fault.Fault{Kind: fault.Busy, Code: "busy"})

// Config is what a hub needs from outside.
type Config struct {
	Store     kv.Engine
	Now       func() time.Time
	CursorKey []byte // authenticates cursors
	Log       *slog.Logger
	// OnFailure hears of a store that failed while it committed. The process must
	// stop then: some writes that returned an error are in fact stored.
	OnFailure func(error)
}

// Hub orders the writes of all spaces through one committer.
type Hub struct {
	kv      kv.Engine
	now     func() time.Time
	key     []byte
	log     *slog.Logger
	failed  func(error)
	jobs    chan *job
	quit    chan struct{}
	done    chan struct{}
	stop    sync.Once
	streams streams
}

// job is one write waiting to share a commit.
type job struct {
	do   func(*state) error
	size int
	err  chan error
}

// groupSize is how many changes share a commit; a push is never cut in two.
const groupSize = 128

// New starts a hub; Close ends it.
func New(c Config) *Hub {
	h := &Hub{
		kv: c.Store, now: c.Now, key: c.CursorKey, log: c.Log, failed: c.OnFailure,
		jobs: make(chan *job, 1024), quit: make(chan struct{}), done: make(chan struct{}),
	}
	go h.commitLoop()
	return h
}

// CloseStreams ends every live stream and takes no new one, so that a shutdown
// does not wait for phones that only listen.
func (h *Hub) CloseStreams() { h.streams.closeAll() }

// Close lets the commit under way finish and refuses what comes after.
func (h *Hub) Close() {
	h.streams.closeAll()
	h.stop.Do(func() { close(h.quit) })
	<-h.done
}

// Push applies a push and answers when it is durable. A *Refused says why none of it was looked at.
func (h *Hub) Push(ctx context.Context, account plan.AccountID, push wire.Push) (wire.Results, error) {
	var out wire.Results
	err := h.submit(ctx, len(push.Changes), func(st *state) (err error) {
		out.Results, err = apply(st, pushed{account, push}, h.now())
		return err
	})
	return out, err
}

func (h *Hub) submit(ctx context.Context, size int, do func(*state) error) error {
	j := &job{do: do, size: size, err: make(chan error, 1)}
	select {
	case h.jobs <- j:
	case <-h.quit:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
	select { // once queued it may be committed, so the caller waits for the truth
	case err := <-j.err:
		return err
	case <-h.done:
		select {
		case err := <-j.err:
			return err
		default:
			return ErrStopped
		}
	}
}

// commitLoop is the one writer. What arrives while a commit is on its way to
// disk shares the next one.
func (h *Hub) commitLoop() {
	defer close(h.done)
	for {
		select {
		case <-h.quit:
			return
		case first := <-h.jobs:
			if err := h.commit(h.gather(first)); err != nil {
				h.log.Error("commit failed", "err", err)
				h.stop.Do(func() { close(h.quit) })
				if h.failed != nil {
					h.failed(err)
				}
				return
			}
		}
	}
}

func (h *Hub) gather(first *job) []*job {
	group, size := []*job{first}, first.size
	for size < groupSize {
		select {
		case j := <-h.jobs:
			group, size = append(group, j), size+j.size
		default:
			return group
		}
	}
	return group
}

// commit applies a group on one snapshot and stores it as one batch. An error
// means that the store cannot be trusted any more; what is wrong with one job
// goes to that job alone.
func (h *Hub) commit(group []*job) error {
	for {
		answers := make([]error, len(group))
		st, batch, err := h.try(group, answers)
		if err == nil && (len(batch.Put) > 0 || len(batch.Del) > 0) {
			err = h.kv.Commit(batch)
		}
		if errors.Is(err, kv.ErrGuard) { // another node was first: look again
			continue
		}
		for i, j := range group {
			if err != nil {
				answers[i] = ErrStopped
			}
			j.err <- answers[i]
		}
		if err != nil {
			return err
		}
		h.poke(st)
		return nil
	}
}

func (h *Hub) try(group []*job, answers []error) (st *state, batch kv.Batch, err error) {
	err = h.kv.View(func(r kv.Reader) error {
		st = newState(r)
		for i, j := range group {
			err := j.do(st)
			var refused *Refused
			if err != nil && !errors.As(err, &refused) && !errors.Is(err, ErrExists) {
				return err
			}
			answers[i] = err
		}
		batch, err = st.batch()
		return err
	})
	return st, batch, err
}

func (h *Hub) poke(st *state) {
	for _, s := range st.spaces {
		if s.head.Seq == s.was {
			continue
		}
		h.streams.poke(s.id, s.head.Seq)
		if s.stale {
			for _, m := range s.access.Members {
				h.streams.scope(m.Account)
			}
		}
	}
}
