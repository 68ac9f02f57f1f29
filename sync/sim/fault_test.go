//go:build faults

package sim

import (
	"testing"

	"samspor/sync/hub"
)

// faults are ways to get it wrong that would each pass a careless test. The
// checkers are only worth something if none of them survives.
var faults = []struct {
	name    string
	isPhone bool
}{
	{"answerBeforeSync", false},
	{"epochSkipped", false},
	{"parkedDropped", false},
	{"lastWriteWins", false},
	{"cursorByTime", false},
	{"dedupByClientOnly", false},
	{"conflictOverwrites", false},
	{"quarantineLost", false},
	{"erasedStays", false},
	{"resetNotAtomic", true},
	{"goneAsDeleted", true},
}

// patienceWithFaults is how many seeds a fault may survive.
const patienceWithFaults = 200

func TestEveryPlantedFaultIsCaught(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			defer func() { planted = ""; hub.Plant("") }()
			if f.isPhone {
				planted = f.name
			} else {
				hub.Plant(f.name)
			}
			var caught *Outcome
			n := 0
			Seeds(1, Config{}, func() bool { n++; return n <= patienceWithFaults && caught == nil }, func(o *Outcome) {
				if o.Broken != nil && (caught == nil || o.Seed < caught.Seed) {
					caught = o
				}
			})
			if caught == nil {
				t.Fatalf("%s survived %d seeds", f.name, patienceWithFaults)
			}
			t.Logf("seed %d: %v", caught.Seed, caught.Broken)
		})
	}
}

func TestAFailureIsMadeSmall(t *testing.T) {
	defer hub.Plant("")
	hub.Plant("lastWriteWins")
	for seed := uint64(1); ; seed++ {
		c := Config{Seed: seed}
		o := Run(c)
		if o.Broken == nil {
			continue
		}
		small := Shrink(c, o.Broken)
		if small.Broken == nil || small.Broken.Rule != o.Broken.Rule || small.Steps*4 > o.Steps {
			t.Errorf("from %d steps to %d: %v", o.Steps, small.Steps, small.Broken)
		}
		t.Log(small.Story())
		return
	}
}
