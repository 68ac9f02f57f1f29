package sim

import (
	"math/rand/v2"
	"time"
)

// weather is how bad it is outside for a while.
type weather struct {
	loss  float64 // a message never arrives
	twice float64 // it arrives twice
	slow  float64 // it takes so long that nobody waits for it any more
	crash float64 // how readily the server dies
	guard float64 // another node was first
}

// weathers go from a good day to a bad one; a run draws one for each round.
var weathers = []weather{
	{},
	{loss: 0.02, twice: 0.02, slow: 0.01, crash: 0.02, guard: 0.02},
	{loss: 0.1, twice: 0.05, slow: 0.05, crash: 0.1, guard: 0.05},
	{loss: 0.3, twice: 0.1, slow: 0.15, crash: 0.3, guard: 0.1},
	{loss: 0.05, twice: 0.4, slow: 0.3, crash: 0.05},
	{crash: 1},
}

// patience is how long a phone waits for an answer.
const patience = 15 * time.Second

// travel takes a message through the network: late, twice, out of order or never.
func (w *world) travel(rng *rand.Rand, arrive func()) {
	wind := w.wind
	if w.isCalm || w.Calm {
		wind = weather{}
	}
	if rng.Float64() < wind.loss {
		w.counts["message lost"]++
		return
	}
	w.after(w.delay(rng, wind), arrive)
	if rng.Float64() < wind.twice {
		w.counts["message twice"]++
		w.after(w.delay(rng, wind), arrive)
	}
}

func (w *world) delay(rng *rand.Rand, wind weather) time.Duration {
	d := 20*time.Millisecond + time.Duration(rng.Int64N(int64(400*time.Millisecond)))
	if rng.Float64() < wind.slow {
		w.counts["message slow"]++
		d += time.Duration(rng.Int64N(int64(3 * patience)))
	}
	return d
}
