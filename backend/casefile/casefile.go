// Package casefile reads whole cases from one JSON file, for imports and for the demo.
//
// Its one rule: a file is taken whole or not at all. An unknown key, a wrong
// word or a reference to nothing is named by its JSON pointer. Start with Read;
// Sample is a file to look at.
//
// The file is one object: demoNow (the moment at which the cases are to be
// looked at), cases, and lists of words that are read and ignored (notice,
// schemaVersion, sectorCodes, accessRoles, meetingKinds, formIds, dataCategories,
// enums, workingDayVectors). Each case has id, kind, state, country, locale,
// calendarProfile, title, municipality, modelIds, tracks, parties, levelHistory,
// tovholderAssignments, handovers, contactPersons, goals, meetings, tasks,
// consents, messages, forms, statutoryMarkers; what their keys become is said by
// the tables in tables.go. A party with samePersonAs is one person with one
// sign-in in several cases. The municipality becomes an organisation whose
// members are the professionals who work for it.
package casefile

import (
	"crypto/sha256"
	_ "embed" // for Sample
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"samspor/sync/calendar"
	"samspor/sync/hub"
	"samspor/sync/plan"
)

// Sample is the product's own sample: four rich, fictional cases.
//
//go:embed sample-cases.json
var Sample []byte

// File is what was read.
type File struct {
	Spaces []Space
	People []Person
}

// Space is one case or organisation, ready to be seeded; its memberships have no accounts yet.
type Space struct {
	ID      plan.SpaceID
	Org     bool
	Records []hub.Seed
}

// Person is one party of one case.
type Person struct {
	Space   plan.SpaceID
	ID      plan.PersonID
	Name    string
	Title   string
	Role    plan.Role
	Same    string // "space/person" of the same human being elsewhere, or empty
	Contact bool   // is a contact person of the case now
}

// Login says whether this person signs in at all (R45).
func (p Person) Login() bool { return p.Role != plan.RoleContactOnly }

// Key names a person across cases.
func (p Person) Key() string { return string(p.Space) + "/" + string(p.ID) }

// Bad is what is wrong with a file, and where.
type Bad struct {
	Pointer string
	Why     string
}

func (b *Bad) Error() string { return b.Pointer + ": " + b.Why }

// Weeks gives by how many whole weeks the file's days must move so that demoNow
// falls in the week of now. The day of the week stays, and with it school days and meetings.
func Weeks(raw []byte, now time.Time) (int, error) {
	var top struct {
		DemoNow calendar.Instant `json:"demoNow"`
	}
	if err := json.Unmarshal(raw, &top); err != nil {
		return 0, fmt.Errorf("read demoNow: %w", err)
	}
	then, err := calendar.ParseInstant(string(top.DemoNow))
	if err != nil {
		return 0, &Bad{"/demoNow", err.Error()}
	}
	zone := calendar.Zone("DK")
	days := monday(now.In(zone)).Sub(monday(then.In(zone))).Hours() / 24
	return int(days+0.5*sign(days)) / 7, nil
}

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}

func monday(t time.Time) time.Time {
	back := (int(t.Weekday()) + 6) % 7
	return time.Date(t.Year(), t.Month(), t.Day()-back, 0, 0, 0, 0, time.UTC)
}

// Read takes a file apart into spaces, with every day moved by whole weeks.
func Read(raw []byte, weeks int) (*File, error) {
	var top map[string]jsontext.Value
	if err := json.Unmarshal(raw, &top); err != nil {
		return nil, &Bad{"", "not the JSON of a case file: " + err.Error()}
	}
	for key := range top {
		if !slices.Contains(topKeys, key) {
			return nil, &Bad{"/" + key, "unknown key"}
		}
	}
	var cases []jsontext.Value
	if err := json.Unmarshal(top["cases"], &cases); err != nil {
		return nil, &Bad{"/cases", "a list of cases is missing"}
	}
	year, err := yearOf(top["demoNow"])
	if err != nil {
		return nil, err
	}
	f := &File{}
	orgs := map[string]*reader{}
	for i, c := range cases {
		r := &reader{weeks: weeks, year: year, file: f, kinds: map[string]string{}}
		if err := r.readCase(fmt.Sprintf("/cases/%d", i), c, orgs); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(keys(orgs)) {
		o := orgs[name]
		f.Spaces = append(f.Spaces, Space{ID: OrgID(name), Org: true, Records: o.records})
	}
	return f, f.checkSame()
}

// yearOf gives the year of demoNow; 0 when the file has none, and then no age either.
func yearOf(demoNow jsontext.Value) (int, error) {
	if demoNow == nil {
		return 0, nil
	}
	at, err := calendar.ParseInstant(plan.Str(demoNow))
	if err != nil {
		return 0, &Bad{"/demoNow", err.Error()}
	}
	return at.Year(), nil
}

var topKeys = []string{
	"schemaVersion", "notice", "demoNow", "sectorCodes", "accessRoles", "meetingKinds", "formIds", "dataCategories",
	"enums", "workingDayVectors", "cases",
}

// OrgID gives the space of an organisation that a file names only by its name.
func OrgID(name string) plan.SpaceID {
	sum := sha256.Sum256([]byte(name))
	return plan.SpaceID("org-" + base64.RawURLEncoding.EncodeToString(sum[:12]))
}

// checkSame finds whom samePersonAs means: a party of another case of the file.
func (f *File) checkSame() error {
	byID := map[string][]string{}
	for _, p := range f.People {
		if !strings.Contains(p.Same, "/") {
			byID[string(p.ID)] = append(byID[string(p.ID)], p.Key())
		}
	}
	for i := range f.People {
		p := &f.People[i]
		if p.Same == "" || strings.Contains(p.Same, "/") {
			continue
		}
		found := byID[p.Same]
		if len(found) != 1 || found[0] == p.Key() {
			return &Bad{"/cases", "samePersonAs of " + string(p.ID) + " names nobody, or several"}
		}
		p.Same = found[0]
	}
	return nil
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// reader turns one case into records.
type reader struct {
	weeks   int
	year    int // of the file's own day; ages count back from it
	file    *File
	space   plan.SpaceID
	zone    *time.Location
	records []hub.Seed
	kinds   map[string]string // id → kind
	refs    []ref
	people  []Person
	ways    map[plan.PersonID]bool // contact persons
}

// ref is a reference that is looked up when the whole case is known.
type ref struct{ pointer, kind, id string }

func (r *reader) readCase(at string, raw jsontext.Value, orgs map[string]*reader) error {
	var head struct {
		ID           string `json:"id"`
		Country      string `json:"country"`
		Municipality string `json:"municipality"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return &Bad{at, "not a case: " + err.Error()}
	}
	if !plan.ValidID(head.ID) {
		return &Bad{at + "/id", "not an id"}
	}
	for _, s := range r.file.Spaces {
		if string(s.ID) == head.ID {
			return &Bad{at + "/id", "there twice"}
		}
	}
	r.space, r.zone, r.ways = plan.SpaceID(head.ID), calendar.Zone(head.Country), map[plan.PersonID]bool{}
	if err := r.object(caseTable, at, "", raw); err != nil {
		return err
	}
	if err := r.finish(at, head.Municipality); err != nil {
		return err
	}
	r.employ(head.Municipality, head.Country, orgs)
	r.file.Spaces = append(r.file.Spaces, Space{ID: r.space, Records: r.records})
	r.file.People = append(r.file.People, r.people...)
	return nil
}

// sendInvitations notes on each meeting whom it was sent to, for the gate (R45).
func (r *reader) sendInvitations(at string) error {
	asked := map[string][]string{}
	for _, s := range r.records {
		if reply := plan.Str(s.F["reply"]); s.Kind == "participant" && reply != "" && reply != string(plan.ReplyNotInvited) {
			meeting := plan.Str(s.F["meeting"])
			asked[meeting] = append(asked[meeting], plan.Str(s.F["person"]))
		}
	}
	for meeting, people := range asked {
		if err := r.putSet(*r.find(meeting), at, "invited", people); err != nil {
			return err
		}
	}
	return nil
}

// finish adds what the file does not say in so many words, and looks up every reference.
func (r *reader) finish(at, municipality string) error {
	c := r.find(string(r.space))
	c.F["organisation"] = plan.String(string(OrgID(municipality)))
	var ids []plan.ModelID
	for _, m := range plan.Members(c.F["models"]) {
		ids = append(ids, plan.ModelID(m))
	}
	models, err := hub.ModelSeeds(ids)
	if err != nil {
		return &Bad{at + "/modelIds", err.Error()}
	}
	for _, m := range models {
		r.add(m.ID, "model").F = m.F
	}
	if err := r.sendInvitations(at); err != nil {
		return err
	}
	for _, ref := range r.refs {
		if kind, ok := r.kinds[ref.id]; !ok || ref.kind != "*" && kind != ref.kind {
			return &Bad{ref.pointer, "there is no " + ref.kind + " with this id in the case"}
		}
	}
	for i := range r.people {
		r.people[i].Contact = r.ways[r.people[i].ID]
	}
	return nil
}

// away are the sectors that no municipality employs.
var away = []string{"family", "network", "general_practice", "child_psychiatry", "hospital_paediatrics"}

// employ makes the municipality's professionals members of its own space, where
// they have the right to open cases.
func (r *reader) employ(municipality, country string, orgs map[string]*reader) {
	o := orgs[municipality]
	if o == nil {
		o = &reader{space: OrgID(municipality), kinds: map[string]string{}}
		orgs[municipality] = o
		org := o.add(plan.RecordID(o.space), "organisation")
		org.F["name"], org.F["country"] = plan.String(municipality), plan.String(country)
	}
	for _, p := range r.people {
		person := r.find(string(p.ID))
		lead := p.Role == plan.RoleProfessional || p.Role == plan.RoleProfessionalLead
		if !lead || p.Same != "" || slices.Contains(away, plan.Str(person.F["sector"])) || o.kinds[string(p.ID)] != "" {
			continue
		}
		x := o.add(plan.RecordID(p.ID), "person")
		for _, f := range []string{"name", "title", "sector", "organisation"} {
			if v, ok := person.F[f]; ok {
				x.F[f] = v
			}
		}
		m := o.add(plan.RecordID("m-"+p.ID), "membership")
		m.F["person"], m.F["role"] = plan.String(string(p.ID)), plan.String(string(p.Role))
		r.file.People = append(r.file.People, Person{Space: o.space, ID: p.ID, Name: p.Name, Title: p.Title, Role: p.Role, Same: p.Key()})
	}
}

func (r *reader) add(id plan.RecordID, kind string) *hub.Seed {
	r.kinds[string(id)] = kind
	r.records = append(r.records, hub.Seed{ID: id, Kind: kind, F: map[string]plan.Value{}})
	return &r.records[len(r.records)-1]
}

func (r *reader) find(id string) *hub.Seed {
	for i := range r.records {
		if string(r.records[i].ID) == id {
			return &r.records[i]
		}
	}
	return nil
}

// put writes one value of the file into a field of a record.
func (r *reader) put(s *hub.Seed, at, field string, v jsontext.Value) error {
	f := plan.Kinds[s.Kind].Field(field)
	if f == nil {
		return &Bad{at, "the records have no field " + field}
	}
	if v.Kind() == 'n' || v.Kind() == '"' && plan.Str(v) == "" {
		return nil
	}
	moved, err := r.move(f, v)
	if err != nil {
		return &Bad{at, err.Error()}
	}
	canonical, wrong := plan.Check(f, moved)
	if wrong != "" {
		return &Bad{at, fmt.Sprintf("wrong %s for a field of type %s%s", wrong, f.Type, oneOf(f))}
	}
	s.F[field] = canonical
	if f.Ref != "" {
		ids := plan.Members(canonical)
		if f.Type == plan.TypeID {
			ids = []string{plan.Str(canonical)}
		}
		for _, id := range ids {
			r.refs = append(r.refs, ref{at, f.Ref, id})
		}
	}
	return nil
}

func oneOf(f *plan.Field) string {
	if f.Enum == nil {
		return ""
	}
	return ": one of " + strings.Join(f.Enum, ", ")
}

// move shifts a day or a moment by whole weeks; the hour on the wall stays.
func (r *reader) move(f *plan.Field, v jsontext.Value) (jsontext.Value, error) {
	s, ok := plan.Unquote(v)
	if !ok || r.weeks == 0 {
		return v, nil
	}
	switch f.Type {
	case plan.TypeDay:
		if d, err := calendar.ParseDay(s); err == nil {
			return plan.String(string(d.AddDays(7 * r.weeks))), nil
		}
	case plan.TypeText:
		if d, err := calendar.ParseDay(s); err == nil && f.Name == "a." { // a form's answer that is a day
			return plan.String(string(d.AddDays(7 * r.weeks))), nil
		}
	case plan.TypeInstant:
		t, err := calendar.ParseInstant(s)
		if err != nil {
			return v, err
		}
		return plan.String(t.In(r.zone).AddDate(0, 0, 7*r.weeks).Format(time.RFC3339)), nil
	}
	return v, nil
}
