// Package feed gives a person's meetings and own due dates to their calendar program
// (RFC 5545), under an address that only they know.
//
// Its one rule: what it shows goes through the gate that sync reads through, for the
// person whose address it is, at the moment of asking. A calendar lies on other
// people's servers, so titles are neutral unless the person asks for the real ones,
// and an address can be taken back at any time. Start with Feed.Calendar.
package feed

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	ical "github.com/arran4/golang-ical"
	"github.com/go-json-experiment/json"

	"samspor/sync/calendar"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// ErrGone says that no calendar stands under an address, or not any more.
var ErrGone = errors.New("feed: there is no such calendar")

// past is how long ago things still stand in a calendar.
const past = 31

// every is how often a calendar program should look again (RFC 7986).
const every = "PT2H"

// Feed keeps who has a calendar and makes it.
type Feed struct {
	hub *hub.Hub
	kv  kv.Engine
	now func() time.Time
}

// New makes the service.
func New(h *hub.Hub, store kv.Engine, now func() time.Time) *Feed { return &Feed{h, store, now} }

// State is how an account's calendar stands. Its address is shown once and not kept.
type State struct {
	Language string       `json:"language"` // da, nb or en
	Details  bool         `json:"details"`  // real titles and places
	Since    plan.Instant `json:"since"`
}

type row struct {
	State
	Hash []byte `json:"hash"` // of the secret in the address
}

// Open gives an account a calendar under a new secret, 128 random bits; an older
// address stops working at once.
func (f *Feed) Open(account plan.AccountID, language string, details bool) (secret string, err error) {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	secret = base64.RawURLEncoding.EncodeToString(b)
	sum := sha256.Sum256([]byte(secret))
	old, rev, err := f.row(account)
	if err != nil {
		return "", err
	}
	raw, err := json.Marshal(row{State{language, details, plan.Instant(f.now().UTC().Format(time.RFC3339))}, sum[:]})
	if err != nil {
		return "", fmt.Errorf("calendar: %w", err)
	}
	batch := kv.Batch{
		Guards: []kv.Guard{{Key: kv.FeedOf(account), Rev: rev}},
		Put: []kv.Entry{
			{Key: kv.FeedOf(account), Value: raw, Rev: rev + 1}, {Key: kv.Feed(sum[:]), Value: []byte(account), Rev: 1},
		},
	}
	if rev > 0 {
		batch.Del = [][]byte{kv.Feed(old.Hash)}
	}
	if err := f.kv.Commit(batch); err != nil {
		return "", fmt.Errorf("open a calendar: %w", err)
	}
	return secret, nil
}

// Close takes an account's calendar away; without one it does nothing.
func (f *Feed) Close(account plan.AccountID) error {
	old, rev, err := f.row(account)
	if err != nil || rev == 0 {
		return err
	}
	err = f.kv.Commit(kv.Batch{
		Guards: []kv.Guard{{Key: kv.FeedOf(account), Rev: rev}}, Del: [][]byte{kv.FeedOf(account), kv.Feed(old.Hash)},
	})
	if err != nil {
		return fmt.Errorf("close a calendar: %w", err)
	}
	return nil
}

// State gives how an account's calendar stands; nil if it has none.
func (f *Feed) State(account plan.AccountID) (*State, error) {
	r, rev, err := f.row(account)
	if err != nil || rev == 0 {
		return nil, err
	}
	return &r.State, nil
}

func (f *Feed) row(account plan.AccountID) (r row, rev uint64, err error) {
	err = f.kv.View(func(read kv.Reader) error {
		var raw []byte
		if raw, rev, err = read.Get(kv.FeedOf(account)); err != nil || rev == 0 {
			return err
		}
		return json.Unmarshal(raw, &r)
	})
	return r, rev, err
}

// Calendar writes the calendar under an address, or gives ErrGone.
func (f *Feed) Calendar(w io.Writer, secret string) error {
	sum := sha256.Sum256([]byte(secret))
	var account plan.AccountID
	err := f.kv.View(func(read kv.Reader) error {
		raw, _, err := read.Get(kv.Feed(sum[:]))
		account = plan.AccountID(bytes.Clone(raw))
		return err
	})
	if err != nil {
		return err
	}
	if account == "" {
		return ErrGone
	}
	r, rev, err := f.row(account)
	if err != nil {
		return err
	}
	if rev == 0 || !bytes.Equal(r.Hash, sum[:]) {
		return ErrGone
	}
	cal := ical.NewCalendarFor("Samspor")
	cal.SetMethod(ical.MethodPublish)
	cal.SetName("Samspor")
	cal.SetXWRCalName("Samspor")
	cal.SetRefreshInterval(every)
	cal.SetXPublishedTTL(every)
	spaces, err := f.hub.SpacesOf(account)
	if err != nil {
		return err
	}
	for _, space := range spaces {
		seen, err := f.hub.Visible(account, space, "meeting", "participant", "task")
		var refused *hub.Refused
		if errors.As(err, &refused) { // no member there any more
			continue
		}
		if err != nil {
			return err
		}
		f.add(cal, space, seen, r.State)
	}
	return cal.SerializeTo(w, ical.WithNewLineWindows) // CRLF: RFC 5545, 3.1
}

// words are the neutral titles.
var words = map[string]struct{ meeting, due string }{
	"da": {"Samspor: møde", "Samspor: frist"},
	"nb": {"Samspor: møte", "Samspor: frist"},
	"en": {"Samspor: meeting", "Samspor: due"},
}

// add writes one space's meetings and own due dates.
func (f *Feed) add(cal *ical.Calendar, space plan.SpaceID, seen hub.Seen, s State) {
	word, ok := words[s.Language]
	if !ok {
		word = words["da"]
	}
	mine := map[string]bool{} // meetings this person takes part in
	for _, r := range seen.Records {
		if r.Kind == "participant" && text(r, "person") == string(seen.Person) {
			mine[text(r, "meeting")] = text(r, "reply") != string(plan.ReplyDeclined)
		}
	}
	from := f.now().AddDate(0, 0, -past)
	for _, r := range seen.Records {
		switch {
		case r.Kind == "meeting" && (mine[string(r.ID)] || text(r, "convenor") == string(seen.Person)):
			start, err := calendar.ParseInstant(text(r, "start"))
			state := plan.MeetingState(text(r, "state"))
			if err != nil || start.Before(from) || state == plan.MeetingDraft {
				continue
			}
			end, err := calendar.ParseInstant(text(r, "end"))
			if err != nil || !end.After(start) {
				end = start.Add(time.Hour)
			}
			e := f.event(cal, space, r)
			e.SetStartAt(start)
			e.SetEndAt(end)
			e.SetSummary(word.meeting)
			if s.Details {
				e.SetSummary(cmp.Or(text(r, "title"), word.meeting))
				if place := text(r, "place"); place != "" {
					e.SetLocation(place)
				}
			}
			if state == plan.MeetingCancelled {
				e.SetStatus(ical.ObjectStatusCancelled)
			}
		case r.Kind == "task" && text(r, "responsible") == string(seen.Person) && isOpen(r):
			day, err := calendar.ParseDay(text(r, "due"))
			if err != nil || day < calendar.DayOf(from, time.UTC) {
				continue
			}
			at, err := time.Parse(time.DateOnly, string(day))
			if err != nil {
				continue
			}
			e := f.event(cal, space, r)
			e.SetAllDayStartAt(at)
			e.SetAllDayEndAt(at.AddDate(0, 0, 1))
			e.SetTimeTransparency(ical.TransparencyTransparent) // a day on which something is due is not a busy day
			e.SetSummary(word.due)
			if s.Details {
				e.SetSummary(cmp.Or(text(r, "title"), word.due))
			}
		}
	}
}

// event begins one; its id stays the same, so that a move is a move, and says nothing.
func (f *Feed) event(cal *ical.Calendar, space plan.SpaceID, r wire.Record) *ical.VEvent {
	sum := sha256.Sum256([]byte(string(space) + "/" + string(r.ID)))
	e := cal.AddEvent(base64.RawURLEncoding.EncodeToString(sum[:15]) + "@samspor")
	e.SetDtStampTime(f.now().UTC())
	e.SetClass(ical.ClassificationPrivate)
	return e
}

func isOpen(r wire.Record) bool {
	switch plan.TaskState(text(r, "state")) {
	case plan.TaskOpen, plan.TaskInProgress, plan.TaskBlocked:
		return true
	}
	return false
}

func text(r wire.Record, field string) string { return plan.Str(r.F[field]) }
