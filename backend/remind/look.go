package remind

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"samspor/backend/push"
	"samspor/sync/calendar"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

// queue says when an account is looked at next, and when it was last pushed to.
type queue struct {
	At   int64 `json:"at,omitzero"` // 0: not at all
	Last int64 `json:"last,omitzero"`

	account plan.AccountID
	rev     uint64
}

func readQueue(r kv.Reader, account plan.AccountID) (*queue, error) {
	q := &queue{account: account}
	rev, err := read(r, kv.Queue(account), q)
	q.rev = rev
	return q, err
}

// move adds to a batch that the account is looked at at another moment; 0: not at all.
func (q *queue) move(b *kv.Batch, at int64) error {
	next := queue{At: at, Last: q.Last}
	raw, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("encode a queue: %w", err)
	}
	b.Guards = append(b.Guards, kv.Guard{Key: kv.Queue(q.account), Rev: q.rev})
	if q.At > 0 && q.At != at {
		b.Del = append(b.Del, kv.Look(q.At, q.account))
	}
	b.Put = append(b.Put, kv.Entry{Key: kv.Queue(q.account), Value: raw, Rev: q.rev + 1})
	if at > 0 {
		b.Put = append(b.Put, kv.Entry{Key: kv.Look(at, q.account), Rev: 1})
	}
	return nil
}

// wake has an account looked at now: its settings have changed.
func (c *Clock) wake(account plan.AccountID) error {
	for range tries {
		var b kv.Batch
		err := c.Store.View(func(r kv.Reader) error {
			q, err := readQueue(r, account)
			if err != nil || q.At == 0 {
				return err
			}
			return q.move(&b, min(q.At, c.Now().Unix()))
		})
		if err != nil || len(b.Put) == 0 {
			return err
		}
		if err := c.Store.Commit(b); !errors.Is(err, kv.ErrGuard) {
			return err
		}
	}
	return kv.ErrGuard
}

// lookAll looks at every account whose moment has come.
func (c *Clock) lookAll(ctx context.Context, now time.Time) error {
	for {
		var accounts []plan.AccountID
		err := c.Store.View(func(r kv.Reader) error {
			return r.Scan(kv.Looks(), nil, func(e kv.Entry) bool {
				at, account, ok := kv.LookAt(e.Key)
				if ok && at > now.Unix() || len(accounts) == page {
					return false
				}
				accounts = append(accounts, account)
				return true
			})
		})
		if err != nil || len(accounts) == 0 {
			return err
		}
		if err := c.lookAt(ctx, accounts, now); err != nil {
			return err
		}
	}
}

// lookAt looks at some accounts, several at a time: a push service that hangs holds up
// a few people and not everybody.
func (c *Clock) lookAt(ctx context.Context, accounts []plan.AccountID, now time.Time) error {
	var group errgroup.Group
	group.SetLimit(max(c.AtOnce, 1))
	for _, account := range accounts {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error { return c.look(ctx, account, now) })
	}
	return errors.Join(group.Wait(), ctx.Err())
}

// sight is what one look at an account has found.
type sight struct {
	q        *queue
	settings Settings
	list     []*notice
	fresh    []*notice // to be pushed now
	cut      []*notice // given to the sender, and a crash came between
	mail     []*notice // not opened for too long
	changed  []*notice // to be written down
	next     int64     // when to look again
}

func (s *sight) again(at int64) {
	if s.next == 0 || at < s.next {
		s.next = at
	}
}

// look does what is due for one account: a push, or the way round. Each is written down
// before it happens; what a crash cuts off is done again under the same name.
func (c *Clock) look(ctx context.Context, account plan.AccountID, now time.Time) error {
	s, err := c.see(account, now)
	if err != nil {
		return err
	}
	for _, n := range s.fresh {
		n.Sent = now.Unix()
		s.changed = append(s.changed, n)
	}
	for _, n := range s.mail {
		n.Mailed = now.Unix()
		s.changed = append(s.changed, n)
	}
	sending := append(s.cut, s.fresh...)
	for _, n := range s.fresh {
		if !s.settings.isOff(ways[n.Kind].group) {
			s.q.Last = now.Unix()
		}
	}
	if len(sending) > 0 {
		s.again(now.Add(again).Unix())
	}
	if done, err := c.write(s, account); err != nil || !done {
		return err // it changed meanwhile: its row is still there, and it is looked at again
	}
	if len(s.mail) > 0 {
		c.sendMail(ctx, s.settings)
	}
	if len(sending) == 0 {
		return nil
	}
	return c.send(ctx, account, sending, s.settings, now)
}

// see reads an account and decides.
func (c *Clock) see(account plan.AccountID, now time.Time) (*sight, error) {
	s := &sight{}
	err := c.Store.View(func(r kv.Reader) (err error) {
		if s.q, err = readQueue(r, account); err != nil {
			return err
		}
		s.settings = Default()
		if _, err := read(r, kv.Reminders(account), &s.settings); err != nil {
			return err
		}
		s.list, err = inbox(r, account)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, n := range s.list {
		if err := c.weigh(s, n, account, now); err != nil {
			return nil, err
		}
	}
	if len(s.fresh) > 0 && urgent(s.fresh) == nil {
		if soonest := time.Unix(s.q.Last, 0).Add(between); now.Before(soonest) {
			s.again(soonest.Unix())
			s.fresh = nil
		}
	}
	return s, nil
}

// urgent gives the first notice that does not wait for the next hour.
func urgent(list []*notice) *notice {
	for _, n := range list {
		if ways[n.Kind].urgent {
			return n
		}
	}
	return nil
}

// weigh decides about one notice.
func (c *Clock) weigh(s *sight, n *notice, account plan.AccountID, now time.Time) error {
	switch {
	case n.Dropped:
	case n.Sent > 0 && n.Opened > 0 && !n.Done: // opened in the app while a push service kept it waiting
		n.Done = true
		s.changed = append(s.changed, n)
	case n.Sent == 0 && n.Due > now.Unix():
		s.again(n.Due)
	case n.Sent == 0:
		concerns, told, err := c.concerns(account, n)
		if err != nil {
			return err
		}
		if !concerns {
			n.Dropped = true
			s.changed = append(s.changed, n)
			return nil
		}
		if at := s.settings.allowed(now, s.settings.zone(told.Zone), told.Days); at.After(now) { // the settings have changed
			s.again(at.Unix())
			return nil
		}
		s.fresh = append(s.fresh, n)
	case !n.Done:
		if at := n.Sent + int64(again.Seconds()); at > now.Unix() {
			s.again(at)
			return nil
		}
		concerns, told, err := c.concerns(account, n)
		if err != nil {
			return err
		}
		if !concerns {
			n.Dropped = true
			s.changed = append(s.changed, n)
			return nil
		}
		if at := s.settings.allowed(now, s.settings.zone(told.Zone), told.Days); at.After(now) {
			s.again(at.Unix())
			return nil
		}
		s.cut = append(s.cut, n)
		if at := c.wayRound(s, n); at > 0 && at <= now.Unix() { // push has been dead for so long
			s.mail = append(s.mail, n)
		}
	default:
		at := c.wayRound(s, n)
		if at > now.Unix() {
			s.again(at)
		}
		if at == 0 || at > now.Unix() {
			return nil
		}
		concerns, _, err := c.concerns(account, n)
		if err != nil {
			return err
		}
		if concerns {
			s.mail = append(s.mail, n)
		}
	}
	return nil
}

// wayRound is when a notice that was sent and is not opened goes by e-mail; 0: not at all.
func (c *Clock) wayRound(s *sight, n *notice) int64 {
	w := ways[n.Kind]
	switch {
	case c.Mail == nil, s.settings.Email == "", s.settings.isOff(w.group), n.Opened > 0, n.Mailed > 0:
		return 0
	case n.Done && n.Phones == 0: // there is no phone to wait for
		return n.Sent
	}
	return n.Sent + int64(w.patience.Seconds())
}

// concerns asks anew whether a notice still concerns an account.
func (c *Clock) concerns(account plan.AccountID, n *notice) (bool, hub.Telling, error) {
	told, err := c.Hub.Tell(n.Space, n.Rec, n.Kind)
	for _, who := range told.To {
		if who.Account == account {
			return true, told, err
		}
	}
	return false, told, err
}

// write puts down what was decided, in one commit; false if somebody else wrote meanwhile.
func (c *Clock) write(s *sight, account plan.AccountID) (bool, error) {
	var b kv.Batch
	if err := s.q.move(&b, s.next); err != nil {
		return false, err
	}
	for _, n := range s.changed {
		if err := n.put(&b, account); err != nil {
			return false, err
		}
	}
	old := c.Now().Add(-kept).Unix()
	for _, n := range s.list {
		if n.At < old && n.Due < old && n.Sent < old && (n.Sent > 0 || n.Dropped) {
			b.Del = append(b.Del, kv.Notice(account, n.At, n.ID))
		}
	}
	err := c.Store.Commit(b)
	if errors.Is(err, kv.ErrGuard) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, n := range s.changed {
		n.rev++
	}
	return true, nil
}

// send pushes some notices as one, and writes down what came of it.
func (c *Clock) send(ctx context.Context, account plan.AccountID, list []*notice, s Settings, now time.Time) error {
	m, err := c.message(account, list, s, now)
	if err != nil {
		return err
	}
	var out push.Outcome
	if c.Post != nil && m.Text != "" {
		if out, err = c.Post.Send(ctx, account, m); err != nil {
			return err
		}
	}
	c.count("sent", uint64(len(list)))
	var b kv.Batch
	for _, n := range list {
		n.Done = out.Accepted > 0 || out.Retry.IsZero()
		n.Phones = out.Phones
		if out.Accepted > 0 {
			n.Accepted = c.Now().Unix()
			c.delayed(time.Duration(n.Accepted-n.Due) * time.Second)
		}
		if err := n.put(&b, account); err != nil {
			return err
		}
	}
	next := now.Unix() // to decide what is next
	if !list[0].Done {
		next = max(next, out.Retry.Unix())
	}
	err = c.Store.View(func(r kv.Reader) error {
		q, err := readQueue(r, account)
		if err != nil {
			return err
		}
		return q.move(&b, next)
	})
	if err != nil {
		return err
	}
	if out.Accepted > 0 {
		c.count("accepted", uint64(len(list)))
	}
	if err := c.Store.Commit(b); !errors.Is(err, kv.ErrGuard) { // met by another commit: sent again in a minute, under the same topic
		return err
	}
	return nil
}

func (c *Clock) delayed(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.late = max(c.late, by)
}

// message says which of the fixed sentences goes out; none, when the person wants none of these kinds.
func (c *Clock) message(account plan.AccountID, list []*notice, s Settings, now time.Time) (push.Message, error) {
	var wanted []*notice
	for _, n := range list {
		if !s.isOff(ways[n.Kind].group) {
			wanted = append(wanted, n)
		}
	}
	if len(wanted) == 0 {
		return push.Message{}, nil
	}
	first := wanted[0]
	w := ways[first.Kind]
	m := push.Message{Notice: first.ID, Text: w.text, TTL: w.ttl}
	if call := urgent(wanted); call != nil {
		w = ways[call.Kind]
		m.Notice, m.Text, m.TTL, m.Urgent = call.ID, w.text, w.ttl, true
	} else if len(wanted) > 1 {
		m.Text, m.TTL = push.Digest, day
	} else if first.Kind == "meeting.soon" {
		text, ttl, err := c.meetingSoon(first, s, now)
		if err != nil {
			return m, err
		}
		m.Text, m.TTL = text, ttl
	}
	badge, err := c.badge(account, now)
	if err != nil {
		return m, err
	}
	m.Badge = badge
	if s.Shared {
		m.Text, m.Badge = push.Read, 0
	}
	return m, nil
}

// meetingSoon says "tomorrow" only when it is.
func (c *Clock) meetingSoon(n *notice, s Settings, now time.Time) (push.Text, time.Duration, error) {
	told, err := c.Hub.Tell(n.Space, n.Rec, n.Kind)
	if err != nil || told.Start.IsZero() {
		return push.MeetingNear, day, err
	}
	zone := s.zone(told.Zone)
	if calendar.DayOf(told.Start, zone) == calendar.DayOf(now, zone).AddDays(1) {
		return push.MeetingSoon, told.Start.Sub(now), nil
	}
	return push.MeetingNear, max(told.Start.Sub(now), time.Minute), nil
}

func (s Settings) isOff(group string) bool {
	for _, off := range s.Off {
		if off == group {
			return true
		}
	}
	return false
}

// badge counts the person's own agreements that are due, over all their plans.
func (c *Clock) badge(account plan.AccountID, now time.Time) (due int, err error) {
	spaces, err := c.Hub.SpacesOf(account)
	if err != nil {
		return 0, err
	}
	for _, space := range spaces {
		seen, err := c.Hub.Visible(account, space, "task")
		var refused *hub.Refused
		if errors.As(err, &refused) {
			continue
		}
		if err != nil {
			return 0, err
		}
		today := calendar.DayOf(now, calendar.Zone("DK"))
		for _, r := range seen.Records {
			state := plan.TaskState(plan.Str(r.F["state"]))
			isOpen := state == plan.TaskOpen || state == plan.TaskInProgress || state == plan.TaskBlocked
			if d := plan.Day(plan.Str(r.F["due"])); isOpen && d != "" && d <= today && plan.Str(r.F["responsible"]) == string(seen.Person) {
				due++
			}
		}
	}
	return due, nil
}

// Due counts a person's own agreements that are due, for the badge in the app.
func (c *Clock) Due(account plan.AccountID) (int, error) { return c.badge(account, c.Now()) }

// sendMail goes the way round. That it was tried is written down already: a mail that a
// server refuses for good is not tried again.
func (c *Clock) sendMail(ctx context.Context, s Settings) {
	if err := c.Mail.Notify(ctx, s.Email, s.Language); err != nil {
		c.Log.Warn("remind: a mail was not taken", "err", err)
		c.count("mailRefused", 1)
		return
	}
	c.count("mailed", 1)
}
