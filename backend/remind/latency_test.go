package remind_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"samspor/backend/push"
	"samspor/backend/remind"
	. "samspor/backend/world"
	"samspor/sync/plan"
)

// arrived is a sender that says when it was given something.
type arrived chan time.Time

func (a arrived) Send(context.Context, plan.AccountID, push.Message) (push.Outcome, error) {
	a <- time.Now()
	return push.Outcome{Phones: 1, Accepted: 1}, nil
}

// BenchmarkFromCommitToTheSender takes the time from the answer to a change until the
// sender has the push that it causes, with the clock running as it does in the server.
func BenchmarkFromCommitToTheSender(b *testing.B) {
	w := New(b)
	w.Now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) // stands still: what is given is due at once
	at := make(arrived, 1)
	clock := remind.New(remind.Config{
		Hub: w.Hub, Store: w.Store, Post: at, Secret: []byte("x"), Node: "one", AtOnce: 4, Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) },
	})
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan struct{})
	go func() { clock.Run(ctx); close(ended) }()
	jonas := w.Phone("case-1", "c1-jonas")
	var took []float64
	for i := 0; b.Loop(); i++ {
		jonas.Wants("", Record("task", fmt.Sprintf("call-%d", i), F{"title": "x", "type": "call", "responsible": "c1-nadia", "due": "2026-11-24"}))
		began := time.Now()
		clock.Nudge(w.Now)
		took = append(took, float64((<-at).Sub(began).Microseconds())/1000)
	}
	stop()
	<-ended
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "p50-ms")
	b.ReportMetric(took[len(took)*99/100], "p99-ms")
}
