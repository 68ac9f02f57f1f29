package rules

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"samspor/sync/calendar"
	"samspor/sync/fault"
)

// missing reads a file of vectors, each one thing changed in something whole, and
// holds the codes of what is then missing against it.
func missing[T any](t *testing.T, file string, atLeast int, ask func(T, calendar.Day) []*fault.Fault) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Whole json.RawMessage
		Cases []struct {
			Name  string
			But   json.RawMessage
			Today calendar.Day
			Want  []string
		}
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors.Cases) < atLeast {
		t.Fatalf("only %d vectors", len(vectors.Cases))
	}
	for _, v := range vectors.Cases {
		t.Run(v.Name, func(t *testing.T) {
			var given T
			for _, part := range []json.RawMessage{vectors.Whole, v.But} {
				if err := json.Unmarshal(part, &given); err != nil {
					t.Fatal(err)
				}
			}
			got := []string{}
			for _, f := range ask(given, v.Today) {
				got = append(got, f.Code)
			}
			if !slices.Equal(got, v.Want) {
				t.Errorf("got %v, want %v", got, v.Want)
			}
		})
	}
}

func TestInvitationVectors(t *testing.T) { // R13, R14, R16, R17, R19, R20, R22, MT4, MT5
	missing(t, "vectors/invite.json", 25, MissingToInvite)
}

func TestLevelVectors(t *testing.T) { // R5, R6, R9, R10, LS5, LS6, LS11-LS24
	missing(t, "vectors/level.json", 30, func(l LevelMove, _ calendar.Day) []*fault.Fault { return MissingToMove(l) })
}
