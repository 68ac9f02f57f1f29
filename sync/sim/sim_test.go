package sim

import (
	"flag"
	"runtime/debug"
	"testing"

	"samspor/sync/plan"
)

var (
	seeds = flag.Int("seeds", 300, "how many seeds to play")
	first = flag.Uint64("seed", 1, "the first seed")
)

// play plays seeds and gives what they came to, all counts added up.
func play(t *testing.T, c Config, n int) (steps int, counts Counts) {
	t.Helper()
	counts = Counts{}
	var broken *Outcome
	left := n
	more := func() bool { left--; return left >= 0 && broken == nil }
	Seeds(*first, c, more, func(o *Outcome) {
		steps += o.Steps
		counts.Add(o.Counts)
		if o.Broken != nil && broken == nil {
			broken = o
		}
	})
	if broken != nil {
		c.Seed = broken.Seed
		t.Fatal(Shrink(c, broken.Broken).Story())
	}
	return steps, counts
}

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // much is made and forgotten, and little is kept
	m.Run()
}

func TestEverySeedKeepsEveryPromise(t *testing.T) { // I1-I8
	t.Parallel()
	steps, counts := play(t, Config{Small: true}, *seeds)
	few := *seeds / 50
	more, others := play(t, Config{}, few)
	counts.Add(others)
	t.Logf("%d small runs and %d whole ones from seed %d on, steps %d\n%s", *seeds, few, *first, steps+more, counts)
	for _, happened := range []string{
		"answer conflict", "answer ok", "answer parked", "answered again", "app restarted", "case opened", "clone",
		"commit lost to another node", "conflict opened", "conflict settled", "contact person changed", "crash",
		"crash after commit", "crash before commit", "done stands against a late beginning", "case erased", "erased", "erased words looked for", "gone", "group commit",
		"member again", "member again by a new membership", "membership ended", "message lost", "message slow",
		"message twice", "number skipped", "offline span", "parked change.malformed", "parked change.twice",
		"parked conflict.settled", "parked field.notAllowed", "parked field.unknown", "parked move.notAllowed",
		"parked record.deleted", "parked record.erased", "parked record.exists", "parked record.missing", "parked task.noReason", "parked task.noResponsible",
		"parked task.notYours", "parked task.onlyOwn", "parked value.missing", "protection changed", "quarantine",
		"refused fork", "refused gap", "refused gone", "refused not-found", "reset", "rest", "role changed",
		"space erased", "space removed", "tovholder changed",
	} {
		if counts[happened] == 0 && *seeds >= 300 {
			t.Errorf("%q has not happened once: what it would have broken was not looked at", happened)
		}
	}
}

func TestTheSameSeedTwiceIsTheSameRun(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		c := Config{Seed: seed, Small: seed > 2}
		one, two := Run(c), Run(c)
		if one.Hash != two.Hash || one.Steps != two.Steps || one.Calls != two.Calls {
			t.Errorf("seed %d: %x after %d steps, and then %x after %d", seed, one.Hash, one.Steps, two.Hash, two.Steps)
		}
	}
	if Run(Config{Seed: 1}).Hash == Run(Config{Seed: 2}).Hash {
		t.Error("two seeds have one hash: it does not look at anything")
	}
}

// A small run without any other harm is played again and again, and the server
// dies at another call of the store each time.
func TestACrashAtEveryCallOfTheStore(t *testing.T) { // I1, I7
	t.Parallel()
	c := Config{Seed: 7, Acts: 40, Rounds: 1, Calm: true, Absent: map[int]bool{}}
	for _, p := range newWorld(c).phones {
		c.Absent[p.index] = p.person.name != "hans" && p.person.name != "erik" || p.index%devices == 2
	}
	whole := c
	whole.CrashAt = 1 << 40
	o := Run(whole)
	if o.Broken != nil {
		t.Fatal(o.Broken)
	}
	const points = 100
	stride := max(1, o.Calls/points)
	crashed := 0
	for at := 1; at <= o.Calls; at += stride {
		c.CrashAt = at
		o := Run(c)
		crashed += o.Counts["crash"]
		if o.Broken != nil {
			t.Fatalf("a crash at call %d: %s", at, Shrink(c, o.Broken).Story())
		}
	}
	t.Logf("%d calls, the server died at %d of them", o.Calls, crashed)
	if crashed < points {
		t.Errorf("the server died %d times, want %d", crashed, points)
	}
}

func TestTheOracleKnowsWhoSeesWhat(t *testing.T) { // the checker's own control
	w := newWorld(Config{})
	w.server = newServer(w)
	w.settleIn()
	b := w.server.books.space(malthe)
	sums := map[uint64]bool{}
	for _, name := range []string{"bo", "erik", "malthe", "dorte"} {
		v, ok := b.viewer(accountOf(name), w.today())
		if !ok {
			t.Fatalf("%s is a member", name)
		}
		sums[b.projection(v)] = true
	}
	if len(sums) != 4 {
		t.Errorf("four people of four kinds see %d different plans", len(sums))
	}
	if v, ok := b.viewer(accountOf("gitte"), w.today()); ok {
		t.Errorf("Gitte has no part in this case, and is %+v", v)
	}
	anne, _ := b.viewer(accountOf("anne"), w.today())
	erik, _ := b.viewer(accountOf("erik"), w.today())
	dorte, _ := b.viewer(accountOf("dorte"), w.today())
	for _, c := range []struct {
		who  viewer
		rec  string
		want depth
	}{
		{anne, "r-hidden", whole}, {dorte, "r-hidden", whole}, {erik, "r-hidden", nothing}, // it is Anne's, and Dorte holds the rope
		{erik, "r-p-dorte", core}, {erik, "r-p-bo", nothing}, {erik, "task-4", whole}, {erik, "task-0", nothing},
		{erik, "note-4", whole}, {erik, "note-6", nothing}, {erik, "goal-1", nothing}, {erik, "meet-1", core}, {anne, "goal-1", whole},
	} {
		if got := b.sees(c.who, b.recs[plan.RecordID(c.rec)].r); got != c.want {
			t.Errorf("%s of %s: got %d, want %d", c.rec, c.who.person, got, c.want)
		}
	}
}
