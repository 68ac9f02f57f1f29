package sim

import (
	"fmt"
	"runtime"
	"sync"
)

// Seeds plays seed after seed, on every core one, until more says no. done hears
// of each run, one at a time; a run itself knows of no other.
func Seeds(first uint64, c Config, more func() bool, done func(*Outcome)) {
	var mu sync.Mutex
	next := first
	take := func() (seed uint64, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if !more() {
			return 0, false
		}
		next++
		return next - 1, true
	}
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for seed, ok := take(); ok; seed, ok = take() {
				mine := c
				mine.Seed = seed
				o := Run(mine)
				if c.Twice && o.Broken == nil {
					if again := Run(mine); again.Hash != o.Hash {
						o.Broken = &Broken{Rule: "same", What: fmt.Sprintf("one run gave %x, the next %x", o.Hash, again.Hash)}
					}
				}
				mu.Lock()
				done(o)
				mu.Unlock()
			}
		})
	}
	all.Wait()
}
