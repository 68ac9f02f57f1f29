package wire

import (
	"encoding/json"
	"os"
	"testing"
	"time"

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

// TestLowerVectors holds what a phone of the schema before this one is shown, in 2026.
func TestLowerVectors(t *testing.T) {
	raw, err := os.ReadFile("vectors/lower.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name, Kind string
		Schema     int
		F, Want    map[string]plan.Value
	}
	if err := fast.Unmarshal(raw, &vectors, fast.MatchCaseInsensitiveNames(true)); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			r := Record{Kind: v.Kind, F: v.F}
			Lower(v.Schema, &r, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC))
			got, err := fast.Marshal(r.F, fast.Deterministic(true))
			if err != nil {
				t.Fatal(err)
			}
			want, err := fast.Marshal(v.Want, fast.Deterministic(true))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestAPhoneIsAnsweredInItsSchemaOrTheNearest(t *testing.T) {
	for asked, want := range map[int]int{-1: Schema - 1, 0: Schema - 1, Schema - 1: Schema - 1, Schema: Schema, Schema + 1: Schema} {
		if got := Serves(asked); got != want {
			t.Errorf("asked in %d: answered in %d, want %d", asked, got, want)
		}
	}
}

func TestEverySchemaHasItsLift(t *testing.T) {
	if len(lifts) != Schema-1 {
		t.Errorf("%d lifts for %d schemas: each old one needs the step to the next", len(lifts), Schema)
	}
}
