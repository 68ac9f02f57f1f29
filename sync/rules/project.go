package rules

import (
	"hash/fnv"
	"slices"
	"strconv"

	"samspor/sync/plan"
)

// PolicyVersion changes when the tables of this package decide differently about
// reading, so that every phone starts afresh from what it may see now.
const PolicyVersion = 6

// An audience is a list of tokens on a record; a member holds tokens too, and
// sees the record when they share one. "core" and "r:" open only its core fields.
const (
	audFull      = "full" // members who see the whole case
	audCore      = "core" // members who see its core
	audTovholder = "tov"  // who holds the rope today
	audPerson    = "p:"   // one person
	audReach     = "r:"   // how to reach one person, for those who may call them
	audMeeting   = "m:"   // the core of a meeting, for one person who is asked to it
	audFamily    = "fam"  // who holds custody: nothing in the plan is hidden from them (R41)
	audOpen      = "cat:" // a category from a sector, for those whom a consent opens it to (R39)
	audStub      = "stub" // that there is something, when, and whose it is: no more
)

// Audience says who may see a record. about is the record that a note, conflict
// or parked change belongs to, nil for all others. What has been erased nobody sees.
func Audience(r, about *plan.Record) []string {
	if r.Erased {
		return nil
	}
	switch r.Kind {
	case "meeting": // R45: who sees only the core sees the meetings they are asked to
		a := []string{audFull}
		for _, p := range plan.Members(r.Get("invited")) {
			a = append(a, audMeeting+p)
		}
		return a
	case "participant":
		return []string{audFull, audPerson + r.Str("person")}
	case "minutesSection":
		if about != nil && about.Str("minutesState") == string(plan.MinutesDraft) {
			return writers(r, about)
		}
		return []string{audFull}
	case "goal":
		if r.Str("state") == "draft" {
			return writers(r, about)
		}
		return []string{audFull}
	case "task":
		if r.Str("state") == string(plan.TaskDraft) {
			return writers(r, about)
		}
		a := []string{audFull, audPerson + r.Str("responsible")}
		if c := r.Str("sensitivity"); c == "health" || c == "social" { // R39
			a[0] = audFamily
			a = append(a, audOpen+c+":"+r.Str("sector"), audStub)
		}
		for _, h := range plan.Members(r.Get("helpers")) {
			a = append(a, audPerson+h)
		}
		return a
	case "reach":
		own := audPerson + r.Str("person")
		if string(r.Get("addressProtected")) == "true" { // R42: only the tovholder and the person
			return []string{audTovholder, own}
		}
		return []string{audFull, own, audReach + r.Str("person")}
	case "note", "conflict":
		if about == nil {
			return []string{audFull}
		}
		if f := plan.Kinds[about.Kind].Field(r.Str("field")); r.Kind == "conflict" && f != nil && isOpen(about, f) {
			return slices.Clone(about.Vis) // all who may read the field
		}
		return slices.DeleteFunc(slices.Clone(about.Vis), opensCore)
	case "parked":
		return []string{audPerson + r.Str("person")}
	case "quarantine": // who wrote it has no access any more; who holds the rope looks through it
		return []string{audTovholder}
	}
	if hasCore[r.Kind] {
		return []string{audFull, audCore}
	}
	return []string{audFull}
}

// writers are those who write the minutes of a meeting, and whoever wrote this part:
// nobody else sees a draft before it is shared (R23).
func writers(r, meeting *plan.Record) []string {
	people := []string{string(r.By)}
	if meeting != nil {
		for _, f := range Owners["meeting"] {
			people = append(people, meeting.Str(f))
		}
	}
	var a []string
	for _, p := range slices.Compact(slices.Sorted(slices.Values(people))) {
		if p != "" {
			a = append(a, audPerson+p)
		}
	}
	return a
}

func opensCore(token string) bool {
	return token == audCore || token == audStub || hasPrefix(token, audReach) || hasPrefix(token, audMeeting)
}

func hasPrefix(s, p string) bool { return len(s) >= len(p) && s[:len(p)] == p }

// hasCore tells the kinds that have something to show to everybody in the case.
var hasCore = func() map[string]bool {
	kinds := map[string]bool{}
	for _, k := range plan.Nouns {
		kinds[k.Name] = slices.ContainsFunc(k.Order, func(f *plan.Field) bool { return f.Cat == "core" })
	}
	return kinds
}()

// Sight is what a member's tokens open.
type Sight map[string]bool

// SightOf gives a member's tokens.
func SightOf(m Member) Sight {
	s := Sight{audPerson + string(m.Person): true}
	switch {
	case full(m.Role):
		s[audFull], s[audStub] = true, true
		s[audFamily] = m.Role == plan.RoleGuardian
		for _, o := range m.Opens {
			s[audOpen+o] = true
		}
	case limited(m.Role):
		s[audCore], s[audMeeting+string(m.Person)] = true, true
		for _, p := range m.Callable {
			s[audReach+string(p)] = true
		}
	default:
		return Sight{}
	}
	if m.Tovholder {
		s[audTovholder] = true
	}
	return s
}

// Meets says whether a list of tokens opens anything for this sight.
func (s Sight) Meets(tokens []string) bool {
	return slices.ContainsFunc(tokens, func(t string) bool { return s[t] })
}

// whole says whether the audience opens every field, not only the core.
func (s Sight) whole(tokens []string) bool {
	return slices.ContainsFunc(tokens, func(t string) bool { return s[t] && !opensCore(t) })
}

// Project is the one gate for reading: what a member sees of a record's fields
// written after a number, and whether the record is shown at all. A record that
// became visible after that number comes whole.
func Project(r *plan.Record, s Sight, since uint64) (fields map[string]plan.Value, shown bool) {
	if !s.Meets(r.Vis) {
		return nil, false
	}
	kind, whole := plan.Kinds[r.Kind], s.whole(r.Vis)
	if r.VisSeq > since {
		since = 0
	}
	fields = make(map[string]plan.Value, len(r.F))
	for name, stamp := range r.F {
		if f := kind.Field(name); stamp.Seq > since && f != nil && f.Cat != "hidden" && (whole || isOpen(r, f)) {
			fields[name] = stamp.V
		}
	}
	return fields, true
}

// isOpen says whether a field shows to who does not see a record whole: the core of
// it, and of a stub its day and whose it is.
func isOpen(r *plan.Record, f *plan.Field) bool {
	return f.Cat == "core" || r.Kind == "task" && (f.Name == "due" || f.Name == "responsible")
}

// SeenSeq gives the number of the last change to a record that this sight can see,
// the same on a phone that followed and on one that starts afresh. What it cannot
// see leaves no trace, not even a number (I4).
func SeenSeq(r *plan.Record, s Sight) uint64 {
	last := r.DelSeq
	for name, stamp := range r.F {
		if stamp.Seq > last && MaySee(r, s, name) {
			last = stamp.Seq
		}
	}
	return last
}

// MaySee says whether a field of a record is open to this sight.
func MaySee(r *plan.Record, s Sight, field string) bool {
	f := plan.Kinds[r.Kind].Field(field)
	return f != nil && f.Cat != "hidden" && s.Meets(r.Vis) && (isOpen(r, f) || s.whole(r.Vis))
}

// Epoch is a version of everything that decides what a member may see in a
// space; when it changes, the phone's copy is replaced whole.
func Epoch(m Member) uint64 {
	h := fnv.New64a()
	write := func(s string) { h.Write([]byte(s)); h.Write([]byte{0}) }
	h.Write([]byte{PolicyVersion, flag(m.Tovholder), flag(m.InOrg)})
	write(string(m.Person))
	write(string(m.Role))
	write(strconv.FormatUint(m.Erased, 10))
	for _, p := range m.Callable {
		if limited(m.Role) {
			write(string(p))
		}
	}
	for _, o := range m.Opens {
		write(o)
	}
	return h.Sum64()
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}
