package hub

import (
	"sync"

	"samspor/sync/kv"
	"samspor/sync/plan"
)

// Stream is one phone that listens. It hears which space has moved to which
// number, and that its list of spaces may have changed; never what (I11).
type Stream struct {
	account plan.AccountID
	of      *streams

	mu     sync.Mutex
	pokes  map[plan.SpaceID]uint64
	scoped bool
	wake   chan struct{}
	end    chan struct{}
	spaces []plan.SpaceID
}

// streams knows who listens to what.
type streams struct {
	mu      sync.Mutex
	space   map[plan.SpaceID]map[*Stream]bool
	account map[plan.AccountID]map[*Stream]bool
	closed  bool
}

// Listen opens a stream and gives the numbers of all spaces of the account as they stand.
func (h *Hub) Listen(account plan.AccountID) (*Stream, map[plan.SpaceID]uint64, error) {
	s := &Stream{
		account: account, of: &h.streams,
		pokes: map[plan.SpaceID]uint64{}, wake: make(chan struct{}, 1), end: make(chan struct{}),
	}
	heads, err := h.heads(account)
	if err != nil {
		return nil, nil, err
	}
	for id := range heads {
		s.spaces = append(s.spaces, id)
	}
	if !h.streams.add(s) {
		return nil, nil, ErrStopped
	}
	heads, err = h.heads(account) // again: what moved before the stream was known is in here
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, heads, nil
}

func (h *Hub) heads(account plan.AccountID) (map[plan.SpaceID]uint64, error) {
	heads := map[plan.SpaceID]uint64{}
	err := h.Store.View(func(r kv.Reader) error {
		spaces, err := accountSpaces(r, account)
		if err != nil {
			return err
		}
		for _, id := range spaces {
			var hd head
			a, err := h.seen.read(r, id)
			if err != nil {
				return err
			}
			if _, ok, _ := a.member(account, h.Now()); !ok {
				continue
			}
			if _, err := get(r, kv.Head(id), &hd); err != nil {
				return err
			}
			heads[id] = hd.Seq
		}
		return nil
	})
	return heads, err
}

// Wake says that there is something to take.
func (s *Stream) Wake() <-chan struct{} { return s.wake }

// Ended says that the server closes the stream.
func (s *Stream) Ended() <-chan struct{} { return s.end }

// Take gives what has happened since the last call.
func (s *Stream) Take() (pokes map[plan.SpaceID]uint64, scoped bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pokes, scoped = s.pokes, s.scoped
	s.pokes, s.scoped = map[plan.SpaceID]uint64{}, false
	return pokes, scoped
}

// End asks whoever writes the stream to close it.
func (s *Stream) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.end:
	default:
		close(s.end)
	}
}

// Close takes the stream off the list.
func (s *Stream) Close() { s.of.remove(s) }

func (s *Stream) tell(set func()) {
	s.mu.Lock()
	set()
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default: // it has already been woken
	}
}

func (st *streams) add(s *Stream) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.closed {
		return false
	}
	if st.space == nil {
		st.space, st.account = map[plan.SpaceID]map[*Stream]bool{}, map[plan.AccountID]map[*Stream]bool{}
	}
	for _, id := range s.spaces {
		if st.space[id] == nil {
			st.space[id] = map[*Stream]bool{}
		}
		st.space[id][s] = true
	}
	if st.account[s.account] == nil {
		st.account[s.account] = map[*Stream]bool{}
	}
	st.account[s.account][s] = true
	return true
}

func (st *streams) remove(s *Stream) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, id := range s.spaces {
		if delete(st.space[id], s); len(st.space[id]) == 0 {
			delete(st.space, id)
		}
	}
	if delete(st.account[s.account], s); len(st.account[s.account]) == 0 {
		delete(st.account, s.account)
	}
}

func (st *streams) poke(id plan.SpaceID, seq uint64) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for s := range st.space[id] {
		s.tell(func() { s.pokes[id] = seq })
	}
}

func (st *streams) scope(account plan.AccountID) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for s := range st.account[account] {
		s.tell(func() { s.scoped = true })
	}
}

func (st *streams) closeAll() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.closed = true
	for _, list := range st.account {
		for s := range list {
			s.End()
		}
	}
}
