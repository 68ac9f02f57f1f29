package sim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Shrink makes a failing run smaller while it goes on failing in the same way: a
// network that does no harm, people who are left out, then entries of the script,
// halves first. It gives the smallest run it found, with its story.
func Shrink(c Config, broken *Broken) *Outcome {
	s := &shrinker{best: c, rule: broken.Rule}
	calm := c
	calm.Calm = true
	s.try(calm)
	s.try(func() Config { c := s.best; c.Rounds = 1; return c }())
	script := s.script()
	for _, p := range newWorld(c).phones { // leave out one phone at a time, with all that is done on it
		s.tryWithout(func(h happening) bool { return h.phone == p.index }, script)
		alone := s.best
		alone.Absent = maps.Clone(s.best.Absent)
		if alone.Absent == nil {
			alone.Absent = map[int]bool{}
		}
		alone.Absent[p.index] = true
		s.try(alone)
	}
	for size := len(script) / 2; size > 0; size /= 2 {
		for from := 0; from < len(script); from += size {
			s.tryWithout(func(h happening) bool { return h.index >= from && h.index < from+size }, script)
		}
	}
	s.best.Trace = true
	return Run(s.best)
}

type shrinker struct {
	best Config
	rule string
	runs int
}

// maxShrink bounds the work; a smaller story is a comfort, not a promise.
const maxShrink = 400

func (s *shrinker) try(c Config) {
	if s.runs++; s.runs > maxShrink {
		return
	}
	if o := Run(c); o.Broken != nil && o.Broken.Rule == s.rule {
		s.best = c
	}
}

func (s *shrinker) tryWithout(drop func(happening) bool, script []happening) {
	c := s.best
	c.Without = map[int]bool{}
	fewer := false
	for _, h := range script {
		c.Without[h.index] = s.best.Without[h.index] || drop(h)
		fewer = fewer || c.Without[h.index] && !s.best.Without[h.index]
	}
	if fewer {
		s.try(c)
	}
}

func (s *shrinker) script() []happening {
	w := newWorld(s.best)
	return w.write()
}

// Story tells a broken run for people: what was promised, how to play it again, and what happened.
func (o *Outcome) Story() string {
	if o.Broken == nil {
		return fmt.Sprintf("seed %d kept every promise", o.Seed)
	}
	const most = 200
	who, _, _ := strings.Cut(o.Broken.What, " ")
	trace := slices.DeleteFunc(o.Trace, func(l string) bool { // what other phones pull is nobody's business here
		return strings.Contains(l, " takes ") && strings.Contains(who, "/") && !strings.Contains(l, " "+who+" takes ") || strings.Contains(l, "is online")
	})
	if len(trace) > most {
		trace = append([]string{fmt.Sprintf("… %d lines before", len(trace)-most)}, trace[len(trace)-most:]...)
	}
	return fmt.Sprintf("seed %d: %v\nthe smallest script that still does it:\n%s", o.Seed, o.Broken, strings.Join(trace, "\n"))
}
