package sim

import (
	"math/rand/v2"
	"slices"
	"time"

	"samspor/sync/merge"
	"samspor/sync/plan"
)

// office changes who is a member as what: the part of life that phones only hear
// of. When the server is away it looks again later, and decides by what is then.
func (w *world) office(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 2))
	switch r.IntN(24) {
	case 0, 1:
		w.erase(r)
		return
	case 2:
		w.eraseCase(r)
		return
	}
	if space, ops := w.decision(r); len(ops) > 0 && !w.server.amend(space, ops) && w.broken == nil {
		w.after(5*time.Second, func() { w.office(seed) })
	}
}

// erase takes a record out of a plan for good, because its person asked for it. If
// the server dies of it nobody knows whether it was done; nobody asks again.
func (w *world) erase(r *rand.Rand) {
	b := w.server.books.space([]plan.SpaceID{malthe, malthe, freja}[r.IntN(3)])
	var ids []plan.RecordID
	for id, k := range b.recs {
		if slices.Contains([]string{"task", "note", "reach"}, k.r.Kind) && !k.r.Erased {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 && w.server.up {
		slices.Sort(ids)
		w.server.erase(b.id, ids[r.IntN(len(ids))])
	}
}

// eraseCase takes a whole case out of the world that somebody has opened in it; asked
// for until it is done.
func (w *world) eraseCase(r *rand.Rand) {
	var ids []plan.SpaceID
	for id, b := range w.server.books.spaces {
		if id != malthe && id != freja && id != kommun && b.seq > 0 && !b.isGone {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return
	}
	slices.Sort(ids)
	w.eraseUntilDone(ids[r.IntN(len(ids))])
}

func (w *world) eraseUntilDone(id plan.SpaceID) {
	if !w.server.eraseSpace(id) && w.broken == nil {
		w.after(5*time.Second, func() { w.eraseUntilDone(id) })
	}
}

func (w *world) decision(r *rand.Rand) (plan.SpaceID, []merge.Op) {
	space := []plan.SpaceID{malthe, malthe, freja, kommun}[r.IntN(4)]
	b := w.server.books.space(space)
	gates := slices.SortedFunc(slices.Values(b.gates), func(x, y *plan.Record) int { return cmpID(x.ID, y.ID) })
	if len(gates) == 0 {
		return "", nil
	}
	ended := slices.DeleteFunc(slices.Clone(gates), func(g *plan.Record) bool { return g.Kind != "membership" || g.Str("to") == "" })
	if len(ended) > 0 && r.IntN(2) == 0 {
		gates = ended // who was sent away is often called back
	}
	g := gates[r.IntN(len(gates))]
	op := merge.Op{Rec: g.ID, Kind: g.Kind, Set: map[string]plan.Value{}}
	ops := []merge.Op{op}
	yesterday := plan.String(string(w.today().AddDays(-1)))
	switch {
	case g.Kind == "membership" && g.Str("to") != "" && b.inForce(g, w.today()):
		return "", nil // one person has at most one membership in force
	case g.Kind == "membership" && g.Str("to") != "" && r.IntN(2) == 0:
		w.counts["member again by a new membership"]++
		op.Set["to"] = yesterday
		ops = append(ops, merge.Op{Rec: plan.RecordID("m-" + string(w.dateID(r))), Kind: "membership", New: map[string]plan.Value{
			"person": g.Get("person"), "role": g.Get("role"), "account": g.Get("account"), "from": plan.String(string(w.today())),
		}})
	case g.Kind == "membership" && g.Str("to") != "":
		w.counts["member again"]++
		op.Set["to"] = plan.Null
	case g.Kind == "membership" && r.IntN(2) == 0:
		w.counts["membership ended"]++
		op.Set["to"] = yesterday
	case g.Kind == "membership":
		w.counts["role changed"]++
		roles := []plan.Role{plan.RoleGuardian, plan.RoleProfessional, plan.RoleProfessionalLead, plan.RoleNetworkLimited, plan.RoleChild, plan.RoleGuardianLimited}
		op.Set["role"] = plan.String(string(roles[r.IntN(len(roles))]))
	case g.Kind == "tovholder":
		w.counts["tovholder changed"]++
		op.Set["to"] = yesterday
		ops = append(ops, merge.Op{Rec: plan.RecordID("tov-" + string(w.dateID(r))), Kind: "tovholder", New: map[string]plan.Value{
			"person": w.anybody(b, r), "from": plan.String(string(w.today())),
		}})
	default:
		w.counts["contact person changed"]++
		op.Set["person"] = w.anybody(b, r)
	}
	if r.IntN(6) == 0 {
		w.counts["protection changed"]++
		ops = append(ops, w.protect(b, r)...)
	}
	return space, ops
}

// inForce says whether the person of a membership has another one today.
func (b *book) inForce(g *plan.Record, today plan.Day) bool {
	return slices.ContainsFunc(b.gates, func(o *plan.Record) bool {
		return o.Kind == "membership" && o.ID != g.ID && o.Str("account") == g.Str("account") && inForce(o, today)
	})
}

func (w *world) anybody(b *book, r *rand.Rand) plan.Value {
	var people []plan.RecordID
	for id, k := range b.recs {
		if k.r.Kind == "person" {
			people = append(people, id)
		}
	}
	slices.Sort(people)
	return plan.String(string(people[r.IntN(len(people))]))
}

// protect hides an address, or stops hiding it (R42).
func (w *world) protect(b *book, r *rand.Rand) []merge.Op {
	var ids []plan.RecordID
	for id, k := range b.recs {
		if k.r.Kind == "reach" {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	v := plan.Value("true")
	if r.IntN(2) == 0 {
		v = plan.Value("false")
	}
	return []merge.Op{{Rec: ids[r.IntN(len(ids))], Kind: "reach", Set: map[string]plan.Value{"addressProtected": v}}}
}

func (w *world) dateID(r *rand.Rand) plan.RecordID {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	id := make([]byte, 10)
	for i := range id {
		id[i] = letters[r.IntN(len(letters))]
	}
	return plan.RecordID(id)
}

func cmpID(a, b plan.RecordID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
