package world_test

import (
	"bytes"
	"testing"

	. "samspor/backend/world"
	"samspor/sync/kv"
)

func TestAGroupWithoutNamesHoldsNobodysName(t *testing.T) { // R11, LS16b
	w := New(t)
	lars := w.Phone("case-2", "c2-lars")
	for i, text := range []string{"Barnet er 010112-1234", "cpr 0101121234", "010112 1234 igen", "fnr 01011212345"} {
		id := string(rune('a' + i))
		lars.Wants("group.personNumber", Record("task", "t"+id, F{"title": text, "responsible": "c2-emil"}))
		lars.Wants("group.personNumber", Record("note", "n"+id, F{"about": "c2-t5", "text": text}))
		lars.Wants("group.personNumber", Edit("c2-t5", F{"title": text}))
	}
	lars.Wants("", Record("task", "ok", F{"title": "Ringe 21 43 65 87 inden 2026-12-01", "responsible": "c2-emil"}))
	for id, role := range map[string]string{"m1": "guardian", "m2": "child", "m3": "network_limited"} {
		lars.Wants("group.noFamily", Record("person", "p"+id, F{"name": "Nogen"}), Record("membership", id, F{"person": "p" + id, "role": role}))
	}
	lars.Wants("group.noHealth", Record("referral", "r1", F{"to": "child_psychiatry"}))
	lars.Wants("group.noHealth", Record("task", "h", F{"title": "x", "responsible": "c2-emil", "sensitivity": "health"}))
	lars.Wants("group.noFamily", Record("levelEntry", "l3", F{"model": "randers-5x2", "track": "institution", "level": 3, "reason": "x"}))
	if got := w.Phone("case-1", "c1-jonas").Do(Record("task", "named", F{"title": "Barnet er 010112-1234", "responsible": "c1-jonas"})); got.Code != "" {
		t.Errorf("in a named case it is %s: the check belongs to groups", got.Code)
	}
}

func TestAPersonNumberIsStoredNowhere(t *testing.T) { // R11
	w := New(t)
	lars := w.Phone("case-2", "c2-lars")
	lars.Wants("group.personNumber", Edit("c2-t5", F{"title": "Barnet er 010112-1234"}))
	lars.Wants("", Edit("c2-t5", F{"title": "Barnet hedder noget"})) // the control: what is taken is found
	found := map[string]int{}
	err := w.Store.View(func(r kv.Reader) error {
		return r.Scan(kv.Space("case-2"), nil, func(e kv.Entry) bool {
			for _, text := range []string{"010112", "Barnet er", "Barnet hedder"} {
				if bytes.Contains(e.Value, []byte(text)) {
					found[text]++
				}
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if found["010112"] > 0 || found["Barnet er"] == 0 || found["Barnet hedder"] == 0 {
		t.Errorf("in the store: %v; want the words, and not the number", found)
	}
}

func TestARefusalLeavesTheGroupAsItWas(t *testing.T) { // R11
	w := New(t)
	lars := w.Phone("case-2", "c2-lars")
	title := lars.Get("c2-t5", "title")
	lars.Wants("group.personNumber", Edit("c2-t5", F{"title": "010112-1234"}))
	if got := lars.Get("c2-t5", "title"); got != title {
		t.Errorf("the task is called %q", got)
	}
}
