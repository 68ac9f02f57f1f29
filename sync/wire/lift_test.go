package wire

import (
	"encoding/json"
	"os"
	"testing"

	fast "github.com/go-json-experiment/json"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

func TestLiftVectors(t *testing.T) {
	raw, err := os.ReadFile("vectors/lift.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name     string
		Schema   int
		At       plan.Instant
		Op, Want json.RawMessage
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 10 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			var op, want merge.Op
			if err := fast.Unmarshal(v.Op, &op); err != nil {
				t.Fatal(err)
			}
			if err := fast.Unmarshal(v.Want, &want); err != nil {
				t.Fatal(err)
			}
			ops := []merge.Op{op}
			Lift(v.Schema, v.At, ops)
			got, err := fast.Marshal(ops[0], fast.Deterministic(true))
			if err != nil {
				t.Fatal(err)
			}
			wanted, err := fast.Marshal(want, fast.Deterministic(true))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(wanted) {
				t.Errorf("got %s, want %s", got, wanted)
			}
		})
	}
}

func TestEverySchemaHasItsLift(t *testing.T) {
	if len(lifts) != Schema-1 {
		t.Errorf("%d lifts for %d schemas: each old one needs the step to the next", len(lifts), Schema)
	}
}
