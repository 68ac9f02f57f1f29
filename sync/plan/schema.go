// Package plan holds the records of a shared plan: one Go struct per noun, and
// those structs are the schema.
//
// Its one rule: every fact about a field stands in its tags. json is the name on
// the wire, merge says how two writers' values come together, beats names a value
// that stands against another whoever comes late, max is the limit in characters,
// cat is the category that consent opens. Kinds reads the tags, and
// cmd/typegen writes the TypeScript from it. Start with task.go.
package plan

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"samspor/sync/calendar"
)

type (
	// Day is a calendar day; see package calendar.
	Day = calendar.Day
	// Instant is a moment for people to read; see package calendar.
	Instant = calendar.Instant
	// Text is long text that several may write; it merges by paragraph.
	Text string
	// Order is a fractional index: the place of a record among its siblings, sorted as bytes.
	Order string
	// Data is a whole JSON value that only the server writes: a model's levels, a parked change.
	Data []byte
	// Answers stands for the open-ended fields a.<fieldId> of a form.
	Answers string
)

// Type is the shape of a field's value on the wire.
type Type string

// The types of values.
const (
	TypeString  Type = "string"
	TypeText    Type = "text"
	TypeInt     Type = "int"
	TypeBool    Type = "bool"
	TypeDay     Type = "day"
	TypeInstant Type = "instant"
	TypeID      Type = "id"
	TypeEnum    Type = "enum"
	TypeSet     Type = "set" // of ids or of an enum's words, sorted, each once
	TypeOrder   Type = "order"
	TypeData    Type = "data"
)

// Merge is how two writers' values of one field come together.
type Merge string

// The merge rules of SYNC, "Conflicts".
const (
	MergeLast  Merge = "last"  // the committed value stands, another one becomes a conflict
	MergeOnce  Merge = "once"  // written when the record is made, never again
	MergeSet   Merge = "set"   // by add and remove, never a conflict
	MergeOrder Merge = "order" // the last commit wins, never a conflict
	MergeText  Merge = "text"  // by paragraph
)

// Field is one row of the schema.
type Field struct {
	Name          string
	GoName        string
	Type          Type
	Merge         Merge
	Winner, Loser string // of two late values: R51, done beats in_progress
	Max           int    // characters
	Cat           string // core, plan, health, social; hidden never leaves the server
	Enum          []string
	Ref           string // the kind of record that an id names; empty: not a record of this space
	IDType        string // the Go type of an id, an enum or a set's element
}

// Kind is one noun of the plan.
type Kind struct {
	Name   string
	GoName string
	Fields map[string]*Field
	Order  []*Field // as declared
	Open   *Field   // the rule for a.<fieldId>, nil for every kind but form
}

// Field finds a field by its name on the wire, a.<fieldId> included; nil if there is none.
func (k *Kind) Field(name string) *Field {
	if f, ok := k.Fields[name]; ok {
		return f
	}
	if k.Open != nil && strings.HasPrefix(name, "a.") && ValidID(name[2:]) {
		return k.Open
	}
	return nil
}

// Kinds is the whole schema, by the name on the wire.
var Kinds, Nouns = schema(
	Case{}, Track{}, Model{}, LevelEntry{}, LegalMarker{}, Transition{}, Referral{}, Organisation{},
	Child{}, Person{}, Reach{}, Membership{}, Tovholder{}, Handover{}, Acknowledgement{}, ContactPerson{},
	Task{}, Goal{}, Note{}, Evaluation{}, Rating{},
	Meeting{}, MeetingRequest{}, Participant{}, Wish{}, AgendaItem{}, MinutesSection{}, Remark{}, Receipt{}, Form{},
	Consent{}, ConsentAnswer{}, Message{},
	Conflict{}, Parked{}, Quarantine{},
)

type enum interface{ values() []string }

func schema(records ...any) (map[string]*Kind, []*Kind) {
	kinds := make(map[string]*Kind, len(records))
	nouns := make([]*Kind, 0, len(records))
	for _, r := range records {
		t := reflect.TypeOf(r)
		k := &Kind{Name: lowerFirst(t.Name()), GoName: t.Name(), Fields: map[string]*Field{}}
		for i := range t.NumField() {
			f := fieldOf(t.Field(i))
			if f.Name == "a." {
				k.Open = f
				continue
			}
			k.Fields[f.Name] = f
			k.Order = append(k.Order, f)
		}
		kinds[k.Name] = k
		nouns = append(nouns, k)
	}
	return kinds, nouns
}

func fieldOf(sf reflect.StructField) *Field {
	f := &Field{
		Name: sf.Tag.Get("json"), GoName: sf.Name,
		Merge: Merge(sf.Tag.Get("merge")), Cat: sf.Tag.Get("cat"),
	}
	if m := sf.Tag.Get("max"); m != "" {
		f.Max, _ = strconv.Atoi(m) // a wrong tag is found by TestSchemaIsComplete
	}
	f.Winner, f.Loser, _ = strings.Cut(sf.Tag.Get("beats"), ">")
	t := sf.Type
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String {
		f.Type = TypeSet
		elem := typeOf(t.Elem())
		f.Enum, f.Ref, f.IDType = elem.Enum, elem.Ref, elem.IDType
		return f
	}
	e := typeOf(t)
	f.Type, f.Enum, f.Ref, f.IDType = e.Type, e.Enum, e.Ref, e.IDType
	return f
}

// refs names the kind of record behind each type of id.
var refs = map[string]string{
	"PersonID": "person", "TrackID": "track", "ModelID": "model", "GoalID": "goal", "TaskID": "task",
	"MeetingID": "meeting", "HandoverID": "handover", "ConsentID": "consent", "EvaluationID": "evaluation",
	"MessageID": "message", "AgendaItemID": "agendaItem", "ReferralID": "referral", "RecordID": "*",
}

func typeOf(t reflect.Type) Field {
	switch reflect.Zero(t).Interface().(type) {
	case calendar.Day:
		return Field{Type: TypeDay}
	case calendar.Instant:
		return Field{Type: TypeInstant}
	case Text, Answers:
		return Field{Type: TypeText}
	case Order:
		return Field{Type: TypeOrder}
	case Data:
		return Field{Type: TypeData}
	}
	if e, ok := reflect.Zero(t).Interface().(enum); ok {
		return Field{Type: TypeEnum, Enum: e.values(), IDType: t.Name()}
	}
	switch {
	case t.Kind() == reflect.Int:
		return Field{Type: TypeInt}
	case t.Kind() == reflect.Bool:
		return Field{Type: TypeBool}
	case t.Name() == "string":
		return Field{Type: TypeString}
	case t.Kind() == reflect.String:
		return Field{Type: TypeID, Ref: refs[t.Name()], IDType: t.Name()}
	}
	panic(fmt.Sprintf("plan: no wire type for %s", t)) // reached at start-up or never
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
