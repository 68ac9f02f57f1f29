// Command soak plays the simulation of package sim for a time and says what it
// came to: seeds, steps, and whether every promise was kept. A broken one is made
// as small as it gets and told step by step; the seed plays it again.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"samspor/sync/sim"
)

func main() {
	length := flag.Duration("for", 10*time.Minute, "how long to play")
	first := flag.Uint64("seed", uint64(time.Now().UnixMilli()), "the first seed")
	seeds := flag.Int("seeds", 0, "play so many seeds instead of for a time")
	acts := flag.Int("acts", 0, "entries of each script; 0 is usual")
	rounds := flag.Int("rounds", 0, "how often everybody comes to rest; 0 is usual")
	twice := flag.Bool("twice", false, "play each seed twice and compare")
	small := flag.Bool("small", false, "short runs with few phones")
	flag.Parse()
	debug.SetGCPercent(400) // much is made and forgotten, and little is kept
	if !soak(sim.Config{Acts: *acts, Rounds: *rounds, Twice: *twice, Small: *small}, *first, *seeds, *length) {
		os.Exit(1)
	}
}

func soak(c sim.Config, first uint64, seeds int, length time.Duration) bool {
	began := time.Now()
	told := began
	var broken *sim.Outcome
	started, ended, steps, counts := 0, 0, 0, sim.Counts{}
	report := func() {
		spent := time.Since(began)
		fmt.Printf("%6s  seeds %d, steps %d, %.0f steps/s\n", spent.Round(time.Second), ended, steps, float64(steps)/spent.Seconds())
	}
	more := func() bool {
		started++
		return broken == nil && (seeds > 0 && started <= seeds || seeds == 0 && time.Since(began) < length)
	}
	sim.Seeds(first, c, more, func(o *sim.Outcome) {
		ended++
		steps += o.Steps
		counts.Add(o.Counts)
		if o.Broken != nil && broken == nil {
			broken = o
		}
		if time.Since(told) > 30*time.Second {
			told = time.Now()
			report()
		}
	})
	report()
	fmt.Printf("first seed %d\n%s", first, counts)
	if broken != nil {
		c.Seed = broken.Seed
		fmt.Println(sim.Shrink(c, broken.Broken).Story())
		return false
	}
	fmt.Println("every promise was kept")
	return true
}
