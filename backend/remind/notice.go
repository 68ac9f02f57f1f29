package remind

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/backend/push"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

// ErrNone says that an account has no such notice, or may not see any more what it is about.
var ErrNone = errors.New("remind: there is no such notice")

// notice is one thing one person is told: a row of their inbox, and the ledger of its
// way there. Moments are seconds of the server's clock.
type notice struct {
	ID    plan.NoticeID  `json:"-"`
	Space plan.SpaceID   `json:"space"`
	Rec   plan.RecordID  `json:"rec"`
	Kind  plan.TimerKind `json:"kind"`
	At    int64          `json:"-"`   // when it arose
	Due   int64          `json:"due"` // when the person may be disturbed

	Sent     int64 `json:"sent,omitzero"`     // first given to the sender
	Done     bool  `json:"done,omitzero"`     // the sender has said what came of it
	Phones   int   `json:"phones,omitzero"`   // that the person had
	Accepted int64 `json:"accepted,omitzero"` // taken by a push service
	Opened   int64 `json:"opened,omitzero"`   // by the person, in the app
	Mailed   int64 `json:"mailed,omitzero"`
	Dropped  bool  `json:"dropped,omitzero"` // it no longer concerned the person when its moment came

	rev uint64
}

// Notice is one thing that a person was told, for the app.
type Notice struct {
	ID     plan.NoticeID  `json:"id"`
	At     plan.Instant   `json:"at"`
	Kind   plan.TimerKind `json:"kind"`
	Space  plan.SpaceID   `json:"space"`
	Rec    plan.RecordID  `json:"rec"`
	Opened bool           `json:"opened"`
}

// way is how one kind of timer is told.
type way struct {
	group    string // one of Groups
	text     push.Text
	patience time.Duration // how long an opening is waited for
	ttl      time.Duration // until a push stops being useful
	urgent   bool          // it does not wait for the next hour
}

const day = 24 * time.Hour

// ways says for each kind of timer how it is told. A kind that is not here is not a reminder.
var ways = map[plan.TimerKind]way{
	"call.today":      {"answer", push.CallToday, 4 * time.Hour, 12 * time.Hour, true},
	"task.given":      {"task", push.Read, day, 3 * day, false},
	"task.soon":       {"task", push.TaskSoon, day, 3 * day, false},
	"task.due":        {"task", push.TaskDue, day, 16 * time.Hour, false},
	"task.late":       {"task", push.TaskLate, day, 3 * day, false},
	"task.overdue":    {"task", push.TaskLate, day, 3 * day, false},
	"meeting.invited": {"meeting", push.MeetingNew, day, 3 * day, false},
	"meeting.soon":    {"meeting", push.MeetingSoon, 4 * time.Hour, day, false},
	"meeting.agenda":  {"meeting", push.TaskSoon, day, day, false},
	"meeting.minutes": {"meeting", push.TaskSoon, day, 3 * day, false},
	"meeting.shared":  {"meeting", push.Read, day, 7 * day, false},
	"meeting.answer":  {"answer", push.Answer, day, 3 * day, false},
	"wish.answer":     {"answer", push.Answer, day, 3 * day, false},
	"request.asked":   {"answer", push.Answer, day, 3 * day, false},
	"request.answer":  {"answer", push.Answer, day, 3 * day, false},
	"handover.asked":  {"answer", push.Answer, day, 3 * day, false},
	"handover.answer": {"answer", push.Answer, day, 3 * day, false},
	"handover.done":   {"plan", push.Read, day, 3 * day, false},
	"consent.asked":   {"answer", push.Consent, day, 3 * day, false},
	"consent.ends":    {"plan", push.Read, day, 7 * day, false},
	"level.review":    {"plan", push.TaskSoon, day, 3 * day, false},
	"level.decision":  {"plan", push.TaskSoon, day, 3 * day, false},
	"plan.worse":      {"plan", push.Read, day, 3 * day, false},
	"law.due":         {"plan", push.TaskSoon, day, 3 * day, false},
}

// kept is how long a notice stays in the inbox.
const kept = 60 * day

// shown is how many notices an inbox shows.
const shown = 100

// name gives a notice its id: the same for the same timer and person, so that a timer
// which is met twice is one notice, and without the server's secret it tells nothing.
func (c *Clock) name(account plan.AccountID, d hub.Due) plan.NoticeID {
	h := hmac.New(sha256.New, c.Secret)
	h.Write([]byte(strings.Join([]string{string(account), string(d.Space), string(d.Rec), string(d.Kind), strconv.FormatInt(d.At, 10)}, "/")))
	return plan.NoticeID(base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16]))
}

// inbox reads the notices of an account, the oldest first.
func inbox(r kv.Reader, account plan.AccountID) (list []*notice, err error) {
	prefix := kv.Notices(account)
	var bad error
	err = r.Scan(prefix, nil, func(e kv.Entry) bool {
		n := &notice{rev: e.Rev}
		if bad = json.Unmarshal(e.Value, n); bad != nil {
			return false
		}
		rest := e.Key[len(prefix):]
		for _, b := range rest[:8] {
			n.At = n.At<<8 | int64(b)
		}
		n.ID = plan.NoticeID(rest[8:])
		list = append(list, n)
		return true
	})
	if err := errors.Join(err, bad); err != nil {
		return nil, fmt.Errorf("read an inbox: %w", err)
	}
	return list, nil
}

// put adds a notice's row to a batch, guarded on the one that was read.
func (n *notice) put(b *kv.Batch, account plan.AccountID) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("encode a notice: %w", err)
	}
	key := kv.Notice(account, n.At, n.ID)
	b.Guards = append(b.Guards, kv.Guard{Key: key, Rev: n.rev})
	b.Put = append(b.Put, kv.Entry{Key: key, Value: raw, Rev: n.rev + 1})
	return nil
}

// Notices gives what a person was told and may still see, the newest first.
func (c *Clock) Notices(account plan.AccountID) ([]Notice, error) {
	list, err := c.inboxOf(account)
	if err != nil {
		return nil, err
	}
	out := []Notice{}
	for _, n := range slices.Backward(list) {
		if n.Sent == 0 || n.Dropped || len(out) == shown {
			continue
		}
		may, err := c.Hub.MaySee(account, n.Space, n.Rec)
		if err != nil {
			return nil, err
		}
		if may {
			out = append(out, n.told())
		}
	}
	return out, nil
}

func (n *notice) told() Notice {
	at := max(n.Sent, n.At)
	return Notice{n.ID, plan.Instant(time.Unix(at, 0).UTC().Format(time.RFC3339)), n.Kind, n.Space, n.Rec, n.Opened > 0}
}

// Notice gives one of them, or ErrNone.
func (c *Clock) Notice(account plan.AccountID, id plan.NoticeID) (Notice, error) {
	n, err := c.find(account, id)
	if err != nil {
		return Notice{}, err
	}
	may, err := c.Hub.MaySee(account, n.Space, n.Rec)
	if err != nil || !may {
		return Notice{}, firstError(err, ErrNone)
	}
	return n.told(), nil
}

// Open notes that a person has opened a notice; twice is once.
func (c *Clock) Open(account plan.AccountID, id plan.NoticeID) error {
	for range tries {
		n, err := c.find(account, id)
		if err != nil || n.Opened > 0 {
			return err
		}
		n.Opened = c.Now().Unix()
		var b kv.Batch
		if err := n.put(&b, account); err != nil {
			return err
		}
		if err := c.Store.Commit(b); !errors.Is(err, kv.ErrGuard) {
			if err == nil {
				c.count("opened", 1)
			}
			return err
		}
	}
	return kv.ErrGuard
}

func (c *Clock) find(account plan.AccountID, id plan.NoticeID) (*notice, error) {
	list, err := c.inboxOf(account)
	if err != nil {
		return nil, err
	}
	for _, n := range list {
		if n.ID == id {
			return n, nil
		}
	}
	return nil, ErrNone
}

func (c *Clock) inboxOf(account plan.AccountID) (list []*notice, err error) {
	err = c.Store.View(func(r kv.Reader) error {
		list, err = inbox(r, account)
		return err
	})
	return list, err
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
