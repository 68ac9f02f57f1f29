package world_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-json-experiment/json"

	. "samspor/backend/world"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

// TestEveryReleasesOutboxIsStillTaken replays what phones of each release may
// still hold: an old schema is never a reason to refuse or to lose a word.
func TestEveryReleasesOutboxIsStillTaken(t *testing.T) {
	files, err := filepath.Glob("testdata/outbox-*.json")
	if err != nil || len(files) < wire.Schema {
		t.Fatalf("%d outboxes for %d schemas, %v: each release leaves one", len(files), wire.Schema, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var golden struct {
				About, Person string
				Push          plan.Value
				Want          []wire.Outcome
			}
			if err := json.Unmarshal(raw, &golden, json.MatchCaseInsensitiveNames(true)); err != nil {
				t.Fatal(err)
			}
			var push wire.Push
			if err := wire.Decode(golden.Push, &push); err != nil {
				t.Fatal(err)
			}
			if err := push.Check(); err != nil {
				t.Fatal(err)
			}
			p := New(t).Phone("case-1", golden.Person)
			p.Client, p.Schema = push.Client, push.Schema
			results, err := p.Send(push.Changes...)
			if err != nil || len(results) != len(golden.Want) {
				t.Fatalf("got %v, %v", results, err)
			}
			for i, r := range results {
				if r.R != golden.Want[i] {
					t.Errorf("change %d: got %s %s, want %s", i+1, r.R, r.Code, golden.Want[i])
				}
			}
			p.Pull()
			if !p.Sees("golden-note") || p.Get("golden-task", "title") != "Ringe til far om mødet" || p.Get("golden-task", "helpers") != `["c1-karen"]` {
				t.Error("something in it was lost")
			}
		})
	}
}

func TestAnOldSchemaIsLiftedAndTodaysIsHeldToTheLetter(t *testing.T) {
	old := New(t).Phone("case-1", "c1-jonas")
	old.Schema = 1
	task := Make("task", "lifted", "title", "Ringe til PPR", "responsible", "c1-jonas", "pushTextKey", "push.task.due")
	if r := old.Do(task); r.R != wire.OK {
		t.Errorf("from schema 1: got %s %s, want it lifted and taken", r.R, r.Code)
	}
	today := New(t).Phone("case-1", "c1-jonas")
	if r := today.Do(task); r.R != wire.Parked || r.Code != "field.unknown" {
		t.Errorf("from today's schema: got %s %s, want it parked", r.R, r.Code)
	}
}
