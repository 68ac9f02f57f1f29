package remind

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"samspor/backend/casefile"
	"samspor/backend/push"
	"samspor/sync/calendar"
	"samspor/sync/hub"
	"samspor/sync/kv"
	"samspor/sync/plan"
)

var errCrash = errors.New("crash")

// crashing is a store whose machine dies now and then, just before or just after a commit.
type crashing struct {
	kv.Engine
	rng *rand.Rand
	one int // of so many commits
}

func (c *crashing) Commit(b kv.Batch) error {
	switch c.rng.IntN(c.one * 2) {
	case 0:
		return errCrash
	case 1:
		return errors.Join(c.Engine.Commit(b), errCrash)
	}
	return c.Engine.Commit(b)
}

// ledger counts what a sender was given, by notice.
type ledger struct{ sent map[plan.NoticeID]int }

func (l *ledger) Send(_ context.Context, _ plan.AccountID, m push.Message) (push.Outcome, error) {
	l.sent[m.Notice]++
	return push.Outcome{Phones: 1, Accepted: 1}, nil
}

// years plays two years of reminders and gives what went wrong.
type years struct {
	t      testing.TB
	mem    *kv.Mem
	hub    *hub.Hub
	now    time.Time
	rng    *rand.Rand
	tasks  []deadline
	people map[plan.AccountID]bool
	seen   map[string]map[plan.NoticeID]notice // by whom, of what and why; an inbox keeps only so long

	ticks, crashes, leaps int
}

// deadline is one task, and who is told of it.
type deadline struct {
	rec       plan.RecordID
	due       plan.Day
	days      calendar.Calendar
	zone      *time.Location
	own, over plan.AccountID // responsible, tovholder
}

const people = 4

// begin makes cases in both countries, with tasks on days all over two years.
func begin(t testing.TB, seed uint64, cases, tasks int) *years {
	t.Helper()
	y := &years{t: t, mem: kv.NewMem(), now: time.Date(2027, 3, 1, 6, 30, 0, 0, time.UTC), rng: rand.New(rand.NewPCG(seed, 1)), people: map[plan.AccountID]bool{}, seen: map[string]map[plan.NoticeID]notice{}}
	y.hub = hub.New(hub.Config{Core: hub.Core{
		Store: y.mem, Now: func() time.Time { return y.now }, CursorKey: []byte("x"), Log: slog.New(slog.DiscardHandler),
	}})
	t.Cleanup(y.hub.Close)
	var list []map[string]any
	for c := range cases {
		one := map[string]any{
			"id": fmt.Sprintf("case%d", c), "kind": "named", "state": "active", "country": "DK", "locale": "da-DK", "calendarProfile": "DK-kommune", "title": "x",
			"municipality": "A", "modelIds": []string{"randers-5x2"}, "tracks": []map[string]string{{"id": "institution", "label": "x"}},
		}
		if c%2 == 1 {
			one["country"], one["locale"], one["calendarProfile"], one["municipality"] = "NO", "nb-NO", "NO", "B"
		}
		var parties, work []map[string]any
		for p := range people {
			parties = append(parties, map[string]any{"id": fmt.Sprintf("p%d", p), "name": "x", "role": "x", "sector": "school", "organisation": "x", "access": "professional_lead"})
		}
		for n := range tasks {
			due := calendar.Day(y.now.AddDate(0, 0, 6+y.rng.IntN(705)).Format("2006-01-02"))
			work = append(work, map[string]any{
				"id": fmt.Sprintf("c%d-t%d", c, n), "title": "x", "state": "open", "responsibleId": fmt.Sprintf("p%d", y.rng.IntN(people)), "due": due, "sector": "school", "sensitivity": "plan",
			})
		}
		one["parties"], one["tasks"] = parties, work
		one["tovholderAssignments"] = []map[string]any{{"id": "tv", "personId": "p0", "from": "2026-01-01", "scope": "institution"}}
		list = append(list, one)
	}
	raw, err := json.Marshal(map[string]any{"demoNow": y.now.Format(time.RFC3339), "cases": list})
	if err != nil {
		t.Fatal(err)
	}
	file, err := casefile.Read(raw, 0)
	if err != nil {
		t.Fatal(err)
	}
	in, err := file.Import(t.Context(), y.hub)
	if err != nil {
		t.Fatal(err)
	}
	for c, one := range list {
		work, _ := one["tasks"].([]map[string]any)
		profile, _ := one["calendarProfile"].(string)
		country, _ := one["country"].(string)
		days, err := calendar.For(profile, nil)
		if err != nil {
			t.Fatal(err)
		}
		account := func(p any) plan.AccountID { return in.Accounts[fmt.Sprintf("case%d/%v", c, p)] }
		for _, w := range work {
			id, _ := w["id"].(string)
			due, _ := w["due"].(plan.Day)
			y.tasks = append(y.tasks, deadline{plan.RecordID(id), due, days, calendar.Zone(country), account(w["responsibleId"]), account("p0")})
		}
		for p := range people {
			y.people[account(fmt.Sprintf("p%d", p))] = true
		}
	}
	return y
}

// play lets two years pass: the clock crashes and starts again, and the machine's clock
// leaps ten years away and back.
func (y *years) play(l *ledger) {
	store := &crashing{y.mem, y.rng, 400}
	start := func() *Clock {
		return New(Config{Hub: y.hub, Store: store, Post: l, Secret: []byte("s"), Node: "one", Now: func() time.Time { return y.now }, Log: slog.New(slog.DiscardHandler)})
	}
	c, gather := start(), y.now
	for end := y.now.AddDate(2, 0, 7); y.now.Before(end); {
		if y.now.Sub(gather) > kept/2 {
			gather = y.now
			y.gather()
		}
		if y.rng.IntN(500) == 0 {
			real := y.now
			y.now = y.now.AddDate(20*y.rng.IntN(2)-10, 0, 0)
			if _, err := c.Tick(context.Background()); err != nil && !errors.Is(err, errCrash) {
				y.t.Fatal(err)
			}
			y.now, y.leaps = real, y.leaps+1
		}
		y.ticks++
		if _, err := c.Tick(context.Background()); errors.Is(err, errCrash) {
			c, y.crashes = start(), y.crashes+1
			y.now = y.now.Add(2 * time.Second) // as long as a start takes
			continue
		} else if err != nil {
			y.t.Fatal(err)
		}
		next, err := c.next()
		if err != nil {
			y.t.Fatal(err)
		}
		if soon := y.now.Add(30 * time.Minute); next.IsZero() || next.After(soon) {
			next = soon
		}
		y.now = later(next, y.now.Add(time.Second))
	}
}

// gather writes down what stands in the inboxes now.
func (y *years) gather() {
	for account := range y.people {
		err := y.mem.View(func(r kv.Reader) error {
			list, err := inbox(r, account)
			for _, n := range list {
				key := fmt.Sprint(account, n.Rec, n.Kind)
				if y.seen[key] == nil {
					y.seen[key] = map[plan.NoticeID]notice{}
				}
				y.seen[key][n.ID] = *n
			}
			return err
		})
		if err != nil {
			y.t.Fatal(err)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// moment is when a reminder is to reach somebody, worked out day by day and minute by
// minute: not before 8 on its day, not at night, not on a day off.
func (d deadline) moment(day plan.Day) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", string(day)+" 08:00", d.zone)
	if err != nil {
		panic(err) // a day of the calendar
	}
	for {
		local := at.In(d.zone)
		if h := local.Hour(); d.days.IsWorkday(plan.Day(local.Format("2006-01-02"))) && h >= 7 && h < 20 {
			return at
		}
		at = at.Add(time.Minute)
	}
}

func (d deadline) workday(n int) plan.Day {
	by, day := 1, d.due
	if n < 0 {
		by, n = -1, -n
	}
	for n > 0 {
		if day = day.AddDays(by); d.days.IsWorkday(day) {
			n--
		}
	}
	return day
}

// check compares every inbox with what should be in it.
func (y *years) check() (told, missed, doubled, late int, worst time.Duration) {
	y.gather()
	for _, d := range y.tasks {
		for _, x := range []struct {
			kind plan.TimerKind
			who  plan.AccountID
			day  plan.Day
		}{{"task.soon", d.own, d.workday(-3)}, {"task.due", d.own, d.due}, {"task.late", d.own, d.workday(1)}, {"task.overdue", d.over, d.workday(3)}} {
			is := y.seen[fmt.Sprint(x.who, d.rec, x.kind)]
			if len(is) > 1 {
				doubled++
			}
			one := notice{}
			for _, n := range is {
				one = n
			}
			if !one.Done {
				missed++
				continue
			}
			told++
			by := time.Unix(one.Sent, 0).Sub(d.moment(x.day))
			worst = max(worst, by)
			if by < 0 || by > time.Minute {
				late++
			}
		}
	}
	return told, missed, doubled, late, worst
}

var reminders = flag.Int("reminders", 8_000, "how many reminders two years hold; npm run soak plays 100,000")

func TestTwoYearsOfRemindersMissAndDoubleNone(t *testing.T) { // R11, R49: both clock changes, Easter, 29 February
	cases := *reminders / 250
	y := begin(t, 7, cases, *reminders/4/cases)
	l := &ledger{map[plan.NoticeID]int{}}
	y.play(l)
	told, missed, doubled, late, worst := y.check()
	t.Logf("%d reminders in %d ticks, %d crashes, %d leaps: %d missed, %d doubled, %d early or over a minute late, at most %s", told, y.ticks, y.crashes, y.leaps, missed, doubled, late, worst)
	if told != *reminders/4/cases*cases*4 || missed > 0 || doubled > 0 || late > 0 || y.crashes < 10 || y.leaps < 10 {
		t.Errorf("told %d, missed %d, doubled %d, late %d, worst %s, crashes %d, leaps %d", told, missed, doubled, late, worst, y.crashes, y.leaps)
	}
}
