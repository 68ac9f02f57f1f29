package hub

import (
	"errors"
	"log/slog"
	"time"

	"samspor/sync/kv"
	"samspor/sync/models"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// Core is the server as a state machine: a store, a clock and a key, without a
// goroutine of its own. A simulation drives it directly; a Hub drives it for many
// phones at once.
type Core struct {
	Store     kv.Engine
	Now       func() time.Time
	CursorKey []byte // authenticates cursors
	Log       *slog.Logger
	Models    map[plan.ModelID]models.Model // what new cases follow; nil: those of the program

	seen *accessCache // nil remembers nothing
	last *memory      // likewise; only commit looks at it and writes into it
}

// job is one write that may share a commit with others.
type job struct {
	do   func(*state) error // errMore: some of it is done, and the commit is full
	keep func()             // called when what do did is durable; may be nil
	size int                // changes
	err  chan error
}

// errMore says that a job goes on in the next commit.
var errMore = errors.New("hub: the commit is full")

// maxBatch is how many bytes of records a commit holds before the rest waits for
// the next one. Engines refuse a transaction of a few megabytes, and then nobody
// knows what was stored.
const maxBatch = 1 << 20

// Sent is one push with the account that sent it.
type Sent struct {
	Account plan.AccountID
	Push    wire.Push
}

// Answered is what a push came to: results, or why none of it was looked at.
type Answered struct {
	Results wire.Results
	Err     error
}

// CommitPushes applies pushes in their order, as one commit. An error means that
// the store failed: what was written is unknown, and nothing may be answered.
func (c *Core) CommitPushes(pushes []Sent) ([]Answered, error) {
	out := make([]Answered, len(pushes))
	group := make([]*job, len(pushes))
	for i, p := range pushes {
		group[i] = c.pushJob(p.Account, p.Push, &out[i].Results)
	}
	_, errs, err := c.commit(group)
	for i := range out {
		out[i].Err = errs[i]
	}
	return out, err
}

// pushJob applies a push, over as many commits as its bytes need. Changes that
// were committed before a refusal are answered when the push is sent again.
func (c *Core) pushJob(account plan.AccountID, push wire.Push, out *wire.Results) *job {
	var answers []plan.Value
	return &job{
		size: len(push.Changes),
		do: func(st *state) (err error) {
			done, rest := len(out.Results), push
			rest.Changes = push.Changes[done:]
			answers, err = apply(st, pushed{account, rest}, c.Now())
			var refused *Refused
			if errors.As(err, &refused) {
				refused.Change += done
			}
			return err
		},
		keep: func() { out.Results = append(out.Results, answers...) },
	}
}

// moved is what commits have changed: the numbers of spaces, and whose list of
// spaces or rights may be another.
type moved struct {
	seqs   map[plan.SpaceID]uint64
	scoped map[plan.AccountID]bool
	due    int64 // the earliest timer that was set, in seconds; 0 for none
}

func (m *moved) add(st *state) {
	for _, s := range st.spaces {
		if s.head.Seq == s.was {
			continue
		}
		m.seqs[s.id] = s.head.Seq
		if s.next != 0 && (m.due == 0 || s.next < m.due) {
			m.due = s.next
		}
		if s.stale {
			for _, x := range s.access.Members {
				m.scoped[x.Account] = true
			}
		}
	}
}

// commit applies a group, each commit on one snapshot as one batch. An error means
// that the store cannot be trusted any more; what is wrong with one job is in that
// job's answer alone.
func (c *Core) commit(group []*job) (moved, []error, error) {
	m := moved{seqs: map[plan.SpaceID]uint64{}, scoped: map[plan.AccountID]bool{}}
	answers := make([]error, len(group))
	for at := 0; at < len(group); {
		st, done, err := c.commitSome(group[at:], answers[at:])
		if err != nil {
			return m, answers, err
		}
		m.add(st)
		at += done
	}
	return m, answers, nil
}

// commitSome stores as many jobs as fit into one batch and says how many are done with.
func (c *Core) commitSome(group []*job, answers []error) (st *state, done int, err error) {
	for {
		var batch kv.Batch
		var tried int
		st, batch, done, tried, err = c.try(group, answers)
		if err == nil && (len(batch.Put) > 0 || len(batch.Del) > 0) {
			err = c.Store.Commit(batch)
			if planted == "answerBeforeSync" && !errors.Is(err, kv.ErrGuard) {
				err = nil
			}
		}
		if errors.Is(err, kv.ErrGuard) { // another node was first: look again
			continue
		}
		if err == nil {
			c.last.keep(st)
		}
		for _, j := range group[:tried] {
			if err == nil && j.keep != nil {
				j.keep()
			}
		}
		return st, done, err
	}
}

// try does jobs on a fresh snapshot until the batch is full. tried counts the jobs
// that have done something, done those that are finished.
func (c *Core) try(group []*job, answers []error) (st *state, batch kv.Batch, done, tried int, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		st, done, tried = c.newState(r, c.last), 0, 0
		for i, j := range group {
			if st.full() {
				break
			}
			err := j.do(st)
			tried++
			if errors.Is(err, errMore) {
				break
			}
			var refused *Refused
			if err != nil && !errors.As(err, &refused) && !errors.Is(err, ErrExists) {
				return err
			}
			answers[i] = err
			done++
		}
		batch, err = st.batch()
		return err
	})
	return st, batch, done, tried, err
}
