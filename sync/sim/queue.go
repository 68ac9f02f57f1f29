package sim

import "time"

// event is something that happens at a moment; at the same moment, in the order of asking.
type event struct {
	at  time.Duration
	ord uint64
	do  func()
}

func (e event) before(o event) bool { return e.at < o.at || e.at == o.at && e.ord < o.ord }

// queue is a heap of events, the next one first.
type queue struct {
	heap []event
	ord  uint64
}

func (q *queue) push(at time.Duration, do func()) {
	q.ord++
	q.heap = append(q.heap, event{at, q.ord, do})
	for i := len(q.heap) - 1; i > 0; {
		up := (i - 1) / 2
		if !q.heap[i].before(q.heap[up]) {
			break
		}
		q.heap[i], q.heap[up] = q.heap[up], q.heap[i]
		i = up
	}
}

func (q *queue) pop() event {
	first, last := q.heap[0], len(q.heap)-1
	q.heap[0] = q.heap[last]
	q.heap[last] = event{}
	q.heap = q.heap[:last]
	for i := 0; ; {
		next := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < last && q.heap[child].before(q.heap[next]) {
				next = child
			}
		}
		if next == i {
			return first
		}
		q.heap[i], q.heap[next] = q.heap[next], q.heap[i]
		i = next
	}
}

// after does something later.
func (w *world) after(d time.Duration, do func()) { w.queue.push(w.now+d, do) }

// maxSteps ends a run that finds no rest.
const maxSteps = 200_000

// runUntil lets happen what happens until a moment.
func (w *world) runUntil(end time.Duration) {
	for len(w.queue.heap) > 0 && w.broken == nil && w.queue.heap[0].at <= end {
		w.step()
	}
	w.now = max(w.now, end)
}

// drain lets happen what still has to.
func (w *world) drain() {
	for len(w.queue.heap) > 0 && w.broken == nil {
		w.step()
	}
}

func (w *world) step() {
	e := w.queue.pop()
	w.now = e.at
	w.steps++
	if w.steps > maxSteps {
		w.breaks("rest", "no rest after %d steps", w.steps)
	}
	e.do()
}
