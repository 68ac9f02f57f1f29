package api

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"

	"samspor/sync/hub"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// push takes a person's changes and answers when they are durable.
func (a *API) push(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	var p wire.Push
	if err := read(c, &p); err != nil {
		return err
	}
	if len(p.Changes) > wire.MaxChanges {
		return newProblem("batch-too-large")
	}
	if err := p.Check(); err != nil {
		return err
	}
	out, err := a.hub.Push(c.Context(), id.Account, p)
	var refused *hub.Refused
	if errors.As(err, &refused) && refused.Reason == hub.Gone { // upload first, then purge
		gone := asProblem(err)
		gone.Quarantine, gone.Until = "/api/v1/sync/quarantine", a.hub.Until()
		return gone
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(out.Encode())
}

// quarantine takes the outbox of somebody whose access has ended.
func (a *API) quarantine(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	var in wire.Handover
	if err := read(c, &in); err != nil {
		return err
	}
	if len(in.Changes) > wire.MaxChanges {
		return newProblem("batch-too-large")
	}
	if err := in.Check(); err != nil {
		return err
	}
	out, err := a.hub.Quarantine(c.Context(), id.Account, in)
	if err != nil {
		return err
	}
	return send(c, out)
}

// history tells who changed what of one record. It is a POST, so that no id stands in an address.
func (a *API) history(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	var in wire.Asked
	if err := read(c, &in); err != nil {
		return err
	}
	out, err := a.hub.History(id.Account, in)
	if err != nil {
		return err
	}
	return sendZipped(c, out)
}

// pull gives a person what is new.
func (a *API) pull(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	var p wire.Pull
	if err := read(c, &p); err != nil {
		return err
	}
	if err := p.Check(); err != nil {
		return err
	}
	out, err := a.hub.Pull(id.Account, &p)
	if err != nil {
		return err
	}
	return sendZipped(c, out)
}

var zippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// sendZipped answers with gzipped JSON to who takes it; a plan's records repeat each other's keys.
func sendZipped(c *fiber.Ctx, v any) error {
	body, err := wire.Encode(v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	if len(body) < 256 || !strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		return c.Send(body)
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	z, ok := zippers.Get().(*gzip.Writer)
	if !ok {
		return fmt.Errorf("the pool of gzip writers holds something else")
	}
	defer zippers.Put(z)
	z.Reset(c.Response().BodyWriter())
	if _, err := z.Write(body); err != nil {
		return fmt.Errorf("zip an answer: %w", err)
	}
	return z.Close()
}

// Times of the live stream. It ends before the write timeout would cut it.
const (
	beat        = 15 * time.Second
	streamLife  = 50 * time.Second
	maxStreams  = 3 // per session
	retryLeast  = 500 * time.Millisecond
	retrySpread = 3 * time.Second
)

// streamList is which streams each session holds, the oldest first.
type streamList struct {
	mu sync.Mutex
	of map[string][]*hub.Stream
}

// enter adds a stream. One too many ends the oldest: a page that was reloaded or
// closed is only noticed when something is written to it, and must not keep its
// successor out.
func (l *streamList) enter(session string, s *hub.Stream) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of[session] = append(l.of[session], s)
	if held := l.of[session]; len(held) > maxStreams {
		held[0].End()
		l.of[session] = held[1:]
	}
}

func (l *streamList) leave(session string, s *hub.Stream) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of[session] = slices.DeleteFunc(l.of[session], func(x *hub.Stream) bool { return x == s })
	if len(l.of[session]) == 0 {
		delete(l.of, session)
	}
}

// live tells a phone which spaces have moved, and nothing else (I11).
func (a *API) live(c *fiber.Ctx) error {
	id, err := a.who(c)
	if err != nil {
		return err
	}
	stream, heads, err := a.hub.Listen(id.Account)
	if err != nil {
		return err
	}
	a.streams.enter(id.Session, stream)
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set("X-Accel-Buffering", "no")
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer a.streams.leave(id.Session, stream)
		defer stream.Close()
		a.tell(w, stream, heads)
	})
	return nil
}

// tell writes a stream until its time is up, the server closes, or nobody reads any more.
func (a *API) tell(w *bufio.Writer, s *hub.Stream, heads map[plan.SpaceID]uint64) {
	if event(w, "head", heads) != nil {
		return
	}
	end, tick := time.NewTimer(streamLife), time.NewTicker(beat)
	defer end.Stop()
	defer tick.Stop()
	for {
		var err error
		select {
		case <-s.Wake():
			err = a.news(w, s)
		case <-tick.C:
			if _, err = w.WriteString(":\n\n"); err == nil {
				err = w.Flush()
			}
		case <-end.C:
			goodbye(w)
			return
		case <-s.Ended():
			goodbye(w)
			return
		}
		if err != nil { // the phone is gone
			return
		}
	}
}

func (a *API) news(w *bufio.Writer, s *hub.Stream) error {
	pokes, scoped := s.Take()
	for id, seq := range pokes {
		if err := event(w, "", wire.Poke{K: id, S: seq}); err != nil {
			return err
		}
	}
	if scoped {
		return event(w, "scope", struct{}{})
	}
	return nil
}

func event(w *bufio.Writer, name string, v any) error {
	body, err := wire.Encode(v)
	if err != nil {
		return err
	}
	if name != "" {
		if _, err := fmt.Fprintf(w, "event: %s\n", name); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(w, "data: %s\n\n", body); err != nil {
		return err
	}
	return w.Flush()
}

// goodbye asks the phone to come back after a while, not all at once. That nobody
// may be there to read it changes nothing: the stream ends.
func goodbye(w *bufio.Writer) {
	wait := retryLeast + rand.N(retrySpread)
	if _, err := fmt.Fprintf(w, "retry: %d\n\n", wait.Milliseconds()); err == nil {
		_ = w.Flush()
	}
}
