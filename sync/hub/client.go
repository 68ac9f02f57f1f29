package hub

import (
	"fmt"
	"maps"
	"slices"

	"samspor/sync/kv"
	"samspor/sync/plan"
)

// clientState is what the server remembers of one client in one space: its last number
// and what it was told of its last 256 changes. The newest answers lie in the client's
// own row; when eight are together they get a row of theirs, in a ring of 32.
type clientState struct {
	Last   uint64   `json:"last"`
	Recent []answer `json:"recent"` // those in the block of the last number, in order

	full    map[uint64][]answer // blocks that this commit has filled
	isMoved bool                // by this commit
}

// answer is what a client was told of one of its changes.
type answer struct {
	ID     plan.ChangeID `json:"id"`
	N      uint64        `json:"n"`
	Result plan.Value    `json:"r"`
}

// block is how many answers share a row.
const block = 256 / kv.Blocks

func (st *state) client(s *space, id plan.ClientID) (*clientState, error) {
	if c, ok := s.clients[id]; ok {
		return c, nil
	}
	c := s.known.client(id)
	if c == nil {
		c = &clientState{}
		if _, err := get(st.r, kv.Client(s.id, id), c); err != nil {
			return nil, err
		}
	}
	s.clients[id] = c
	return c, nil
}

// add takes in the answer to the client's next change.
func (c *clientState) add(a answer) {
	if a.N/block != c.Last/block && len(c.Recent) > 0 {
		if c.full == nil {
			c.full = map[uint64][]answer{}
		}
		c.full[c.Last/block] = c.Recent
		c.Recent = nil
	}
	c.Last, c.Recent, c.isMoved = a.N, append(c.Recent, a), true
}

// answered gives the answer to a number that this client has used before; an empty one
// if that is too long ago.
func (st *state) answered(s *space, id plan.ClientID, c *clientState, n uint64) (answer, error) {
	among, ok := c.full[n/block]
	switch {
	case ok:
	case n/block == c.Last/block:
		among = c.Recent
	default:
		if _, err := get(st.r, kv.Answers(s.id, id, n/block), &among); err != nil {
			return answer{}, err
		}
	}
	if i := slices.IndexFunc(among, func(a answer) bool { return a.N == n }); i >= 0 {
		return among[i], nil
	}
	return answer{}, nil
}

// write adds the client's rows to a batch.
func (c *clientState) write(b *kv.Batch, s *space, id plan.ClientID) error {
	if !c.isMoved {
		return nil
	}
	put := func(key []byte, w *plan.Writer) error {
		raw, err := w.End()
		if err != nil {
			return fmt.Errorf("encode answers: %w", err)
		}
		b.Put = append(b.Put, kv.Entry{Key: key, Value: raw, Rev: s.head.Seq})
		return nil
	}
	for _, n := range slices.Sorted(maps.Keys(c.full)) {
		w := plan.NewWriter(150 * block)
		writeAnswers(w, c.full[n])
		if err := put(kv.Answers(s.id, id, n), w); err != nil {
			return err
		}
	}
	w := plan.NewWriter(150 * block)
	w.Number(`{"last":`, c.Last)
	w.Raw(`,"recent":`)
	writeAnswers(w, c.Recent)
	w.Raw("}")
	return put(kv.Client(s.id, id), w)
}

func writeAnswers(w *plan.Writer, answers []answer) {
	w.Raw("[")
	for i, a := range answers {
		w.Comma(i)
		w.Text(`{"id":`, string(a.ID))
		w.Number(`,"n":`, a.N)
		w.Raw(`,"r":`)
		w.Value(a.Result)
		w.Raw("}")
	}
	w.Raw("]")
}
