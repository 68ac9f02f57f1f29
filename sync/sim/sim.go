// Package sim runs many phones, one server and a bad network in one thread, on a
// clock of its own: the same seed is the same run, down to the last byte.
//
// Its one rule: whatever happens on the way, in the end everybody has the same
// plan, as far as they may see it, and nothing that anybody wrote is lost. The
// server is the real hub.Core on a store that crashes; the phones (phone.go) are
// written from SYNC a second time, so that a mistake in reading it shows; the
// rights (oracle.go) and the history (ledger.go) are worked out a second time
// too, from the text of the rules and not with the code under test.
//
// A run is a script (script.go): what people, the weather and the office do, drawn
// from the seed before anything begins. Each entry carries its own seed, so that a
// failing run can be made smaller by leaving entries out (shrink.go). Start with Run.
package sim

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"samspor/sync/plan"
)

// Config is one run.
type Config struct {
	Seed    uint64
	Small   bool         // a short run with few phones, for many seeds in little time
	Acts    int          // entries of the script; 0 is usual
	Rounds  int          // how often everybody comes to rest; 0 is usual
	Without map[int]bool // entries that are left out
	Absent  map[int]bool // phones that stay switched off
	Calm    bool         // the network and the store do no harm
	CrashAt int          // crash at this call of the store instead of by chance
	Twice   bool         // play each seed a second time: it has to be the same run
	Trace   bool         // keep what happened, for people to read
}

const (
	usualActs   = 60
	usualRounds = 2
)

// Outcome is what a run came to.
type Outcome struct {
	Seed   uint64
	Steps  int    // events of the scheduler
	Calls  int    // calls of the store during the rounds
	Hash   uint64 // of all answers and of all that is stored at the end
	Script int    // entries
	Broken *Broken
	Trace  []string
	Counts Counts
}

// Broken is a promise that was not kept.
type Broken struct {
	Rule string // I1 to I7, or what else went wrong
	What string
	At   time.Duration
}

func (b *Broken) Error() string {
	return fmt.Sprintf("%s is broken after %s: %s", b.Rule, b.At.Round(time.Millisecond), b.What)
}

// world is one run under way.
type world struct {
	Config
	now    time.Duration // since the run began
	queue  queue
	steps  int
	server *server
	phones []*phone
	people []*person
	days   time.Duration // how far the server's calendar was moved ahead
	wind   weather
	isCalm bool // at the end of a round everything works
	hash   hash.Hash64
	broken *Broken
	trace  []string
	counts Counts
	made   map[plan.ChangeID]*madeChange
	shared map[plan.ClientID]bool // more than one profile has spoken under it
}

// Run plays one seed.
func Run(c Config) *Outcome {
	w := newWorld(c)
	script := w.write()
	w.server = newServer(w)
	w.settleIn()
	for round := range w.Rounds {
		if w.broken != nil {
			break
		}
		w.play(script, round)
		w.rest()
	}
	if w.broken == nil {
		w.server.disk.hashInto(w.hash)
	}
	return &Outcome{
		Seed: c.Seed, Steps: w.steps, Calls: w.server.disk.calls, Hash: w.hash.Sum64(), Script: len(script),
		Broken: w.broken, Trace: w.trace, Counts: w.counts,
	}
}

func newWorld(c Config) *world {
	acts, rounds := usualActs, usualRounds
	if c.Small {
		acts, rounds = usualActs/3, 1
	}
	c.Acts, c.Rounds = cmp.Or(c.Acts, acts), cmp.Or(c.Rounds, rounds)
	w := &world{Config: c, hash: fnv.New64a(), counts: Counts{}, made: map[plan.ChangeID]*madeChange{}, shared: map[plan.ClientID]bool{}, isCalm: true}
	w.meet()
	return w
}

// isAbsent says whether a phone stays switched off in this run.
func (w *world) isAbsent(p *phone) bool { return w.Absent[p.index] || !w.isCast(p) }

// isCast says whether a phone has a part: in a small run a quarter of them have.
func (w *world) isCast(p *phone) bool {
	return !w.Small || (w.Seed*7+uint64(p.index)*(1+w.Seed%3))%8 < 2
}

// dice gives randomness of its own to one part of the run, so that leaving
// something out elsewhere does not change it.
func (w *world) dice(part string, n uint64) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(part))
	h.Write(binary.BigEndian.AppendUint64(nil, n))
	return rand.New(rand.NewPCG(w.Seed, h.Sum64()))
}

// start is when every run begins, by the server's clock.
var start = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// clock is the server's.
func (w *world) clock() time.Time { return start.Add(w.now + w.days) }

// breaks notes the first promise that was not kept; the run ends there.
func (w *world) breaks(rule, format string, args ...any) {
	if w.broken != nil {
		return
	}
	w.broken = &Broken{rule, fmt.Sprintf(format, args...), w.now}
	w.say("%s IS BROKEN: %s", rule, w.broken.What)
}

// say keeps a line of the story, if anybody wants to read it.
func (w *world) say(format string, args ...any) {
	if w.Trace {
		w.trace = append(w.trace, fmt.Sprintf("%10s  ", w.now.Round(time.Millisecond))+fmt.Sprintf(format, args...))
	}
}

// Counts says how often what happened, so that nobody trusts a run in which nothing did.
type Counts map[string]int

// Add adds another run's counts.
func (c Counts) Add(other Counts) {
	for k, n := range other {
		c[k] += n
	}
}

// String lists the counts, one a line.
func (c Counts) String() string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&b, "%9d  %s\n", c[k], k)
	}
	return b.String()
}
