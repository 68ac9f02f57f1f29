//go:build faults

package remind

import (
	"testing"

	"samspor/sync/plan"
)

// With notice and timer in two commits, a crash between them tells somebody twice: the
// same two years must show it, or they prove nothing.
func TestTheTwoYearsSeeANoticeApartFromItsTimer(t *testing.T) {
	planted = "timerApart"
	defer func() { planted = "" }()
	y := begin(t, 7, 8, 250)
	l := &ledger{map[plan.NoticeID]int{}}
	y.play(l)
	if _, _, doubled, _, _ := y.check(); doubled == 0 {
		t.Error("nobody was told twice")
	}
}
