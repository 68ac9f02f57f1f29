package rules

import (
	"encoding/json"
	"os"
	"testing"

	"samspor/sync/plan"
)

type seen struct {
	Kind string                     `json:"kind"`
	F    map[string]json.RawMessage `json:"f"`
}

func (s seen) record(about *plan.Record) *plan.Record {
	r := &plan.Record{Kind: s.Kind, F: map[string]plan.Stamp{}}
	for name, v := range s.F {
		r.F[name] = plan.Stamp{V: plan.Value(v), Seq: 5}
	}
	r.Vis, r.VisSeq = Audience(r, about), 5
	return r
}

func TestProjectionVectors(t *testing.T) { // R41, R42, R45, T2, I4
	raw, err := os.ReadFile("vectors/project.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name   string
		Record seen
		About  *seen
		Member struct {
			Person    plan.PersonID
			Role      plan.Role
			Tovholder bool
			Callable  []plan.PersonID
		}
		Want map[string]json.RawMessage
	}
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 45 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			var about *plan.Record
			if v.About != nil {
				about = v.About.record(nil)
			}
			m := Member{Person: v.Member.Person, Role: v.Member.Role, Tovholder: v.Member.Tovholder, Callable: v.Member.Callable}
			r := v.Record.record(about)
			fields, shown := Project(r, SightOf(m), 0)
			if shown != (v.Want != nil) {
				t.Fatalf("shown: got %v, want %v", shown, v.Want != nil)
			}
			if len(fields) != len(v.Want) {
				t.Errorf("got %d fields %v, want %d", len(fields), fields, len(v.Want))
			}
			for name, want := range v.Want {
				if string(fields[name]) != string(want) {
					t.Errorf("%s: got %s, want %s", name, fields[name], want)
				}
				if !MaySee(r, SightOf(m), name) {
					t.Errorf("%s is shown and, asked alone, is not to be seen", name)
				}
			}
		})
	}
}

func TestOnlyWhatIsNewTravelsUnlessTheRecordIs(t *testing.T) {
	r := &plan.Record{Kind: "goal", F: map[string]plan.Stamp{
		"title": {V: plan.String("t"), Seq: 3}, "measure": {V: plan.String("m"), Seq: 8},
	}, Vis: []string{audFull}, VisSeq: 3}
	sight := SightOf(Member{Person: "p", Role: plan.RoleGuardian})
	if got, _ := Project(r, sight, 5); len(got) != 1 {
		t.Errorf("since 5: got %v, want the measure alone", got)
	}
	r.VisSeq = 6
	if got, _ := Project(r, sight, 5); len(got) != 2 {
		t.Errorf("visible since 6: got %v, want it whole", got)
	}
}

func TestWhatCannotBeSeenLeavesNoNumber(t *testing.T) { // I4
	r := &plan.Record{Kind: "person", F: map[string]plan.Stamp{
		"name": {V: plan.String("n"), Seq: 3}, "remark": {V: plan.String("r"), Seq: 8},
	}, Vis: []string{audFull, audCore}, VisSeq: 3, Seq: 8}
	if got := SeenSeq(r, SightOf(Member{Person: "p", Role: plan.RoleNetworkLimited})); got != 3 {
		t.Errorf("who sees the name alone: got number %d, want 3", got)
	}
	if got := SeenSeq(r, SightOf(Member{Person: "p", Role: plan.RoleGuardian})); got != 8 {
		t.Errorf("who sees all of it: got number %d, want 8", got)
	}
}

// Who sees of a task only that there is one sees its day, and so what somebody else
// wants that day to be.
func TestAConflictAboutWhatAStubShowsIsSeenWithTheStub(t *testing.T) {
	task := &plan.Record{Kind: "task", F: map[string]plan.Stamp{
		"sensitivity": {V: plan.String("health")}, "sector": {V: plan.String("child_psychiatry")}, "responsible": {V: plan.String("p")},
	}}
	task.Vis = Audience(task, nil)
	teacher := SightOf(Member{Person: "q", Role: plan.RoleProfessional})
	for field, want := range map[string]bool{"due": true, "responsible": true, "title": false, "state": false} {
		x := &plan.Record{Kind: "conflict", F: map[string]plan.Stamp{"field": {V: plan.String(field)}}}
		if got := teacher.Meets(Audience(x, task)); got != want {
			t.Errorf("a conflict about its %s: seen %v, want %v", field, got, want)
		}
	}
}

func TestTheEpochIsEverythingThatDecides(t *testing.T) {
	base := Member{Account: "a", Person: "p", Role: plan.RoleNetworkLimited, Callable: []plan.PersonID{"x"}}
	seen := map[uint64]string{Epoch(base): "as it was"}
	for name, change := range map[string]func(*Member){
		"another role":     func(m *Member) { m.Role = plan.RoleChild },
		"another person":   func(m *Member) { m.Person = "q" },
		"holding the rope": func(m *Member) { m.Tovholder = true },
		"another to call":  func(m *Member) { m.Callable = []plan.PersonID{"y"} },
		"one more to call": func(m *Member) { m.Callable = []plan.PersonID{"x", "y"} },
		"an organisation":  func(m *Member) { m.InOrg = true },
		"something erased": func(m *Member) { m.Erased = 7 },
	} {
		m := base
		change(&m)
		if other, same := seen[Epoch(m)]; same {
			t.Errorf("%s has the epoch of %s", name, other)
		}
		seen[Epoch(m)] = name
	}
	whole := Member{Person: "p", Role: plan.RoleGuardian, Callable: []plan.PersonID{"x"}}
	other := whole
	other.Callable = []plan.PersonID{"y"}
	if Epoch(whole) != Epoch(other) {
		t.Error("who sees everybody's number needs no fresh start when the tovholder changes")
	}
}
