package world_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	. "samspor/backend/world"
	"samspor/sync/hub"
	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/wire"
)

func TestWhatWasWrittenBeforeAccessEndedIsHandedOver(t *testing.T) { // T4, I5
	w := New(t)
	w.Now = time.Date(2026, 10, 9, 12, 0, 0, 0, time.UTC) // Sofie's last day
	sofie, jonas, karen := w.Phone("case-1", "c1-sofie"), w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-karen")
	outbox := []wire.Change{
		sofie.Change(Make("note", "n1", "about", "c1-t08", "text", "Sidste samtale gik godt.")),
		sofie.Change(Make("note", "n2", "about", "c1-t08", "text", "Han spurgte selv.")),
	}
	hand := func(p *Phone, changes []wire.Change) (wire.Receipt, error) {
		return w.Hub.Quarantine(context.Background(), p.Account, wire.Handover{Client: p.Client, Space: "case-1", Changes: changes})
	}
	var refused *hub.Refused
	if _, err := hand(sofie, outbox); !errors.As(err, &refused) {
		t.Errorf("a member in force hands nothing over: got %v", err)
	}
	w.Now = w.Now.Add(48 * time.Hour)
	first, err := hand(sofie, outbox)
	if err != nil || first.Changes != 2 || first.Until != "2026-11-10T12:00:00Z" {
		t.Fatalf("got %+v, %v", first, err)
	}
	if again, err := hand(sofie, outbox); err != nil || again != first {
		t.Errorf("handed over twice: got %+v, %v; want the first receipt", again, err)
	}
	jonas.Pull()
	karen.Pull()
	got := jonas.Get(string(first.Receipt), "changes")
	if !strings.Contains(got, "Sidste samtale gik godt.") || !strings.Contains(got, "Han spurgte selv.") {
		t.Errorf("the tovholder reads %q", got)
	}
	if karen.Sees(string(first.Receipt)) {
		t.Error("a handed-over outbox is for the tovholder alone")
	}
	if jonas.Sees("n1") {
		t.Error("nothing of it may be applied")
	}
	want(t, jonas.Do(merge.Op{Rec: first.Receipt, Del: true}), wire.OK, "")
	for _, who := range []*Phone{w.Phone("case-2", "c2-emil"), w.Phone("case-4", "c4-jesper")} {
		if _, err := hand(who, outbox); !errors.As(err, &refused) || refused.Reason != hub.NotFound {
			t.Errorf("a stranger hands something over: got %v", err)
		}
	}
}

func TestHistoryTellsWhoChangedWhat(t *testing.T) {
	w := New(t)
	jonas, other, karen := w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-jonas"), w.Phone("case-1", "c1-karen")
	want(t, jonas.Do(merge.Op{Rec: "c1-t08", Set: map[string]plan.Value{"title": plan.String("Ny titel")}, Was: map[string]plan.Value{"title": plan.String("Gammel")}}), wire.OK, "")
	late := other.Do(Set("c1-t08", "title", "Anden titel"))
	want(t, late, wire.Conflict, "")
	want(t, karen.Do(Set("c1-t08", "state", "finished")), wire.Parked, "value.wrongType")
	want(t, karen.Do(Set("c1-t08", "state", "done")), wire.OK, "")
	jonas.Pull()
	want(t, jonas.Do(merge.Op{Conflict: late.X[0], Choose: merge.Mine}), wire.OK, "")
	told, err := w.Hub.History(karen.Account, wire.Asked{Space: "case-1", Rec: "c1-t08"})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range told.Entries {
		line := string(e.By) + " " + strings.Join(e.Late, ",") + " " + string(e.Chose)
		for _, f := range []string{"title", "state"} {
			if v, ok := e.Set[f]; ok && !e.New {
				line += " " + f + "=" + plan.Str(v)
			}
		}
		lines = append(lines, line)
	}
	wanted := []string{"  ", "c1-jonas   title=Ny titel", "c1-jonas title  title=Anden titel", "c1-karen   state=done", "c1-jonas  mine title=Anden titel"}
	if strings.Join(lines, "\n") != strings.Join(wanted, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(wanted, "\n"))
	}
	if !told.Entries[0].New || plan.Str(told.Entries[1].Was["title"]) != "Gammel" {
		t.Error("the first line is how it began, and each says what the writer saw")
	}
}

func TestHistoryGoesThroughTheSameGate(t *testing.T) { // T2
	w := New(t)
	for who, rec := range map[string]string{"c1-birthe": "c1-t08", "c1-karen": "no-such"} {
		p := w.Phone("case-1", who)
		var refused *hub.Refused
		if _, err := w.Hub.History(p.Account, wire.Asked{Space: "case-1", Rec: plan.RecordID(rec)}); !errors.As(err, &refused) || refused.Reason != hub.NotFound {
			t.Errorf("%s reads the history of %s: %v", who, rec, err)
		}
	}
	malthe := w.Phone("case-1", "c1-malthe")
	told, err := w.Hub.History(malthe.Account, wire.Asked{Space: "case-1", Rec: "c1-m3"})
	if err != nil || len(told.Entries) == 0 {
		t.Fatalf("got %v, %v", told, err)
	}
	if _, ok := told.Entries[0].Set["purpose"]; ok || len(told.Entries[0].Set["start"]) == 0 {
		t.Error("of a meeting he reads when it is, in its history too, and not what it is for")
	}
	stranger := w.Phone("case-4", "c4-tea")
	for _, space := range []plan.SpaceID{"case-1", "case-9", "../x"} {
		var refused *hub.Refused
		if _, err := w.Hub.History(stranger.Account, wire.Asked{Space: space, Rec: "c1-t08"}); !errors.As(err, &refused) || refused.Reason != hub.NotFound {
			t.Errorf("%s: got %v", space, err)
		}
	}
}
