package sim

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"samspor/sync/merge"
	"samspor/sync/plan"
	"samspor/sync/rules"
)

// madeChange is what a person entered; it must never be lost (I5), and has to be
// done once (I2). The protocol as it is can see that only under one client id and
// number: mayRepeat marks the three ways in which a change may honestly come under
// another, so that it stands in history twice.
type madeChange struct {
	space       plan.SpaceID
	author      *person
	raw         plan.Value
	mayRepeat   bool // it closed a gap, was in a lost space at a fork, or in a copy of a copy
	quarantined plan.RecordID
}

// actor is somebody about to write, with what they see.
type actor struct {
	*rand.Rand
	p     *phone
	space plan.SpaceID
	v     *view
	ids   []plan.RecordID
	me    string
}

// acts are what people do, with how often. Each gives no operations when there is
// nothing to do it with. Many of them are things that this person may not do.
var acts = []struct {
	weight int
	do     func(*actor) []merge.Op
}{
	{26, tick},
	{14, editTask},
	{10, helpers},
	{8, newTask},
	{12, writeNote},
	{5, taskWithNote},
	{8, reply},
	{16, settleConflict},
	{3, deleteTask},
	{3, handOver},
	{6, nonsense},
}

// act lets a person do one thing on one of their phones.
func (w *world) act(p *phone, r *rand.Rand) {
	spaces := p.held()
	if r.IntN(60) == 0 {
		p.openCase()
		return
	}
	if len(spaces) == 0 {
		return
	}
	a := &actor{Rand: r, p: p, space: spaces[r.IntN(len(spaces))]}
	a.v = p.view(a.space)
	a.ids = a.v.ids()
	if me := p.spaces[a.space].me; me != nil {
		a.me = string(me.Person)
	} else {
		a.me = openerID
	}
	if r.IntN(40) == 0 {
		p.writeRaw(a.space, nil, plan.Value(`[{"rec":"x","shout":true}]`))
		return
	}
	pick := r.IntN(111)
	for _, x := range acts {
		if pick -= x.weight; pick < 0 {
			if ops := x.do(a); len(ops) > 0 {
				p.write(a.space, ops)
			}
			return
		}
	}
}

// held gives the spaces that this person can work in, in order.
func (p *phone) held() []plan.SpaceID {
	var ids []plan.SpaceID
	for _, id := range slices.Sorted(maps.Keys(p.spaces)) {
		if h := p.spaces[id]; id != kommun && !h.removed && (h.isWhole || h.last > 0) {
			ids = append(ids, id)
		}
	}
	return ids
}

// one picks a record of a kind; nil if there is none. Every tenth time it may be
// one that is deleted, as on a phone that has not heard of it yet.
func (a *actor) one(kind string, fits func(*plan.Record) bool) *plan.Record {
	var found []*plan.Record
	withDeleted := a.IntN(10) == 0
	for _, id := range a.ids {
		r, _ := a.v.Get(id)
		if r.Kind == kind && (withDeleted || !r.Del) && (fits == nil || fits(r)) {
			found = append(found, r)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[a.IntN(len(found))]
}

// task picks a task: mostly one that this person may change.
func (a *actor) task() *plan.Record {
	if a.may("task").Set != nil || a.IntN(8) == 0 {
		return a.one("task", nil)
	}
	return a.one("task", func(r *plan.Record) bool { return r.Str("responsible") == a.me || r.Has("helpers", a.me) })
}

func (a *actor) may(kind string) plan.May {
	if me := a.p.spaces[a.space].me; me != nil {
		return me.May[kind]
	}
	return plan.May{New: true}
}

// words are sometimes the same for two people, and mostly not.
func (a *actor) words() string {
	if a.IntN(4) == 0 {
		return []string{"Ring til PPR", "Møde i morgen", "Sove godt 🌙"}[a.IntN(3)]
	}
	return fmt.Sprintf("words %d of %s", a.IntN(1_000_000), a.p)
}

func (a *actor) day() string { return fmt.Sprintf("2027-%02d-%02d", 1+a.IntN(12), 1+a.IntN(28)) }

func (a *actor) somebody() string {
	if r := a.one("person", nil); r != nil {
		return string(r.ID)
	}
	return a.me
}

func set(r *plan.Record, pairs ...string) []merge.Op {
	op := merge.Op{Rec: r.ID, Kind: r.Kind, Set: map[string]plan.Value{}, Was: map[string]plan.Value{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		op.Set[pairs[i]], op.Was[pairs[i]] = plan.String(pairs[i+1]), r.Get(pairs[i])
	}
	return []merge.Op{op}
}

func tick(a *actor) []merge.Op {
	r := a.task()
	if r == nil {
		return nil
	}
	var to []string
	for _, m := range rules.Moves["task"]["state"] {
		if m.From == r.Str("state") || a.IntN(30) == 0 {
			to = append(to, m.To)
		}
	}
	if len(to) == 0 {
		return nil
	}
	ops := set(r, "state", to[a.IntN(len(to))])
	if a.IntN(20) > 0 { // the few that say nothing of why are parked when somebody is stuck
		ops = append(ops, merge.Op{Rec: plan.RecordID(a.p.id("n")), Kind: "note", New: map[string]plan.Value{
			"about": plan.String(string(r.ID)), "text": plan.String(a.words()),
		}})
	}
	return ops
}

func editTask(a *actor) []merge.Op {
	if a.may("task").Set == nil && a.IntN(6) > 0 {
		return tick(a) // only the state is theirs to change
	}
	r := a.task()
	if r == nil {
		return nil
	}
	switch a.IntN(5) {
	case 0:
		return set(r, "due", a.day())
	case 1:
		return set(r, "title", a.words(), "due", a.day(), "sector", "school")
	case 2:
		ops := set(r, "due", a.day())
		ops[0].Set["due"] = plan.Null
		return ops
	case 3:
		return append(set(r, "title", a.words()), set(r, "sensitivity", "health")...)
	}
	return set(r, "title", a.words())
}

func helpers(a *actor) []merge.Op {
	if a.may("task").Set == nil && a.IntN(6) > 0 {
		return tick(a)
	}
	r := a.task()
	if r == nil {
		return nil
	}
	op := merge.Op{Rec: r.ID}
	who := a.somebody()
	have := plan.Members(r.Get("helpers"))
	if len(have) > 0 && a.IntN(2) == 0 {
		op.Remove = map[string][]string{"helpers": {have[a.IntN(len(have))]}}
		if a.IntN(2) == 0 && !slices.Contains(have, who) {
			op.Add = map[string][]string{"helpers": {who}}
		}
	} else {
		op.Add = map[string][]string{"helpers": {who}}
	}
	return []merge.Op{op}
}

func newTask(a *actor) []merge.Op {
	who := a.me
	if a.IntN(3) == 0 {
		who = a.somebody()
	}
	op := merge.Op{Rec: plan.RecordID(a.p.id("t")), Kind: "task", New: map[string]plan.Value{
		"title": plan.String(a.words()), "responsible": plan.String(who),
	}}
	if a.IntN(3) == 0 {
		op.New["helpers"] = plan.Value(`[` + string(plan.String(a.somebody())) + `]`)
	}
	if a.IntN(5) == 0 {
		op.New["due"] = plan.Null
	}
	return []merge.Op{op}
}

func (a *actor) note(about plan.RecordID) merge.Op {
	return merge.Op{Rec: plan.RecordID(a.p.id("n")), Kind: "note", New: map[string]plan.Value{
		"about": plan.String(string(about)), "text": plan.String(a.words()),
	}}
}

// writeNote writes about anything that can be seen: mostly a task, at times
// another note, a conflict, a meeting.
func writeNote(a *actor) []merge.Op {
	kind := []string{"task", "task", "task", "note", "conflict", "meeting", "person", "reach"}[a.IntN(8)]
	if r := a.one(kind, nil); r != nil {
		return []merge.Op{a.note(r.ID)}
	}
	return nil
}

func taskWithNote(a *actor) []merge.Op {
	ops := newTask(a)
	return append(ops, a.note(ops[0].Rec))
}

func reply(a *actor) []merge.Op {
	r := a.one("participant", func(r *plan.Record) bool { return r.Str("person") == a.me || a.IntN(12) == 0 })
	if r == nil {
		return nil
	}
	ops := set(r, "reply", []string{"accepted", "tentative", "declined"}[a.IntN(3)])
	if a.IntN(3) == 0 {
		ops = append(ops, set(r, "apology", a.words())...)
	}
	return ops
}

func settleConflict(a *actor) []merge.Op {
	x := a.one("conflict", func(r *plan.Record) bool { return r.Str("state") == "open" || a.IntN(10) == 0 })
	if x == nil {
		return nil
	}
	op := merge.Op{Conflict: x.ID, Choose: []merge.Choice{merge.Theirs, merge.Mine, merge.Third}[a.IntN(3)]}
	if field := x.Str("field"); op.Choose == merge.Third {
		v := x.Get("claimed")
		if field == "title" {
			v = plan.String(a.words())
		}
		op.Set = map[string]plan.Value{field: v}
	}
	return []merge.Op{op}
}

func deleteTask(a *actor) []merge.Op {
	if r := a.task(); r != nil && (a.may("task").Set != nil || a.IntN(4) == 0) {
		return []merge.Op{{Rec: r.ID, Del: !r.Del, Restore: r.Del}}
	}
	return nil
}

func handOver(a *actor) []merge.Op {
	if a.may("task").Set == nil && a.IntN(6) > 0 {
		return nil
	}
	if r := a.task(); r != nil {
		return set(r, "responsible", a.somebody())
	}
	return nil
}

// nonsense is what no honest phone sends; it is parked and blocks nothing.
func nonsense(a *actor) []merge.Op {
	r := a.one("task", nil)
	if r == nil {
		return nil
	}
	switch a.IntN(9) {
	case 0:
		return set(r, "rank", "1")
	case 1:
		return set(r, "due", "soon", "title", strings.Repeat("æ", 201)) // two faults: the same one is told each time
	case 2:
		return append(set(r, "title", "a"), set(r, "title", "b")...)
	case 3:
		return set(r, "responsible", "nobody")
	case 4:
		return []merge.Op{{Rec: "x", Kind: "rumour", New: map[string]plan.Value{"text": plan.String("t")}}}
	case 5:
		return []merge.Op{{Rec: "m-anne", Set: map[string]plan.Value{"role": plan.String("professional_lead")}}}
	case 6:
		return []merge.Op{{Rec: r.ID}}
	case 7:
		return []merge.Op{{Rec: r.ID, Kind: "task", New: map[string]plan.Value{"title": plan.String("mine"), "responsible": plan.String(a.me)}}}
	}
	one, two := newTask(a), newTask(a)
	delete(one[0].New, "title")
	delete(two[0].New, "responsible")
	if a.IntN(2) == 0 {
		return two
	}
	return append(one, two...)
}

const openerID = "me"

// openCase opens a new case, also offline, and goes on working in it.
func (p *phone) openCase() {
	if org := p.spaces[kommun]; org == nil || org.me == nil || !org.me.May["case"].New && p.rng.IntN(4) > 0 {
		return
	}
	space := plan.SpaceID(p.id("s"))
	make := func(kind, id string, pairs ...string) merge.Op {
		s := &seeder{}
		s.add(kind, id, pairs...)
		return merge.Op{Rec: plan.RecordID(id), Kind: kind, New: s.records[0].F}
	}
	p.w.counts["case opened"]++
	p.write(space, []merge.Op{
		make("case", string(space), "kind", "named", "country", "DK", "title", "Ida", "organisation", string(kommun)),
		make("child", "kid", "name", "Ida"),
		make("person", openerID),
		make("membership", "m-opener", "person", openerID),
		make("task", "first", "title", "Say hello", "responsible", openerID),
		make("note", "hello", "about", "first", "text", "in the same change"),
	})
}
