package plan

import (
	"math/rand/v2"
	"testing"

	"github.com/go-json-experiment/json"
)

// TestARecordIsKeptAsItsTagsSay holds what is written by hand against what the library
// writes, which is how it is read.
func TestARecordIsKeptAsItsTagsSay(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		return []string{"", "a", "case-1", "Å\"\\\u2028</b>\n\x01", "p-1"}[rng.IntN(5)]
	}
	number := func() uint64 { return []uint64{0, 1, 318, 1 << 40}[rng.IntN(4)] }
	value := func() Value {
		return []Value{nil, Null, String("Ringe \"til\" PPR"), Value("true"), Value("-7"), Value(`["a","b"]`)}[rng.IntN(6)]
	}
	texts := func() (list []string) {
		for range rng.IntN(3) {
			list = append(list, text())
		}
		return list
	}
	for range 2000 {
		r := &Record{
			Kind: text(), F: map[string]Stamp{}, Seq: number(), Born: number(), By: PersonID(text()), Made: ChangeID(text()),
			Vis: texts(), VisSeq: number(), Seen: texts(), Del: rng.IntN(2) == 0, Erased: rng.IntN(2) == 0, DelSeq: number(),
		}
		for range rng.IntN(4) {
			r.F[text()] = Stamp{value(), number(), PersonID(text()), ClientID(text())}
			r.Timers = append(r.Timers, Timer{int64(rng.Uint64()), TimerKind(text())})
		}
		want, err := json.Marshal(r, json.Deterministic(true))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.Encode(); err != nil || string(got) != string(want) {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
	}
	if _, err := (&Record{Kind: "\xff"}).Encode(); err == nil {
		t.Error("a text that is not UTF-8 must not be kept")
	}
}
