package hub

import (
	"errors"
	"log/slog"
	"time"

	"samspor/sync/kv"
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

	seen *accessCache // nil remembers nothing
}

// job is one write that may share a commit with others.
type job struct {
	do   func(*state) error
	size int // changes
	err  chan error
}

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

func (c *Core) pushJob(account plan.AccountID, push wire.Push, out *wire.Results) *job {
	return &job{size: len(push.Changes), do: func(st *state) (err error) {
		out.Results, err = apply(st, pushed{account, push}, c.Now())
		return err
	}}
}

// commit applies a group on one snapshot and stores it as one batch. An error
// means that the store cannot be trusted any more; what is wrong with one job is
// in that job's answer alone.
func (c *Core) commit(group []*job) (*state, []error, error) {
	for {
		answers := make([]error, len(group))
		st, batch, err := c.try(group, answers)
		if err == nil && (len(batch.Put) > 0 || len(batch.Del) > 0) {
			err = c.Store.Commit(batch)
		}
		if errors.Is(err, kv.ErrGuard) { // another node was first: look again
			continue
		}
		return st, answers, err
	}
}

func (c *Core) try(group []*job, answers []error) (st *state, batch kv.Batch, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		st = newState(r, c.seen)
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
