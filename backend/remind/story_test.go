package remind_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samspor/backend/push"
	"samspor/backend/remind"
	. "samspor/backend/world"
	"samspor/sync/merge"
	"samspor/sync/plan"
)

// sent is one push that went out.
type sent struct {
	at   time.Time
	text push.Text
	id   plan.NoticeID
	more push.Message
}

// post is a sender that keeps what it is given; phones is how many everybody has.
type post struct {
	mu     sync.Mutex
	now    func() time.Time
	to     map[plan.AccountID][]sent
	phones int
	fails  int // so many times nothing comes through
	breaks error
}

func (p *post) Send(_ context.Context, a plan.AccountID, m push.Message) (push.Outcome, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.breaks != nil {
		return push.Outcome{}, p.breaks
	}
	if p.fails > 0 {
		p.fails--
		return push.Outcome{Phones: p.phones, Retry: p.now().Add(10 * time.Minute)}, nil
	}
	p.to[a] = append(p.to[a], sent{p.now(), m.Text, m.Notice, m})
	return push.Outcome{Phones: p.phones, Accepted: p.phones}, nil
}

// mail keeps whom it was asked to write to.
type mail struct{ to []string }

func (m *mail) Notify(_ context.Context, address, lang string) error {
	m.to = append(m.to, address+" "+lang)
	return nil
}

// story is a world with a clock that a test moves.
type story struct {
	*World
	t     *testing.T
	clock *remind.Clock
	post  *post
	mail  *mail
}

func tell(t *testing.T) *story {
	t.Helper()
	s := &story{World: New(t), t: t, mail: &mail{}}
	s.post = &post{now: func() time.Time { return s.Now }, to: map[plan.AccountID][]sent{}, phones: 1}
	s.clock = s.node("one")
	return s
}

func (s *story) node(name string) *remind.Clock {
	return remind.New(remind.Config{
		Hub: s.Hub, Store: s.Store, Post: s.post, Mail: s.mail, Secret: []byte("a secret of tests"), Node: name,
		Now: func() time.Time { return s.Now }, Log: slog.New(slog.DiscardHandler),
	})
}

// until lets time pass, as the clock itself would wake.
func (s *story) until(local string) {
	s.t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		s.t.Fatal(err)
	}
	end, err := time.ParseInLocation("2006-01-02 15:04", local, zone)
	if err != nil {
		s.t.Fatal(err)
	}
	for {
		wait, err := s.clock.Tick(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if wait <= 0 || wait > 30*time.Second {
			s.t.Fatalf("it rests for %s", wait)
		}
		if wait == 30*time.Second { // nothing to do before: it would only look at its watch
			wait = 10 * time.Minute
		}
		if !s.Now.Add(wait).Before(end) {
			break
		}
		s.Now = s.Now.Add(wait)
	}
	s.Now = end
	if _, err := s.clock.Tick(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) account(who string) plan.AccountID { return s.Accounts["case-1/"+who] }

// about gives the notices that somebody has of one record, the oldest first.
func (s *story) about(who, rec string) (kinds []plan.TimerKind) {
	s.t.Helper()
	list, err := s.clock.Notices(s.account(who))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, n := range slices.Backward(list) {
		if string(n.Rec) == rec {
			kinds = append(kinds, n.Kind)
		}
	}
	return kinds
}

func (s *story) wants(who, rec string, kinds ...plan.TimerKind) {
	s.t.Helper()
	if got := s.about(who, rec); !slices.Equal(got, kinds) {
		s.t.Errorf("%s was told %v of %s, want %v", who, got, rec, kinds)
	}
}

// quietly lets everything that the sample cases owe be over, so that a test sees its own.
func quietly(t *testing.T) *story {
	t.Helper()
	s := tell(t)
	s.until("2026-11-30 09:00")
	for _, account := range s.Accounts {
		list, err := s.clock.Notices(account)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range list {
			if err := s.clock.Open(account, n.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.post.to = map[plan.AccountID][]sent{}
	return s
}

func task(id, who, due string) merge.Op {
	return Record("task", id, F{"title": "Ringe til PPR", "responsible": who, "due": due})
}

func TestATaskIsRemindedOfBeforeOnTheDayAndAfter(t *testing.T) { // R49: and the tovholder, three working days late
	s := quietly(t)
	s.Phone("case-1", "c1-karen").Wants("", task("t1", "c1-karen", "2026-12-10"))
	s.until("2026-12-07 07:59")
	s.wants("c1-karen", "t1")
	s.until("2026-12-07 08:00")
	s.wants("c1-karen", "t1", "task.soon")
	s.until("2026-12-10 08:00")
	s.wants("c1-karen", "t1", "task.soon", "task.due")
	s.until("2026-12-14 12:00")
	s.wants("c1-karen", "t1", "task.soon", "task.due", "task.late")
	s.wants("c1-jonas", "t1")
	s.until("2026-12-15 12:00")
	s.wants("c1-jonas", "t1", "task.overdue")
	texts := []push.Text{}
	for _, p := range s.post.to[s.account("c1-karen")] {
		if p.text != push.Digest {
			texts = append(texts, p.text)
		}
	}
	if !slices.Contains(texts, push.TaskSoon) || !slices.Contains(texts, push.TaskDue) || !slices.Contains(texts, push.TaskLate) {
		t.Errorf("Karen's phone said %v", texts)
	}
}

func TestWhatIsDoneOrNoLongerTheirsIsNotRemindedOf(t *testing.T) {
	s := quietly(t)
	karen := s.Phone("case-1", "c1-karen")
	karen.Wants("", task("t1", "c1-karen", "2026-12-10"))
	karen.Wants("", task("t2", "c1-karen", "2026-12-10"))
	s.until("2026-12-07 08:00")
	karen.Wants("", Edit("t1", F{"state": "done"}))
	s.Phone("case-1", "c1-jonas").Wants("", Edit("t2", F{"responsible": "c1-mikkel"}))
	s.until("2026-12-31 12:00")
	s.wants("c1-karen", "t1", "task.soon")
	s.wants("c1-karen", "t2", "task.soon")
	s.wants("c1-mikkel", "t2", "task.given", "task.due", "task.late")
}

func TestWhoLeftAt0759IsToldNothingAt0800(t *testing.T) { // T4, R49: rights are read at the moment of sending
	s := quietly(t)
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-mikkel", "2026-12-10"))
	s.until("2026-12-10 07:59")
	before := len(s.post.to[s.account("c1-mikkel")])
	for id, r := range s.Phone("case-1", "c1-jonas").Records["case-1"] {
		if r.Kind == "membership" && plan.Str(r.F["person"]) == "c1-mikkel" {
			op := merge.Op{Rec: id, Kind: "membership", Set: map[string]plan.Value{"to": plan.String("2026-12-09")}}
			if _, err := s.Hub.Amend(t.Context(), "case-1", []merge.Op{op}); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.until("2026-12-12 12:00")
	if n := len(s.post.to[s.account("c1-mikkel")]); n != before {
		t.Errorf("%d pushes went to somebody who has left", n-before)
	}
	s.wants("c1-mikkel", "t1") // nor does the inbox show what is not theirs any more
}

func TestNobodyIsDisturbedAtNightOrOnASunday(t *testing.T) { // R49
	s := quietly(t)
	s.until("2026-12-04 21:30") // a Friday evening
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-07 06:59")
	s.wants("c1-karen", "t1")
	s.until("2026-12-07 07:00")
	s.wants("c1-karen", "t1", "task.given")
	karen := s.account("c1-karen")
	set := remind.Default()
	set.Weekends, set.QuietFrom, set.QuietTo = true, "23:00", "05:00"
	if err := s.clock.Set(karen, set); err != nil {
		t.Fatal(err)
	}
	s.until("2026-12-12 22:00") // a Saturday night
	s.Phone("case-1", "c1-jonas").Wants("", task("t2", "c1-karen", "2027-02-01"))
	s.until("2026-12-12 22:01")
	s.wants("c1-karen", "t2", "task.given")
}

func TestSeveralThingsInAnHourAreOnePush(t *testing.T) {
	s := quietly(t)
	jonas := s.Phone("case-1", "c1-jonas")
	s.until("2026-12-01 10:00")
	jonas.Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-01 10:01")
	for _, id := range []string{"t2", "t3", "t4"} {
		jonas.Wants("", task(id, "c1-karen", "2027-02-01"))
	}
	s.until("2026-12-01 10:59")
	karen := s.post.to[s.account("c1-karen")]
	if len(karen) != 1 || karen[0].text != push.Read {
		t.Fatalf("in the first hour: %v", karen)
	}
	s.until("2026-12-01 11:05")
	karen = s.post.to[s.account("c1-karen")]
	if len(karen) != 2 || karen[1].text != push.Digest || karen[1].at.Sub(karen[0].at) < time.Hour {
		t.Errorf("then: %v", karen)
	}
	s.wants("c1-karen", "t4", "task.given")
}

func TestAnUnopenedPushGoesTheWayRoundOnce(t *testing.T) { // the fallback, by mail
	s := quietly(t)
	for who, address := range map[string]string{"c1-karen": "karen@mail.example", "c1-signe": "signe@mail.example"} {
		set := remind.Default()
		set.Email, set.Language = address, "nb"
		if err := s.clock.Set(s.account(who), set); err != nil {
			t.Fatal(err)
		}
	}
	s.until("2026-12-01 10:00")
	jonas := s.Phone("case-1", "c1-jonas")
	jonas.Wants("", task("t1", "c1-karen", "2027-02-01"))
	jonas.Wants("", task("t2", "c1-signe", "2027-02-01"))
	s.until("2026-12-01 10:05")
	list, err := s.clock.Notices(s.account("c1-signe"))
	if err != nil || len(list) == 0 || list[0].Rec != "t2" || list[0].Opened {
		t.Fatal(list, err)
	}
	for range 2 {
		if err := s.clock.Open(s.account("c1-signe"), list[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	s.until("2026-12-02 09:59")
	if len(s.mail.to) != 0 {
		t.Errorf("mails went to %v within the day", s.mail.to)
	}
	s.until("2026-12-05 12:00")
	if !slices.Equal(s.mail.to, []string{"karen@mail.example nb"}) {
		t.Errorf("mails went to %v", s.mail.to)
	}
	if err := s.clock.Open(s.account("c1-karen"), list[0].ID); !errors.Is(err, remind.ErrNone) {
		t.Errorf("somebody else's notice: %v", err)
	}
}

func TestWhoHasNoPhoneIsWrittenToAtOnce(t *testing.T) {
	s := quietly(t)
	s.post.phones = 0
	set := remind.Default()
	set.Email = "karen@mail.example"
	if err := s.clock.Set(s.account("c1-karen"), set); err != nil {
		t.Fatal(err)
	}
	s.until("2026-12-01 10:00")
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-01 10:02")
	if len(s.mail.to) != 1 {
		t.Errorf("mails went to %v", s.mail.to)
	}
}

func TestWhatAPersonTurnsOffStaysInTheApp(t *testing.T) {
	s := quietly(t)
	set := remind.Default()
	set.Off, set.Email = []string{"task"}, "karen@mail.example"
	if err := s.clock.Set(s.account("c1-karen"), set); err != nil {
		t.Fatal(err)
	}
	s.until("2026-12-01 10:00")
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-04 10:00")
	s.wants("c1-karen", "t1", "task.given")
	if n := len(s.post.to[s.account("c1-karen")]); n != 0 || len(s.mail.to) != 0 {
		t.Errorf("%d pushes, mails to %v", n, s.mail.to)
	}
	set = remind.Default()
	set.Shared = true
	if err := s.clock.Set(s.account("c1-karen"), set); err != nil {
		t.Fatal(err)
	}
	s.Phone("case-1", "c1-karen").Wants("", task("t2", "c1-karen", "2026-12-04"))
	s.until("2026-12-08 12:00")
	for _, p := range s.post.to[s.account("c1-karen")] {
		if p.text != push.Read || p.more.Badge != 0 {
			t.Errorf("on a shared phone it says %s with %d", p.text, p.more.Badge)
		}
	}
}

func TestAPushThatDoesNotComeThroughIsTriedAgain(t *testing.T) {
	s := quietly(t)
	s.until("2026-12-01 10:00")
	s.post.fails = 2
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-01 10:19")
	if n := len(s.post.to[s.account("c1-karen")]); n != 0 {
		t.Fatalf("%d came through", n)
	}
	s.until("2026-12-01 10:25")
	if n := len(s.post.to[s.account("c1-karen")]); n != 1 {
		t.Errorf("%d came through", n)
	}
}

func TestWhatIsOpenedWhileItsPushWaitsIsNotPushedAnyMore(t *testing.T) {
	s := quietly(t)
	karen := s.account("c1-karen")
	s.until("2026-12-01 10:00")
	s.post.fails = 2
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-01 10:12")
	list, err := s.clock.Notices(karen)
	if err != nil || len(list) == 0 || s.post.fails != 0 {
		t.Fatalf("%d notices, %d failures to come, %v", len(list), s.post.fails, err)
	}
	for _, n := range list {
		if err := s.clock.Open(karen, n.ID); err != nil {
			t.Fatal(err)
		}
	}
	s.until("2026-12-01 12:00")
	if n := len(s.post.to[karen]); n != 0 {
		t.Errorf("%d came through", n)
	}
}

func TestAPushThatNeverComesThroughGoesTheWayRoundOnce(t *testing.T) { // the fallback, when push is dead
	s := quietly(t)
	s.post.fails = 1 << 30
	set := remind.Default()
	set.Email = "karen@mail.example"
	if err := s.clock.Set(s.account("c1-karen"), set); err != nil {
		t.Fatal(err)
	}
	s.until("2026-12-01 10:00")
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	s.until("2026-12-02 09:59")
	if len(s.mail.to) != 0 {
		t.Errorf("mails went to %v within the day", s.mail.to)
	}
	s.until("2026-12-04 12:00")
	if len(s.mail.to) != 1 {
		t.Errorf("mails went to %v", s.mail.to)
	}
	s.post.fails = 0
	s.until("2026-12-04 13:00")
	if n := len(s.post.to[s.account("c1-karen")]); n != 1 || len(s.mail.to) != 1 {
		t.Errorf("when push works again: %d pushes, mails to %v", n, s.mail.to)
	}
}

func TestACrashBeforeTheSenderAnswersSendsTheSameNoticeAgain(t *testing.T) {
	s := quietly(t)
	s.until("2026-12-01 10:00")
	s.post.breaks = errors.New("the power went")
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	if _, err := s.clock.Tick(t.Context()); err == nil {
		t.Fatal("nothing broke")
	}
	s.post.breaks = nil
	s.clock = s.node("one") // started again
	s.until("2026-12-01 10:05")
	list, err := s.clock.Notices(s.account("c1-karen"))
	if err != nil {
		t.Fatal(err)
	}
	got := s.post.to[s.account("c1-karen")]
	if len(got) != 1 || got[0].id != list[0].ID || got[0].at.After(s.Now.Add(-4*time.Minute)) {
		t.Errorf("%v, inbox %v", got, list)
	}
	s.wants("c1-karen", "t1", "task.given")
}

func TestOfTwoNodesOneSends(t *testing.T) {
	s := quietly(t)
	other := s.node("two")
	s.until("2026-12-01 10:00")
	s.Phone("case-1", "c1-jonas").Wants("", task("t1", "c1-karen", "2027-02-01"))
	if _, err := other.Tick(t.Context()); err != nil || len(s.post.to[s.account("c1-karen")]) != 0 {
		t.Fatalf("the second node sent %v, %v", s.post.to, err)
	}
	s.Now = s.Now.Add(3 * time.Minute) // the first has stopped: its lease runs out
	for range 2 {
		if _, err := other.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.post.to[s.account("c1-karen")]); n != 1 {
		t.Errorf("%d pushes", n)
	}
	if _, err := s.clock.Tick(t.Context()); err != nil || len(s.post.to[s.account("c1-karen")]) != 1 {
		t.Error("the first sent it too")
	}
}

func TestAClockThatLeapsIsNotBelievedUntilItStays(t *testing.T) { // T19, R11
	s := quietly(t)
	s.Phone("case-1", "c1-karen").Wants("", task("t1", "c1-karen", "2026-12-10"))
	for _, years := range []int{10, -10} {
		real := s.Now
		s.Now = s.Now.AddDate(years, 0, 0)
		if _, err := s.clock.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Now = real
		if _, err := s.clock.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.wants("c1-karen", "t1")
	s.until("2026-12-10 08:00")
	s.wants("c1-karen", "t1", "task.soon", "task.due")
	s.clock = s.node("one")        // also after a new start
	s.Now = s.Now.AddDate(0, 1, 2) // the machine slept: after ten minutes of the same, it is believed
	for range 25 {
		if _, err := s.clock.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Now = s.Now.Add(30 * time.Second)
	}
	s.wants("c1-karen", "t1", "task.soon", "task.due", "task.late")
}

func TestSettingsThatAreNoneAreRefused(t *testing.T) { // bad inputs 70-72: a zone that is none, a time that is none
	s := tell(t)
	account := s.account("c1-karen")
	for _, c := range []struct {
		change func(*remind.Settings)
		want   error
	}{
		{func(s *remind.Settings) { s.Zone = "Mars/X" }, remind.ErrZone},
		{func(s *remind.Settings) { s.Zone = "Local" }, remind.ErrZone},
		{func(s *remind.Settings) { s.Zone = "../../etc/passwd" }, remind.ErrZone},
		{func(s *remind.Settings) { s.QuietFrom = "24:00" }, remind.ErrClock},
		{func(s *remind.Settings) { s.QuietTo = "7" }, remind.ErrClock},
		{func(s *remind.Settings) { s.QuietTo = "7:00" }, remind.ErrClock},
		{func(s *remind.Settings) { s.Off = []string{"everything"} }, remind.ErrGroup},
	} {
		set := remind.Default()
		c.change(&set)
		if err := s.clock.Set(account, set); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", set, err)
		}
	}
	if got, err := s.clock.Settings(account); err != nil || got.QuietFrom != "20:00" || got.Zone != "" {
		t.Errorf("they are %+v, %v", got, err)
	}
}

func TestNothingOfAPersonStandsInTheLog(t *testing.T) {
	var log strings.Builder
	s := tell(t)
	s.clock = remind.New(remind.Config{
		Hub: s.Hub, Store: s.Store, Post: s.post, Secret: []byte("x"), Node: "one", Now: func() time.Time { return s.Now },
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	s.until("2026-12-20 12:00")
	for _, word := range []string{"c1-", "case-", "Malthe", "Karen"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log says %q: %s", word, log.String())
		}
	}
	if counts, _ := s.clock.Counts(); counts["queued"] == 0 || counts["accepted"] == 0 {
		t.Errorf("counted %v", counts)
	}
}

func TestAskedToRingTodayDoesNotWaitForTheNextHour(t *testing.T) { // the contact person's push
	s := quietly(t)
	s.until("2026-12-01 10:00")
	jonas := s.Phone("case-1", "c1-jonas")
	jonas.Wants("", task("t1", "c1-nadia", "2027-02-01"))
	s.until("2026-12-01 10:05")
	jonas.Wants("", Record("task", "call", F{"title": "Ringe til Malthes mor", "type": "call", "responsible": "c1-nadia", "due": "2026-12-01"}))
	s.until("2026-12-01 10:06")
	got := s.post.to[s.account("c1-nadia")]
	if len(got) != 2 || got[1].text != push.CallToday || !got[1].more.Urgent {
		t.Errorf("Nadia's phone said %v", got)
	}
	s.wants("c1-nadia", "call", "call.today")
}
