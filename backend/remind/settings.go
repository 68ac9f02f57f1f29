package remind

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"samspor/sync/calendar"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

// What can be wrong with somebody's settings.
var (
	ErrZone  = errors.New("remind: there is no such time zone")
	ErrClock = errors.New("remind: this is no time of the day")
	ErrEmail = errors.New("remind: this is no e-mail address")
	ErrGroup = errors.New("remind: there is no such kind of reminder")
)

// Settings are how a person wants to be reminded (R49).
type Settings struct {
	Zone      string   `json:"zone"`      // IANA; empty: the plan's own
	QuietFrom string   `json:"quietFrom"` // "20:00"
	QuietTo   string   `json:"quietTo"`   // "07:00"; the same as QuietFrom: never quiet
	Weekends  bool     `json:"weekends"`  // also on days when people do not work
	Off       []string `json:"off"`       // kinds that stay in the app
	Email     string   `json:"email"`     // for what is not opened; empty: none
	Language  string   `json:"language"`  // of e-mails: da, nb or en
	Shared    bool     `json:"shared"`    // others use this person's phone: one sentence for everything
	Mails     bool     `json:"mails"`     // whether this server sends e-mails; what a person sends here counts for nothing
}

// Default is what a person has who has said nothing.
func Default() Settings {
	return Settings{QuietFrom: "20:00", QuietTo: "07:00", Off: []string{}, Language: "da"}
}

// Groups are the kinds of reminders that a person can turn off one by one.
var Groups = []string{"task", "meeting", "answer", "plan"}

// Settings gives how an account wants to be reminded.
func (c *Clock) Settings(account plan.AccountID) (Settings, error) {
	s, _, err := c.settings(account)
	s.Mails = c.Mail != nil
	return s, err
}

func (c *Clock) settings(account plan.AccountID) (s Settings, rev uint64, err error) {
	s = Default()
	err = c.Store.View(func(r kv.Reader) error {
		rev, err = read(r, kv.Reminders(account), &s)
		return err
	})
	return s, rev, err
}

// Set keeps how an account wants to be reminded.
func (c *Clock) Set(account plan.AccountID, s Settings) error {
	if err := s.check(); err != nil {
		return err
	}
	_, rev, err := c.settings(account)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	key := kv.Reminders(account)
	if err := c.Store.Commit(kv.Batch{Guards: []kv.Guard{{Key: key, Rev: rev}}, Put: []kv.Entry{{Key: key, Value: raw, Rev: rev + 1}}}); err != nil {
		return fmt.Errorf("keep settings: %w", err)
	}
	return c.wake(account)
}

func (s Settings) check() error {
	if s.Zone != "" {
		if _, err := time.LoadLocation(s.Zone); err != nil || s.Zone == "Local" {
			return ErrZone
		}
	}
	for _, clock := range []string{s.QuietFrom, s.QuietTo} {
		if at, err := time.Parse("15:04", clock); err != nil || at.Format("15:04") != clock {
			return ErrClock
		}
	}
	for _, g := range s.Off {
		if !slices.Contains(Groups, g) {
			return ErrGroup
		}
	}
	return nil
}

// zone is where the person's day is, or the plan's.
func (s Settings) zone(of *time.Location) *time.Location {
	if z, err := time.LoadLocation(s.Zone); err == nil && s.Zone != "" {
		return z
	}
	return of
}

// allowed is the first moment from t on at which the person may be disturbed: not in
// the quiet hours, and not on a day when people do not work. A clock time that a zone
// jumps over is the moment after the jump (calendar.Local).
func (s Settings) allowed(t time.Time, zone *time.Location, days calendar.Calendar) time.Time {
	for range 400 { // more days in a row than any calendar closes
		local := t.In(zone)
		day, clock := calendar.DayOf(t, zone), local.Format("15:04")
		switch {
		case !s.Weekends && !days.IsWorkday(day):
			t = s.morning(day.AddDays(1), zone, t)
		case s.isQuiet(clock):
			if clock >= s.QuietTo { // before midnight
				day = day.AddDays(1)
			}
			t = s.morning(day, zone, t)
		default:
			return t
		}
	}
	return t
}

func (s Settings) isQuiet(clock string) bool {
	if s.QuietFrom <= s.QuietTo {
		return clock >= s.QuietFrom && clock < s.QuietTo
	}
	return clock >= s.QuietFrom || clock < s.QuietTo
}

// morning is when the quiet ends on a day; it never turns back.
func (s Settings) morning(day plan.Day, zone *time.Location, after time.Time) time.Time {
	clock := s.QuietTo
	if s.QuietFrom == s.QuietTo {
		clock = "00:00"
	}
	at, err := calendar.Local(day, clock, zone)
	if err != nil || !at.After(after) {
		return after.Add(time.Minute)
	}
	return at
}

// read decodes a row; rev is 0 when there is none.
func read(r kv.Reader, key []byte, into any) (rev uint64, err error) {
	raw, rev, err := r.Get(key)
	if err != nil || rev == 0 {
		return 0, err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return 0, fmt.Errorf("decode a row: %w", err)
	}
	return rev, nil
}
