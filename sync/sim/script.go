package sim

import (
	"math/rand/v2"
	"slices"
	"time"
)

// happening is one entry of the script. Its dice are its own, so that it does the
// same, as far as it can, when others are left out.
type happening struct {
	at    time.Duration // since the round began
	round int
	index int
	kind  string
	phone int
	seed  uint64
}

// kinds of happenings, with how often each comes.
var kinds = []struct {
	name   string
	weight int
	do     func(*world, *phone, *rand.Rand)
}{
	{"writes", 70, func(w *world, p *phone, r *rand.Rand) {
		for range 1 + r.IntN(4) {
			w.act(p, r)
		}
	}},
	{"goes offline", 10, func(w *world, p *phone, r *rand.Rand) {
		p.goOffline()
		w.after(time.Duration(r.Int64N(int64(3*time.Minute))), p.goOnline)
	}},
	{"starts again", 2, func(_ *world, p *phone, _ *rand.Rand) { p.restart() }},
	{"is copied", 4, func(w *world, p *phone, r *rand.Rand) { w.clone(p, r) }},
	{"miscounts", 1, func(w *world, p *phone, _ *rand.Rand) { w.miscount(p) }},
	{"is decided about", 7, func(w *world, _ *phone, r *rand.Rand) { w.office(r.Uint64()) }},
	{"sees the weather turn", 4, func(w *world, _ *phone, r *rand.Rand) { w.wind = weathers[r.IntN(len(weathers))] }},
	{"waits for days", 1, func(w *world, _ *phone, r *rand.Rand) {
		w.days += time.Duration(1+r.IntN(40)) * 24 * time.Hour
		w.say("it is %s", w.today())
	}},
	{"sees the server die", 1, func(w *world, _ *phone, _ *rand.Rand) {
		if w.server.up && !w.isCalm && !w.Calm {
			w.server.crash()
		}
	}},
}

const roundLength = 4 * time.Minute

// write draws the script, before anything begins.
func (w *world) write() []happening {
	r := w.dice("script", 0)
	total := 0
	for _, k := range kinds {
		total += k.weight
	}
	script := make([]happening, w.Acts)
	cast := slices.DeleteFunc(slices.Clone(w.phones), func(p *phone) bool { return !w.isCast(p) })
	for i := range script {
		pick, kind := r.IntN(total), 0
		for pick >= kinds[kind].weight {
			pick -= kinds[kind].weight
			kind++
		}
		script[i] = happening{
			at: time.Duration(r.Int64N(int64(roundLength))), round: i * w.Rounds / w.Acts, index: i,
			kind: kinds[kind].name, phone: cast[r.IntN(len(cast))].index, seed: r.Uint64(),
		}
	}
	return script
}

// play lets one round of the script happen.
func (w *world) play(script []happening, round int) {
	if w.broken != nil {
		return
	}
	w.isCalm = false
	r := w.dice("round", uint64(round))
	w.wind = weathers[r.IntN(len(weathers))]
	w.say("round %d begins, the weather is %+v", round+1, w.wind)
	for _, p := range w.phones {
		p.pollLater()
	}
	end := w.now + roundLength
	for _, h := range script {
		if h.round == round && !w.Without[h.index] {
			w.after(h.at, func() { w.happen(h) })
		}
	}
	w.runUntil(end)
}

func (w *world) happen(h happening) {
	for _, k := range kinds {
		if k.name == h.kind {
			p := w.phones[h.phone]
			w.say("(%d) %s %s", h.index, p, k.name)
			k.do(w, p, rand.New(rand.NewPCG(h.seed, 1)))
		}
	}
}

// clone copies the busiest device of the same person over this one, if nothing is
// lost by it, and both go on as if they were alone.
func (w *world) clone(p *phone, r *rand.Rand) {
	first := p.index / devices * devices
	o := slices.MaxFunc(w.phones[first:first+devices], func(a, b *phone) int { return len(a.outbox) - len(b.outbox) })
	if o == p || len(p.outbox) > 0 {
		return
	}
	p.copyFrom(o)
	for range r.IntN(3) {
		w.act(o, r)
		w.act(p, r)
	}
}

// miscount is a mishap that the protocol heals: a number that nobody has used.
func (w *world) miscount(p *phone) {
	for _, h := range p.held() {
		p.w.counts["number skipped"]++
		p.spaces[h].last++
		return
	}
}
