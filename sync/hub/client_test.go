package hub

import (
	"errors"
	"fmt"
	"testing"

	"samspor/sync/plan"
	"samspor/sync/wire"
)

// TestTheLast256AnswersAreKept sends 600 changes in pushes of any size, and asks for all
// of them again, on a server that remembers and on one that has just started (I7).
func TestTheLast256AnswersAreKept(t *testing.T) {
	const at = plan.Instant("2026-11-23T08:00:00Z")
	_, c, restarted := nodes(t)
	push := func(core *Core, from, to int) ([]plan.Value, error) {
		var changes []wire.Change
		for n := from; n <= to; n++ {
			ops := fmt.Sprintf(`[{"rec":"t1","set":{"title":"%d"}}]`, n)
			changes = append(changes, wire.Change{Space: "k7", N: uint64(n), ID: plan.ChangeID(fmt.Sprint("c", n)), Base: 1, At: at, Ops: plan.Value(ops)})
		}
		out, err := core.CommitPushes([]Sent{{"acc", wire.Push{Client: "c", Schema: 1, Now: at, Changes: changes}}})
		if err != nil {
			t.Fatal(err)
		}
		return out[0].Results.Results, out[0].Err
	}
	first := map[int]string{}
	for from, size := 1, 1; from <= 600; from, size = from+size, size%17+3 {
		size = min(size, 600-from+1)
		answers, err := push(c, from, from+size-1)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range answers {
			first[from+i] = string(a)
		}
	}
	for name, core := range map[string]*Core{"remembering": c, "restarted": restarted} {
		for n := 1; n <= 600; n++ {
			answers, err := push(core, n, n)
			var refused *Refused
			switch {
			case n > 600-256 && (err != nil || string(answers[0]) != first[n]):
				t.Errorf("%s: change %d again: got %s, %v, want %s", name, n, answers, err, first[n])
			case n <= 600-256-8 && !(errors.As(err, &refused) && refused.Reason == Fork):
				t.Errorf("%s: change %d is too long ago: got %s, %v", name, n, answers, err)
			}
		}
	}
}
