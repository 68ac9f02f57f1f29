package casefile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"samspor/sync/hub"
	"samspor/sync/plan"
)

// table says what becomes of the keys of one kind of object in a file.
type table struct {
	kind   string
	id     func(r *reader, parent string, o object) string
	parent string            // the field that names the record above
	fields map[string]string // key → field; "" is read and not carried
	more   map[string]func(r *reader, s hub.Seed, at string, v jsontext.Value) error
	after  func(r *reader, id, at string, o object) error
}

type object map[string]jsontext.Value

func ownID(_ *reader, _ string, o object) string { return plan.Str(o["id"]) }

func same(names ...string) map[string]string {
	m := map[string]string{}
	for _, n := range names {
		m[n] = n
	}
	return m
}

func with(m map[string]string, pairs ...string) map[string]string {
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

type more = map[string]func(*reader, hub.Seed, string, jsontext.Value) error

// The tables, one for each list of a case. They are filled in by functions, so
// that a case can hold meetings that hold participants.
var (
	caseTable = table{
		kind: "case", id: ownID,
		fields: with(same("kind", "state", "title", "country", "locale", "municipality", "narrative", "groupDescription", "consentNote"),
			"calendarProfile", "calendar", "modelIds", "models", "summaryEn", "summary", "id", "", "testExpectations", "", "child", "", "currentTovholderId", ""),
		more: more{
			"tracks": list(trackTable), "parties": list(partyTable), "levelHistory": list(levelTable),
			"tovholderAssignments": list(holderTable), "handovers": list(handoverTable), "contactPersons": list(contactTable),
			"goals": list(goalTable), "meetings": list(meetingTable), "tasks": list(taskTable), "consents": list(consentTable),
			"messages": list(messageTable), "forms": list(formTable), "statutoryMarkers": list(markerTable),
		},
	}
	trackTable = table{kind: "track", id: ownID, fields: with(same("label"), "id", ""), after: func(r *reader, id, _ string, _ object) error {
		r.find(id).F["order"] = order(r.count("track"))
		if f := plan.Kinds["track"].Field("arena"); slices.Contains(f.Enum, id) {
			r.find(id).F["arena"] = plan.String(id)
		}
		return nil
	}}
	levelTable = table{
		kind: "levelEntry", id: ownID,
		fields: with(same("track", "level", "from", "to", "reason", "decidedBy", "leaderInvolved", "skipReason", "outcome",
			"familyInformedAt", "nextReview", "decisionDeadline", "decidedAt"), "id", "", "modelId", "model"),
		more: more{"skippedLevels": func(r *reader, s hub.Seed, at string, v jsontext.Value) error {
			var levels []int
			if err := json.Unmarshal(v, &levels); err != nil {
				return &Bad{at, "want a list of level numbers"}
			}
			names := make([]string, len(levels))
			for i, n := range levels {
				names[i] = strconv.Itoa(n)
			}
			return r.putSet(s, at, "skippedLevels", names)
		}},
	}
	holderTable = table{
		kind: "tovholder", id: ownID, fields: with(same("from", "to"), "id", "", "personId", "person"),
		more: more{"scope": func(r *reader, s hub.Seed, at string, v jsontext.Value) error {
			return r.putSet(s, at, "scope", strings.Split(plan.Str(v), "+"))
		}},
	}
	handoverTable = table{
		kind: "handover", id: ownID,
		fields: with(same("proposedAt", "acceptedAt", "effectiveFrom", "state", "reason"),
			"id", "", "fromPersonId", "from", "toPersonId", "to", "meetingId", "meeting"),
		more: more{
			"note":             into(same("openTasks", "importantNow", "familyWishes", "nextMeeting")),
			"acknowledgements": list(table{kind: "acknowledgement", parent: "handover", id: byPerson, fields: with(same("at"), "personId", "person")}),
		},
	}
	contactTable = table{
		kind: "contactPerson", id: numbered("contact"),
		fields: with(same("sector", "bestTime"), "personId", "person", "isSingleEntry", "singleEntry", "activeUntil", "to"),
		more: more{"level": func(r *reader, s hub.Seed, at string, v jsontext.Value) error {
			model, level, ok := strings.Cut(plan.Str(v), ":")
			if !ok {
				return &Bad{at, "want model:level"}
			}
			if err := r.put(&s, at, "model", plan.String(model)); err != nil {
				return err
			}
			return r.put(&s, at, "level", jsontext.Value(level))
		}},
		after: func(r *reader, id, _ string, o object) error {
			if s := r.find(id); len(s.F["to"]) == 0 {
				r.ways[plan.PersonID(plan.Str(s.F["person"]))] = true
			}
			return nil
		},
	}
	goalTable = table{kind: "goal", id: ownID, fields: with(same("track", "title", "childWords", "agreedAt", "agreedBy", "measure", "baseline",
		"targetDate", "state", "latest", "closedAt"), "id", "")}
	taskTable = table{
		kind: "task", id: ownID,
		fields: with(same("title", "due", "state", "sector", "sensitivity", "doneAt", "recurring"),
			"id", "", "pushTextKey", "", "responsibleId", "responsible", "helperIds", "helpers", "goalId", "goal", "sourceMeetingId", "sourceMeeting", "requiresConsentId", "requiresConsent"),
		more: more{"note": func(r *reader, s hub.Seed, at string, v jsontext.Value) error {
			n := r.add(s.ID+"-note", "note")
			if err := r.put(n, at, "about", plan.String(string(s.ID))); err != nil {
				return err
			}
			return r.put(n, at, "text", v)
		}},
	}
	consentTable = table{
		kind: "consent", id: ownID,
		fields: with(same("state", "purpose", "fromSectors", "toSectors", "categories", "requiredFrom", "validFrom", "validTo", "effect"), "id", ""),
		more: more{
			"childAsked": into(map[string]string{"at": "childAskedAt", "answer": "childAnswer"}),
			"answers": list(table{kind: "consentAnswer", parent: "consent", id: numberedBelow("answer"),
				fields: with(same("answer", "at", "method", "recordedBy"), "personId", "person")}),
		},
	}
	messageTable = table{kind: "message", id: ownID, fields: with(same("mailbox", "channel", "direction", "category", "topic", "sentAt", "routedTo",
		"assignedTo", "assignedAt", "state", "answeredAt"), "id", "", "fromId", "from", "formId", "template")}
	formTable = table{
		kind: "form", id: ownID,
		fields: with(same("state"), "id", "", "formId", "template", "meetingId", "meeting", "handoverId", "handover", "messageId", "message"),
		more:   more{"fields": answers},
	}
	markerTable = table{kind: "legalMarker", id: numbered("marker"), fields: same("type", "law", "informedAt")}
)

var (
	partyTable = table{
		kind: "person", id: ownID,
		fields: with(same("name", "sector", "organisation"), "role", "title", "note", "remark", "id", "", "access", "", "birthYear", "", "age", "",
			"memberFrom", "", "memberTo", "", "phone", "", "email", "", "address", "", "addressProtected", "", "household", "",
			"messageChannel", "", "custody", "", "samePersonAs", ""),
		after: joinParty,
	}
	meetingTable = table{
		kind: "meeting", id: ownID,
		fields: with(same("kind", "level", "track", "title", "start", "end", "form", "place", "invitedAt", "agendaSentAt", "agendaDeadline",
			"heldByDeadline", "state", "purpose"),
			"id", "", "modelId", "model", "formId", "template", "convenorId", "convenor", "chairId", "chair", "minuteTakerId", "minuteTaker",
			"gpDialogueHeld", "gpDialogueHeld", "roleDescriptions", ""),
		more: more{
			"participantsChosenWithFamily": into(map[string]string{"at": "chosenAt", "by": "chosenBy", "withPersons": "chosenWith", "childAsked": "childAsked", "note": "chosenRemark"}),
			"participants": list(table{kind: "participant", parent: "meeting", id: byPerson,
				fields: with(same("reply", "attendance", "apology", "invitedAt"), "personId", "person")}),
			"wishForOthers": list(table{kind: "wish", parent: "meeting", id: numberedBelow("wish"), fields: with(same("wish", "outcome"), "byPersonId", "person")}),
			"agenda": list(table{kind: "agendaItem", parent: "meeting", id: numberedBelow("agenda"),
				fields: with(same("title", "minutes"), "leadId", "lead"), more: more{"n": place}}),
			"minutes":    minutes,
			"evaluation": evaluation,
		},
		after: giveRoles,
	}
)

// object reads one object by its table.
func (r *reader) object(t table, at, parent string, raw jsontext.Value) error {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return &Bad{at, "want an object"}
	}
	id := t.id(r, parent, o)
	if !plan.ValidID(id) || r.kinds[id] != "" {
		return &Bad{at + "/id", "not an id, or there twice"}
	}
	s := r.add(plan.RecordID(id), t.kind)
	if t.parent != "" {
		if err := r.put(s, at, t.parent, plan.String(parent)); err != nil {
			return err
		}
	}
	seed := *s // its map is shared; the list may grow meanwhile
	for key, v := range o {
		pointer := at + "/" + key
		if do, ok := t.more[key]; ok {
			if v.Kind() == 'n' {
				continue
			}
			if err := do(r, seed, pointer, v); err != nil {
				return err
			}
			continue
		}
		field, ok := t.fields[key]
		if !ok {
			return &Bad{pointer, "unknown key"}
		}
		if field != "" {
			if err := r.put(&seed, pointer, field, v); err != nil {
				return err
			}
		}
	}
	if t.after != nil {
		return t.after(r, id, at, o)
	}
	return nil
}

func list(t table) func(*reader, hub.Seed, string, jsontext.Value) error {
	return func(r *reader, parent hub.Seed, at string, raw jsontext.Value) error {
		return each(at, raw, func(at string, v jsontext.Value) error { return r.object(t, at, string(parent.ID), v) })
	}
}

func each(at string, raw jsontext.Value, do func(string, jsontext.Value) error) error {
	var items []jsontext.Value
	if err := json.Unmarshal(raw, &items); err != nil {
		return &Bad{at, "want a list"}
	}
	for i, v := range items {
		if err := do(fmt.Sprintf("%s/%d", at, i), v); err != nil {
			return err
		}
	}
	return nil
}

// into reads an object whose keys are fields of the record above it.
func into(fields map[string]string) func(*reader, hub.Seed, string, jsontext.Value) error {
	return func(r *reader, s hub.Seed, at string, raw jsontext.Value) error {
		var o object
		if err := json.Unmarshal(raw, &o); err != nil {
			return &Bad{at, "want an object"}
		}
		for key, v := range o {
			field, ok := fields[key]
			if !ok {
				return &Bad{at + "/" + key, "unknown key"}
			}
			if err := r.put(&s, at+"/"+key, field, v); err != nil {
				return err
			}
		}
		return nil
	}
}

func byPerson(_ *reader, parent string, o object) string {
	return parent + "-" + plan.Str(o["personId"])
}

func numbered(name string) func(*reader, string, object) string {
	return func(r *reader, _ string, _ object) string { return r.free(name) }
}

func numberedBelow(name string) func(*reader, string, object) string {
	return func(r *reader, parent string, _ object) string { return r.free(parent + "-" + name) }
}

// free gives name-1, name-2, … : the first that is not taken.
func (r *reader) free(name string) string {
	for i := 1; ; i++ {
		if id := fmt.Sprintf("%s-%d", name, i); r.kinds[id] == "" {
			return id
		}
	}
}

func (r *reader) count(kind string) (n int) {
	for _, s := range r.records {
		if s.Kind == kind {
			n++
		}
	}
	return n
}

// digits in the order of their bytes, so that a0, a1 … aZ, aa … sort as they were counted.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func order(n int) plan.Value { return plan.String("a" + string(digits[n%len(digits)])) }

func (r *reader) putSet(s hub.Seed, at, field string, members []string) error {
	raw, err := json.Marshal(members)
	if err != nil {
		return err
	}
	return r.put(&s, at, field, raw)
}

func place(_ *reader, s hub.Seed, at string, v jsontext.Value) error {
	n, err := strconv.Atoi(string(v))
	if err != nil || n < 0 || n >= len(digits) {
		return &Bad{at, "want a small number"}
	}
	s.F["order"] = order(n)
	return nil
}

// joinParty adds what a person is in this case beside who they are: their
// membership, how to reach them, and the child's own record.
func joinParty(r *reader, id, at string, o object) error {
	role := plan.Role(plan.Str(o["access"]))
	m := *r.add(plan.RecordID("m-"+id), "membership")
	for key, field := range map[string]string{"access": "role", "memberFrom": "from", "memberTo": "to", "custody": "custody"} {
		if v, ok := o[key]; ok {
			if err := r.put(&m, at+"/"+key, field, v); err != nil {
				return err
			}
		}
	}
	m.F["person"] = plan.String(id)
	if len(m.F["role"]) == 0 {
		return &Bad{at + "/access", "missing"}
	}
	reach := *r.add(plan.RecordID("r-"+id), "reach")
	reach.F["person"] = plan.String(id)
	for _, key := range []string{"phone", "email", "address", "addressProtected", "household", "messageChannel"} {
		if v, ok := o[key]; ok {
			if err := r.put(&reach, at+"/"+key, key, v); err != nil {
				return err
			}
		}
	}
	name := plan.Str(o["name"])
	if role == plan.RoleChild {
		first, _, _ := strings.Cut(name, " ")
		c := *r.add(plan.RecordID(r.free("child")), "child")
		c.F["name"], c.F["person"] = plan.String(first), plan.String(id)
		if err := r.birthYear(&c, at, o); err != nil {
			return err
		}
	}
	r.people = append(r.people, Person{Space: r.space, ID: plan.PersonID(id), Name: name, Title: plan.Str(o["role"]), Role: role, Same: plan.Str(o["samePersonAs"])})
	return nil
}

// birthYear keeps the year of birth; an age, as old files have it, is counted back from the file's own day.
func (r *reader) birthYear(c *hub.Seed, at string, o object) error {
	year, ok := o["birthYear"]
	if age, isAge := o["age"]; !ok && isAge {
		n, err := strconv.Atoi(string(age))
		if err != nil || r.year == 0 {
			return &Bad{at + "/age", "want a whole number, and demoNow to count it from"}
		}
		year, ok = plan.Int(r.year-n), true
	}
	if !ok {
		return nil
	}
	return r.put(c, at+"/birthYear", "birthYear", year)
}

// giveRoles writes what each participant is there to do.
func giveRoles(r *reader, id, at string, o object) error {
	if len(o["roleDescriptions"]) == 0 {
		return nil
	}
	return each(at+"/roleDescriptions", o["roleDescriptions"], func(at string, v jsontext.Value) error {
		var d struct {
			PersonID string         `json:"personId"`
			Text     jsontext.Value `json:"text"`
		}
		if err := json.Unmarshal(v, &d, json.RejectUnknownMembers(true)); err != nil {
			return &Bad{at, "want personId and text"}
		}
		p := r.find(id + "-" + d.PersonID)
		if p == nil {
			p = r.add(plan.RecordID(id+"-"+d.PersonID), "participant")
			p.F["meeting"], p.F["reply"] = plan.String(id), plan.String(string(plan.ReplyNotInvited))
			if err := r.put(p, at+"/personId", "person", plan.String(d.PersonID)); err != nil {
				return err
			}
		}
		return r.put(p, at+"/text", "role", d.Text)
	})
}

func minutes(r *reader, s hub.Seed, at string, raw jsontext.Value) error {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return &Bad{at, "want an object"}
	}
	sections := o["sections"]
	delete(o, "sections")
	rest, err := json.Marshal(o)
	if err != nil {
		return err
	}
	carry := into(map[string]string{"state": "minutesState", "sharedAt": "minutesSharedAt", "decisionsOnMunicipalSupport": "decisionsOnMunicipalSupport", "goalIds": "goals", "taskIds": "tasks"})
	if err := carry(r, s, at, rest); err != nil {
		return err
	}
	n := 0
	section := table{kind: "minutesSection", parent: "meeting", id: numberedBelow("section"), fields: same("heading", "text"),
		after: func(r *reader, id, _ string, _ object) error {
			r.find(id).F["order"] = order(n)
			n++
			return nil
		}}
	return list(section)(r, s, at+"/sections", sections)
}

func evaluation(r *reader, s hub.Seed, at string, raw jsontext.Value) error {
	rating := table{kind: "rating", parent: "evaluation", fields: with(same("rating"), "goalId", "goal"),
		id: func(_ *reader, parent string, o object) string { return parent + "-" + plan.Str(o["goalId"]) }}
	return r.object(table{kind: "evaluation", parent: "meeting", id: ownID, fields: with(same("childVoice", "next"), "id", ""), more: more{"ratings": list(rating)}}, at, string(s.ID), raw)
}

// answers reads a form's fields; a list of lines becomes one text.
func answers(r *reader, s hub.Seed, at string, raw jsontext.Value) error {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return &Bad{at, "want an object"}
	}
	for key, v := range o {
		if v.Kind() == '[' {
			var lines []string
			if err := json.Unmarshal(v, &lines); err != nil {
				return &Bad{at + "/" + key, "want a list of texts"}
			}
			v = plan.String(strings.Join(lines, "\n"))
		}
		if err := r.put(&s, at+"/"+key, "a."+key, v); err != nil {
			return err
		}
	}
	return nil
}
