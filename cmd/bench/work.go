package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// edit is one change of one field of one task.
func (p *phone) edit(space plan.SpaceID, rec string, rng *rand.Rand) wire.Change {
	p.n[space]++
	field, value := "title", fmt.Sprintf("%s %d", text(rng, 90), p.n[space])
	if rng.IntN(5) == 0 { // as often as in the peers' work; each day differs from the one before
		field, value = "due", time.Date(2027, 1, 1+int(p.n[space]), 0, 0, 0, 0, time.UTC).Format("2006-01-02")
	}
	ops, err := wire.Encode([]merge.Op{{Rec: plan.RecordID(rec), Kind: "task", Set: map[string]plan.Value{field: plan.String(value)}}})
	if err != nil {
		panic(err) // plain texts always encode
	}
	now := plan.Instant(time.Now().Format(time.RFC3339))
	return wire.Change{Space: space, N: p.n[space], ID: plan.ChangeID(fmt.Sprintf("%s-%s-%d", p.client, space, p.n[space])), Base: p.base[space], At: now, Ops: ops}
}

func (p *phone) push(changes ...wire.Change) error {
	request, err := p.pushOf(changes...)
	if err != nil {
		return err
	}
	return p.sendPush(request, len(changes))
}

// pushOf makes a push ready. What goes out is made before the clock starts, so that it
// is the server that is measured.
func (p *phone) pushOf(changes ...wire.Change) ([]byte, error) {
	now := plan.Instant(time.Now().Format(time.RFC3339))
	return p.request("/api/v1/sync/push", wire.Push{Client: p.client, Schema: wire.Schema, Now: now, Changes: changes})
}

func (p *phone) sendPush(request []byte, changes int) error {
	var out struct {
		Results []wire.Result `json:"results"`
	}
	if err := p.send(request, &out); err != nil {
		return err
	}
	if len(out.Results) != changes {
		return fmt.Errorf("%d changes have %d answers", changes, len(out.Results))
	}
	for _, r := range out.Results {
		if r.R == wire.Parked {
			return fmt.Errorf("a change was parked: %s", r.Code)
		}
	}
	return nil
}

func (p *phone) pull(only ...plan.SpaceID) (records int, err error) {
	for more := true; more; {
		var out wire.Pulled
		in := wire.Pull{Client: p.client, Schema: wire.Schema, Cur: p.held(only), Only: only}
		if len(only) == 0 {
			in.Has = p.has
		}
		if err := p.post("/api/v1/sync/pull", in, &out); err != nil {
			return records, err
		}
		more = false
		for id, s := range out.Spaces {
			records += len(s.Put)
			for _, r := range s.Put {
				if r.Sum != "" && r.F != nil {
					p.has = append(p.has, r.Sum)
				}
			}
			p.cur[id], p.base[id] = s.Cur, s.Seq
			more = more || s.More
		}
	}
	return records, nil
}

// held gives the cursors of some spaces, or of all.
func (p *phone) held(only []plan.SpaceID) map[plan.SpaceID]string {
	if len(only) == 0 {
		return p.cur
	}
	cur := map[plan.SpaceID]string{}
	for _, s := range only {
		cur[s] = p.cur[s]
	}
	return cur
}

// w1: 1,000 edits made offline, over all cases, in pushes of 200.
func w1(s *server) ([]figure, error) {
	p, err := s.phone("case0/p0-0", "bench_w1")
	if err != nil {
		return nil, err
	}
	if _, err := p.pull(); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(7, 7))
	var all []wire.Change
	for range 1000 {
		c := rng.IntN(cases)
		all = append(all, p.edit(plan.SpaceID(fmt.Sprintf("case%d", c)), task(c, rng.IntN(leads), rng.IntN(perLead)), rng))
	}
	var pushes [][]byte
	for some := range slices.Chunk(all, wire.MaxChanges) {
		push, err := p.pushOf(some...)
		if err != nil {
			return nil, err
		}
		pushes = append(pushes, push)
	}
	began := time.Now()
	for _, push := range pushes {
		if err := p.sendPush(push, wire.MaxChanges); err != nil {
			return nil, err
		}
	}
	return []figure{{"W1 1,000 edits in pushes of 200, ms", ms(began)}}, nil
}

// w2: the first pull of everything.
func w2(s *server) ([]figure, error) {
	// The same person as in W1, but a link works once: case1's link of the same account.
	p, err := s.phone("case1/p1-0", "bench_w2")
	if err != nil {
		return nil, err
	}
	p.bytes.Store(0)
	began := time.Now()
	records, err := p.pull()
	took := ms(began)
	if err == nil && records < cases*perCase {
		err = fmt.Errorf("W2 pulled %d records", records)
	}
	return []figure{{"W2 first pull of 600 records, ms", took}, {"W2 bytes on the wire, kB", float64(p.bytes.Load()) / 1000}}, err
}

// w3: somebody else's one change, pulled.
func w3(s *server) ([]figure, error) {
	writer, err := s.phone("case2/p2-0", "bench_w3w")
	if err != nil {
		return nil, err
	}
	reader, err := s.phone("case3/p3-0", "bench_w3r")
	if err != nil {
		return nil, err
	}
	for _, p := range []*phone{writer, reader} {
		if _, err := p.pull(); err != nil {
			return nil, err
		}
	}
	rng := rand.New(rand.NewPCG(9, 9))
	var took, size []float64
	for range 200 {
		c := rng.IntN(cases)
		space := plan.SpaceID(fmt.Sprintf("case%d", c))
		if err := writer.push(writer.edit(space, task(c, rng.IntN(leads), rng.IntN(perLead)), rng)); err != nil {
			return nil, err
		}
		reader.bytes.Store(0)
		began := time.Now()
		if n, err := reader.pull(space); err != nil || n != 1 {
			return nil, fmt.Errorf("W3 pulled %d records: %w", n, err)
		}
		took, size = append(took, ms(began)), append(size, float64(reader.bytes.Load()))
		if _, err := writer.pull(space); err != nil {
			return nil, err
		}
	}
	return []figure{
		{"W3 pull of one change p50, ms", percentile(took, 50)}, {"W3 pull of one change p99, ms", percentile(took, 99)},
		{"W3 bytes on the wire, kB", percentile(size, 50) / 1000},
	}, nil
}

// w4: 50 people, each 100 edits of their own six tasks, one at a time.
func w4(s *server) ([]figure, error) {
	const each = 100
	var writers []*writer
	for c := range cases {
		var neighbour *phone
		for l := leads - 1; l >= 0; l-- {
			w := &writer{c: c, l: l}
			if l == 0 && c < 4 { // this link was used above: a second profile of the neighbour writes
				w.phone = neighbour.twin()
			} else {
				var err error
				if w.phone, err = s.phone(fmt.Sprintf("case%d/%s", c, person(c, l)), fmt.Sprintf("bench_w4_%d_%d", c, l)); err != nil {
					return nil, err
				}
				if _, err := w.pull(); err != nil {
					return nil, err
				}
			}
			neighbour = w.phone
			if err := w.prepare(each); err != nil {
				return nil, err
			}
			writers = append(writers, w)
		}
	}
	var took []float64
	answers := make(chan error, len(writers))
	began := time.Now()
	for _, w := range writers {
		go func() { answers <- w.write() }()
	}
	for range writers {
		if err := <-answers; err != nil {
			return nil, err
		}
	}
	seconds := time.Since(began).Seconds()
	for _, w := range writers {
		took = append(took, w.took...)
	}
	return []figure{
		{"W4 50 clients x 100 edits, edits/s", float64(len(took)) / seconds},
		{"W4 p50, ms", percentile(took, 50)}, {"W4 p99, ms", percentile(took, 99)},
	}, nil
}

// writer is a phone and whose tasks it edits; took is filled while it writes, in ms.
type writer struct {
	*phone
	c, l   int
	pushes [][]byte
	took   []float64
}

func (w *writer) prepare(edits int) error {
	rng := rand.New(rand.NewPCG(1000, uint64(w.c*leads+w.l)))
	space := plan.SpaceID(fmt.Sprintf("case%d", w.c))
	for range edits {
		push, err := w.pushOf(w.edit(space, task(w.c, w.l, rng.IntN(perLead)), rng))
		if err != nil {
			return err
		}
		w.pushes = append(w.pushes, push)
	}
	return nil
}

// write sends one edit after the other, each when the one before is answered.
func (w *writer) write() error {
	for _, push := range w.pushes {
		began := time.Now()
		if err := w.sendPush(push, 1); err != nil {
			return err
		}
		w.took = append(w.took, ms(began))
	}
	return nil
}

// twin is a second profile of the same person, which holds what the first does.
func (p *phone) twin() *phone {
	t := *p
	t.client += "b"
	t.line, t.n = &line{addr: p.line.addr, n: p.bytes}, map[plan.SpaceID]uint64{}
	return &t
}
func ms(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

func unzip(resp *http.Response) ([]byte, error) {
	if resp.Header.Get("Content-Encoding") != "gzip" {
		return io.ReadAll(resp.Body)
	}
	z, err := gzip.NewReader(resp.Body)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
