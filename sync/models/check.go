package models

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"samspor/sync/plan"
)

// maxWords is how long a level's sentence may be: what a tired parent reads at once.
const maxWords = 14

// wrong collects mistakes that have a pointer and no file yet, so that an editor
// of data sees all of them at once.
type wrong []Mistake

func (w *wrong) unless(right bool, at string, format string, args ...any) {
	if !right {
		*w = append(*w, Mistake{Pointer: jsontext.Pointer(at), What: fmt.Sprintf(format, args...)})
	}
}

// check finds what a schema cannot: words that the plan does not have, levels that
// are not there, ids that stand twice, sentences that are too long.
func check(m Model) wrong {
	var w wrong
	w.word("/country", "case", "country", string(m.Country))
	once(&w, "/tracks", m.Tracks)
	for i, l := range m.Levels {
		at := fmt.Sprintf("/levels/%d", i)
		w.unless(l.N == m.Levels[0].N+i, at+"/n", "is %d, out of order", l.N)
		w.level(at, l, m)
	}
	for i, x := range m.Meetings {
		w.meeting(fmt.Sprintf("/meetings/%d", i), x, m, i)
	}
	if m.Version > 1 {
		w.rules(m)
		w.local(m.Local)
	}
	w.legal(m.Legal)
	unique(&w, "/concern", m.Concern, func(r Route) string { return r.ID })
	unique(&w, "/guides", m.Guides, func(g Guide) string { return g.ID })
	unique(&w, "/terms", m.Terms, func(t Term) string { return t.ID })
	return w
}

func (m Model) has(n int) bool {
	return slices.ContainsFunc(m.Levels, func(l Level) bool { return l.N == n })
}

func (w *wrong) level(at string, l Level, m Model) {
	for _, t := range l.Sentence.byLanguage() {
		n := len(strings.Fields(t.text))
		w.unless(n <= maxWords, at+"/sentence/"+t.language, "has %d words, want at most %d", n, maxWords)
	}
	for i, p := range l.Participants {
		w.sectors(fmt.Sprintf("%s/participants/%d/sectors", at, i), p.Sectors)
	}
	if l.MeetingKind != "" {
		_, ok := m.Meeting(l.MeetingKind, l.N)
		w.unless(ok, at+"/meetingKind", "is %q, which no entry of /meetings has for level %d", l.MeetingKind, l.N)
	}
	w.holder(at+"/convenorRole", l.ConvenorRole)
	w.holder(at+"/chairRole", l.ChairRole)
	if l.FormID != "" {
		w.word(at+"/formId", "form", "template", string(l.FormID))
	}
	for i, o := range l.Outcomes {
		next := fmt.Sprintf("%s/outcomes/%d/next", at, i)
		w.ns(next, o.Next, m)
		once(w, next, o.Next)
	}
	unique(w, at+"/procedureOut", l.ProcedureOut, func(x Line) string { return x.ID })
	for i, x := range l.ProcedureOut {
		w.unless(x.To == nil || m.has(*x.To), fmt.Sprintf("%s/procedureOut/%d/to", at, i), "names a level that is not there")
	}
	unique(w, at+"/deadlines", l.Deadlines, func(d Deadline) string { return d.ID })
}

func (w *wrong) meeting(at string, x Meeting, m Model, i int) {
	w.word(at+"/kind", "meeting", "kind", string(x.Kind))
	w.ns(at+"/levels", x.Levels, m)
	for j, n := range x.Levels {
		earlier := Model{Meetings: m.Meetings[:i]}
		_, twice := earlier.Meeting(x.Kind, n)
		w.unless(!twice, fmt.Sprintf("%s/levels/%d", at, j), "is %d, which %s has already", n, x.Kind)
	}
	w.holder(at+"/convenorRole", x.ConvenorRole)
	unique(w, at+"/agenda", x.Agenda, func(c Choice) string { return c.ID })
}

func (w *wrong) rules(m Model) {
	r := m.Rules
	w.n("/rules/startAt", r.StartAt, m)
	for at, n := range map[string]*int{"/rules/everyChildAt": r.EveryChildAt, "/rules/consentRequiredFrom": r.ConsentRequiredFrom} {
		if n != nil {
			w.n(at, *n, m)
		}
	}
	for name, moves := range r.moves() {
		for i, move := range moves {
			var from, to int
			_, err := fmt.Sscanf(string(move), "%d>%d", &from, &to)
			w.unless(err == nil && from != to && m.has(from) && m.has(to), fmt.Sprintf("/rules/%s/%d", name, i), "is %q, want two levels that are there", move)
		}
	}
	for name, ns := range r.levels() {
		w.ns("/rules/"+name, ns, m)
	}
	for name, byLevel := range r.choices() {
		for n, choices := range byLevel {
			at := fmt.Sprintf("/rules/%s/%d", name, n)
			w.n(at, n, m)
			unique(w, at, choices, func(c Choice) string { return c.ID })
		}
	}
	for i, role := range r.ChangeRoles {
		w.role(fmt.Sprintf("/rules/changeRoles/%d", i), role)
	}
}

func (w *wrong) local(l Local) {
	w.unless(l.Ages.From <= l.Ages.To, "/local/ages/to", "is %d, before the age it begins at", l.Ages.To)
	for i, d := range l.ClosingDays {
		w.day(fmt.Sprintf("/local/closingDays/%d", i), string(d))
	}
	once(w, "/local/closingDays", l.ClosingDays)
}

func (w *wrong) legal(all []Legal) {
	unique(w, "/legal", all, func(x Legal) string { return x.ID })
	for i, x := range all {
		at := fmt.Sprintf("/legal/%d", i)
		w.day(at+"/date", x.Date)
		w.unless((x.Limit != nil) == (x.Kind == "countdown"), at+"/limit", "belongs to a countdown, and to nothing else")
	}
}

func (w *wrong) holder(at string, h Holder) {
	if h.Role == "" {
		return
	}
	if h.Role != "inviter" {
		w.role(at+"/role", h.Role)
	}
	w.sectors(at+"/sectors", h.Sectors)
}

// role is one of the plan's, or tovholder, who may have any of them.
func (w *wrong) role(at, role string) {
	if role != "tovholder" {
		w.word(at, "membership", "role", role)
	}
}

func (w *wrong) sectors(at string, sectors []plan.Sector) {
	for i, s := range sectors {
		w.word(fmt.Sprintf("%s/%d", at, i), "person", "sector", string(s))
	}
	once(w, at, sectors)
}

// word checks against the words that a field of the plan may hold.
func (w *wrong) word(at, noun, field, got string) {
	want := plan.Kinds[noun].Field(field).Enum
	w.unless(slices.Contains(want, got), at, "is %q, want %s", got, strings.Join(want, ", "))
}

func (w *wrong) day(at, day string) {
	_, err := time.Parse("2006-01-02", day)
	w.unless(err == nil, at, "is %q, which is no day", day)
}

func (w *wrong) n(at string, n int, m Model) {
	w.unless(m.has(n), at, "names level %d, which is not there", n)
}

func (w *wrong) ns(at string, ns []int, m Model) {
	for i, n := range ns {
		w.n(fmt.Sprintf("%s/%d", at, i), n, m)
	}
}

func once[T comparable](w *wrong, at string, list []T) {
	for i, x := range list {
		w.unless(!slices.Contains(list[:i], x), fmt.Sprintf("%s/%d", at, i), "stands twice")
	}
}

func unique[T any](w *wrong, at string, list []T, id func(T) string) {
	for i, x := range list {
		twice := slices.ContainsFunc(list[:i], func(y T) bool { return id(y) == id(x) })
		w.unless(!twice, fmt.Sprintf("%s/%d/id", at, i), "is %q, which stands twice", id(x))
	}
}
