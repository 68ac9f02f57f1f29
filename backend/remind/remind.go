// Package remind is the clock: it tells people of what is due, once, at a moment at
// which they may be disturbed (R49, DL7).
//
// Its one rule: a timer that has run out has exactly one effect, whatever crashes. The
// timer's row, which was written in the same commit as the change that caused it, is
// taken away in the same commit in which the notice is put into the inbox; a notice is
// named after its timer, so that the same timer met twice is one notice. Whether the
// person may still see it, and whether it still matters, is read again at the moment of
// sending: who left at 07:59 is told nothing at 08:00.
//
// Three steps, each a small commit of its own: ripen (a timer becomes notices), look (an
// account's notices become a push, at most one an hour), and after a time without an
// opening the way round by e-mail. Start with Tick.
package remind

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"samspor/backend/push"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

// Post sends a hint to a person's phones; it is backend/push.
type Post interface {
	Send(ctx context.Context, account plan.AccountID, m push.Message) (push.Outcome, error)
}

// Mail tells an address that something waits; it is backend/mail.
type Mail interface {
	Notify(ctx context.Context, address, lang string) error
}

// Config is what the clock needs.
type Config struct {
	Hub    *hub.Hub
	Store  kv.Engine
	Post   Post   // nil: nothing is pushed, and the inbox is all there is
	Mail   Mail   // nil: there is no way round
	Secret []byte // names notices
	Node   string // of several on one store, one sends
	AtOnce int    // how many accounts are looked at at the same time
	Now    func() time.Time
	Log    *slog.Logger
}

// Clock tells people of what is due.
type Clock struct {
	Config
	seen    time.Time // the last moment that was believed
	strange int       // ticks in a row at which the clock was far from it

	mu     sync.Mutex
	counts map[string]uint64
	late   time.Duration // the longest from a moment to its push, since the start

	nudged chan struct{}
}

// New makes a clock; Run or Tick starts it.
func New(c Config) *Clock {
	return &Clock{Config: c, counts: map[string]uint64{}, nudged: make(chan struct{}, 1)}
}

// Nudge says that a timer was set, which may run out before the next tick. It never waits.
func (c *Clock) Nudge(at time.Time) {
	if at.After(c.Now().Add(rest)) {
		return
	}
	select {
	case c.nudged <- struct{}{}:
	default: // it knows already
	}
}

const (
	rest     = 30 * time.Second // between two ticks at most
	soon     = time.Second / 5  // after a change
	page     = 500              // timers taken in at once
	tries    = 20               // of a commit that meets others
	between  = time.Hour        // between two pushes to one person
	again    = 20 * time.Second // until a push that a crash cut off is sent once more
	leaseFor = 2 * time.Minute
)

// Run ticks until the context ends.
func (c *Clock) Run(ctx context.Context) {
	for {
		wait, err := c.Tick(ctx)
		if err != nil && ctx.Err() == nil {
			c.Log.Error("remind", "err", err)
		}
		if !c.sleep(ctx, wait) {
			return
		}
	}
}

// sleep waits, or until a moment after something has changed: with it goes what changes
// in that moment. False when the context has ended.
func (c *Clock) sleep(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for nudged := c.nudged; ; {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case <-nudged:
			nudged = nil
			if wait > soon {
				timer.Reset(soon)
			}
		}
	}
}

// Tick does all that is due now, and says how long there is nothing to do.
func (c *Clock) Tick(ctx context.Context) (time.Duration, error) {
	now := c.Now()
	if believed, err := c.believe(now); err != nil || !believed {
		return rest, err
	}
	if mine, err := c.lease(now); err != nil || !mine {
		return rest, err
	}
	if err := c.ripenAll(ctx, now); err != nil {
		return rest, err
	}
	if err := c.lookAll(ctx, now); err != nil {
		return rest, err
	}
	next, err := c.next()
	if err != nil {
		return rest, err
	}
	if wait := next.Sub(c.Now()); !next.IsZero() && wait < rest {
		return max(wait, time.Second), nil
	}
	return rest, nil
}

// A clock that is suddenly far ahead would tell everybody of everything at once. It is
// believed when it stays there (T19).
const (
	leap     = time.Hour
	insisted = 20 // ticks: ten minutes
)

func (c *Clock) believe(now time.Time) (bool, error) {
	if c.seen.IsZero() { // just started: the lease tells when somebody last ticked
		last, err := c.lastTick()
		if err != nil {
			return false, err
		}
		c.seen = last
	}
	if c.seen.IsZero() || now.Sub(c.seen) < leap && c.seen.Sub(now) < leap {
		c.seen, c.strange = now, 0
		return true, nil
	}
	if c.strange++; c.strange < insisted {
		if c.strange == 1 {
			c.Log.Error("remind: the clock has leapt, nothing is sent until it stays", "by", now.Sub(c.seen).String())
		}
		return false, nil
	}
	c.seen, c.strange = now, 0
	return true, nil
}

// next is the earliest moment at which there is something to do; zero for none.
func (c *Clock) next() (next time.Time, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		earlier := func(at int64) {
			if t := time.Unix(at, 0); next.IsZero() || t.Before(next) {
				next = t
			}
		}
		err := r.Scan(kv.Dues(), nil, func(e kv.Entry) bool {
			_, _, t, ok := kv.DueAt(e.Key)
			if !ok || ways[t.Kind].text == "" {
				return true // another's: what was handed over is swept
			}
			earlier(t.At)
			return false
		})
		if err != nil {
			return err
		}
		return r.Scan(kv.Looks(), nil, func(e kv.Entry) bool {
			if at, _, ok := kv.LookAt(e.Key); ok {
				earlier(at)
			}
			return false
		})
	})
	return next, err
}

// ripenAll takes in every timer that has run out.
func (c *Clock) ripenAll(ctx context.Context, now time.Time) error {
	for {
		due, err := c.ripe(now)
		if err != nil || len(due) == 0 {
			return err
		}
		for _, d := range due {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := c.ripen(now, d); err != nil {
				return err
			}
		}
	}
}

// ripe gives some timers that have run out and are reminders.
func (c *Clock) ripe(now time.Time) (due []hub.Due, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		return r.Scan(kv.Dues(), nil, func(e kv.Entry) bool {
			space, rec, t, ok := kv.DueAt(e.Key)
			if ok && t.At > now.Unix() || len(due) == page {
				return false
			}
			if ok && ways[t.Kind].text != "" {
				due = append(due, hub.Due{Space: space, Rec: rec, Timer: t, Key: e.Key, Rev: e.Rev})
			}
			return true
		})
	})
	return due, err
}

// ripen turns one timer into a notice for each whom it concerns, and takes it away.
func (c *Clock) ripen(now time.Time, d hub.Due) error {
	for range tries {
		told, err := c.Hub.Tell(d.Space, d.Rec, d.Kind)
		if err != nil {
			return err
		}
		b := kv.Batch{Guards: []kv.Guard{{Key: d.Key, Rev: d.Rev}}, Del: [][]byte{d.Key}}
		var apart kv.Batch
		if planted == "timerApart" { // a fault: notice and timer in two commits, and the notice has another name each time
			apart, b = b, kv.Batch{}
		}
		made := uint64(0)
		for _, who := range told.To {
			n := &notice{Space: d.Space, Rec: d.Rec, Kind: d.Kind, At: d.At, ID: c.name(who.Account, d)}
			if planted == "timerApart" {
				n.ID = plan.NoticeID(rand.Text()[:22])
			}
			is, err := c.prepare(&b, who.Account, n, told, now)
			if err != nil {
				return err
			}
			if is {
				made++
			}
		}
		switch err := c.Store.Commit(b); {
		case errors.Is(err, kv.ErrGuard): // the record changed, or another node was first: look again
			if gone, err := c.isGone(d); err != nil || gone {
				return err
			}
			continue
		case err == nil:
			c.count("queued", made)
			if planted == "timerApart" {
				return c.Store.Commit(apart)
			}
			return nil
		default:
			return err
		}
	}
	return kv.ErrGuard
}

func (c *Clock) isGone(d hub.Due) (gone bool, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		_, rev, err := r.Get(d.Key)
		gone = rev != d.Rev
		return err
	})
	return gone, err
}

// prepare adds a notice to a batch, and that its account is looked at in time. It says
// whether it is a new one.
func (c *Clock) prepare(b *kv.Batch, account plan.AccountID, n *notice, told hub.Telling, now time.Time) (isNew bool, err error) {
	s, _, err := c.settings(account)
	if err != nil {
		return false, err
	}
	n.Due = s.allowed(time.Unix(max(n.At, 0), 0), s.zone(told.Zone), told.Days).Unix()
	err = c.Store.View(func(r kv.Reader) error {
		_, rev, err := r.Get(kv.Notice(account, n.At, n.ID))
		if err != nil || rev > 0 {
			return err
		}
		isNew = true
		if err := n.put(b, account); err != nil {
			return err
		}
		q, err := readQueue(r, account)
		if err != nil {
			return err
		}
		if q.At == 0 || n.Due < q.At {
			return q.move(b, n.Due)
		}
		b.Guards = append(b.Guards, kv.Guard{Key: kv.Queue(account), Rev: q.rev}) // it must not be looked at meanwhile
		return nil
	})
	return isNew, err
}

func (c *Clock) count(name string, n uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[name] += n
}

// Counts gives how many notices came how far since the start, and the longest delay.
func (c *Clock) Counts() (counts map[string]uint64, latest time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.counts), c.late
}
