// Package hub is the server half of sync: it puts the edits of many people in
// order, decides each with today's rights, and tells everybody what is new.
//
// Its one rule: nothing is answered before it is durable, and every change of a
// well-formed push is answered with exactly one of ok, conflict and parked. The
// core (core.go, apply.go, check.go, draft.go, react.go) is plain functions over a
// snapshot; this file is the thin committer around it. Start with apply.
package hub

import (
	"context"
	"fmt"
	"sync"
	"time"

	"samspor/sync/fault"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// ErrStopped says that the hub takes no more writes: it is shutting down, or the
// store failed and nobody knows what it holds. Phones keep their queue and ask again.
var ErrStopped = fmt.Errorf("hub: %w", &fault.Fault{Kind: fault.Busy, Code: "busy"})

// Config is what a hub needs from outside.
type Config struct {
	Core
	// OnFailure hears of a store that failed while it committed. The process must
	// stop then: some writes that returned an error are in fact stored.
	OnFailure func(error)
	// OnDue hears of the earliest timer that a commit has set; it must not wait. nil: nobody listens.
	OnDue func(time.Time)
}

// Hub orders the writes of all spaces through one committer.
type Hub struct {
	Core
	failed  func(error)
	due     func(time.Time)
	jobs    chan *job
	quit    chan struct{}
	done    chan struct{}
	stop    sync.Once
	streams streams
}

// groupSize is how many changes share a commit; a push is never cut in two.
const groupSize = 128

// New starts a hub; Close ends it.
func New(c Config) *Hub {
	h := &Hub{
		Core: c.Core, failed: c.OnFailure, due: c.OnDue,
		jobs: make(chan *job, 1024), quit: make(chan struct{}), done: make(chan struct{}),
	}
	h.Remember()
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
	j := h.pushJob(account, push, &out)
	err := h.submit(ctx, j)
	return out, err
}

func (h *Hub) submit(ctx context.Context, j *job) error {
	j.err = make(chan error, 1)
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
			if err := h.commitGroup(h.gather(first)); err != nil {
				h.Log.Error("commit failed", "err", err)
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

func (h *Hub) commitGroup(group []*job) error {
	m, answers, err := h.commit(group)
	for i, j := range group {
		if err != nil {
			answers[i] = ErrStopped
		}
		j.err <- answers[i]
	}
	for id, seq := range m.seqs {
		h.streams.poke(id, seq)
	}
	for account := range m.scoped {
		h.streams.scope(account)
	}
	if h.due != nil && m.due != 0 {
		h.due(time.Unix(m.due, 0))
	}
	return err
}
