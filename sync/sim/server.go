package sim

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"samspor/sync/hub"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// server is the real core behind a door: it gathers pushes into group commits,
// dies with its store, and comes back with what was stored.
type server struct {
	w       *world
	disk    *disk
	core    *hub.Core
	books   *books
	rng     *rand.Rand
	up      bool
	life    int // how often it was started
	waiting []waiting
}

// waiting is a push that came in and shares the next commit.
type waiting struct {
	hub.Sent
	reply func(pushAnswer)
}

// pushAnswer is what a phone hears of a push.
type pushAnswer struct {
	results []plan.Value
	refused *hub.Refused
}

// pullAnswer is what a phone hears of a pull, and, for the checkers alone, what
// its base has to be once it has taken in a space that is whole.
type pullAnswer struct {
	*wire.Pulled
	expect map[plan.SpaceID]uint64
}

func newServer(w *world) *server {
	s := &server{w: w, rng: w.dice("server", 0), up: true}
	s.disk = newDisk(w, s.heard)
	s.books = newBooks(w)
	s.start()
	return s
}

func (s *server) start() {
	s.up = true
	s.life++
	s.core = &hub.Core{Store: s.disk, Now: s.w.clock, CursorKey: []byte("a key for the simulation"), Log: slog.New(slog.DiscardHandler)}
	s.core.Remember()
}

// crash loses everything that was not stored, and every answer not yet sent.
func (s *server) crash() {
	s.w.say("the server crashes")
	s.w.counts["crash"]++
	s.up, s.core, s.waiting = false, nil, nil
	s.w.after(100*time.Millisecond+time.Duration(s.rng.Int64N(int64(10*time.Second))), s.start)
}

// push takes a push in; it is answered when it is durable.
func (s *server) push(sent hub.Sent, reply func(pushAnswer)) {
	if !s.up {
		return
	}
	s.waiting = append(s.waiting, waiting{sent, reply})
	if len(s.waiting) == 1 {
		life := s.life
		s.w.after(time.Duration(s.rng.Int64N(int64(4*time.Millisecond))), func() {
			if s.up && s.life == life {
				s.commit()
			}
		})
	}
}

func (s *server) commit() {
	group := s.waiting
	s.waiting = nil
	sent := make([]hub.Sent, len(group))
	for i, x := range group {
		sent[i] = x.Sent
	}
	if len(group) > 1 {
		s.w.counts["group commit"]++
	}
	answers, err := s.core.CommitPushes(sent)
	if err != nil {
		s.crash()
		return
	}
	for i, a := range answers {
		s.answer(group[i], a)
	}
}

func (s *server) answer(x waiting, a hub.Answered) {
	var refused *hub.Refused
	switch {
	case errors.As(a.Err, &refused):
		s.w.counts["refused "+string(refused.Reason)]++
		s.w.hash.Write([]byte(refused.Reason))
		x.reply(pushAnswer{refused: refused})
	case a.Err != nil:
		s.w.breaks("core", "push of %s: %v", x.Account, a.Err)
	default:
		s.books.answered(x.Push, a.Results.Results)
		x.reply(pushAnswer{results: a.Results.Results})
	}
}

// pull answers at once, from one snapshot.
func (s *server) pull(account plan.AccountID, req *wire.Pull, reply func(pullAnswer)) {
	if !s.up {
		return
	}
	out, err := s.core.Pull(account, req)
	if err != nil {
		if !errors.Is(err, errCrash) {
			s.w.breaks("core", "pull of %s: %v", account, err)
		}
		s.crash()
		return
	}
	reply(pullAnswer{out, s.books.expect(account, out)})
}

// amend writes as the office does: past the rights of members.
func (s *server) amend(space plan.SpaceID, ops []merge.Op) (ok bool) {
	if !s.up {
		return false
	}
	_, err := s.core.Amend(space, ops)
	switch {
	case errors.Is(err, errCrash):
		s.crash()
		return false
	case err != nil:
		s.w.breaks("core", "amend %s: %v", space, err)
	}
	return true
}

// erase erases a record and what is about it.
func (s *server) erase(space plan.SpaceID, id plan.RecordID) {
	out, err := s.core.EraseNow(space, []plan.RecordID{id})
	switch {
	case errors.Is(err, errCrash):
		s.crash()
	case err != nil:
		s.w.breaks("core", "erase %s of %s: %v", id, space, err)
	default:
		s.w.counts["erased"]++
		s.books.checkErasure(out)
	}
}

// eraseSpace erases a whole case; false when it has to be asked for again.
func (s *server) eraseSpace(space plan.SpaceID) (done bool) {
	if !s.up {
		return false
	}
	out, err := s.core.EraseSpaceNow(space)
	switch {
	case errors.Is(err, errCrash):
		s.crash()
		return false
	case err != nil:
		s.w.breaks("core", "erase %s: %v", space, err)
	default:
		s.w.counts["case erased"]++
		s.books.checkErasure(out)
	}
	return true
}

// poke tells the phones that listen where there is news; it is no promise, and may be lost.
func (s *server) poke(space plan.SpaceID) {
	b := s.books.space(space)
	seq := b.seq
	for _, p := range s.w.phones {
		if !p.hears || !p.isOnline {
			continue
		}
		if _, ok := b.viewer(p.person.account, s.w.today()); ok {
			s.w.travel(p.rng, func() { p.poked(space, seq) })
		}
	}
}
