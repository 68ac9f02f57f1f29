package sim

import (
	"fmt"
	"slices"
	"time"

	"samspor/sync/hub"
	"samspor/sync/plan"
)

// person is somebody with a sign-in, and some devices.
type person struct {
	name    string
	account plan.AccountID
}

const devices = 3

// The spaces of a run: two cases and the municipality, whose professionals may open more.
const (
	malthe = plan.SpaceID("malthe")
	freja  = plan.SpaceID("freja")
	kommun = plan.SpaceID("kommune")
)

// parts is who is what, where. A person has the same name in every space, under its own id.
var parts = []struct {
	name  string
	space plan.SpaceID
	role  plan.Role
}{
	{"anne", malthe, plan.RoleGuardian},
	{"bo", malthe, plan.RoleGuardian},
	{"carla", malthe, plan.RoleProfessional},
	{"dorte", malthe, plan.RoleProfessionalLead},
	{"dorte", freja, plan.RoleProfessional},
	{"erik", malthe, plan.RoleNetworkLimited},
	{"malthe", malthe, plan.RoleChild},
	{"gitte", freja, plan.RoleGuardian},
	{"hans", malthe, plan.RoleProfessional},
	{"hans", freja, plan.RoleProfessionalLead},
	{"carla", kommun, plan.RoleProfessional},
	{"dorte", kommun, plan.RoleProfessionalLead},
	{"hans", kommun, plan.RoleProfessional},
}

func accountOf(name string) plan.AccountID { return plan.AccountID("acc-" + name) }

// meet makes the people and their phones.
func (w *world) meet() {
	known := map[string]bool{}
	for _, x := range parts {
		if known[x.name] {
			continue
		}
		known[x.name] = true
		p := &person{x.name, accountOf(x.name)}
		w.people = append(w.people, p)
		for range devices {
			w.phones = append(w.phones, w.newPhone(p))
		}
	}
}

func (w *world) newPhone(owner *person) *phone {
	i := len(w.phones)
	r := w.dice("phone", uint64(i))
	p := &phone{
		w: w, index: i, person: owner, rng: r, lost: map[plan.SpaceID]bool{}, handing: map[plan.SpaceID]bool{}, forks: map[plan.SpaceID]uint64{},
		store: store{spaces: map[plan.SpaceID]*held{}}, push: pushState{count: startCount},
	}
	p.client = plan.ClientID(p.id("k"))
	p.hears = r.IntN(3) > 0
	if r.IntN(2) == 0 { // some clocks are wrong, by up to two years either way
		p.skew = time.Duration(r.Int64N(int64(4*365*24*time.Hour))) - 2*365*24*time.Hour
	}
	return p
}

// seeder collects the records of a space.
type seeder struct{ records []hub.Seed }

func (s *seeder) add(kind, id string, pairs ...string) {
	f := map[string]plan.Value{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v := pairs[i+1]; v[0] == '[' || v == "true" {
			f[pairs[i]] = plan.Value(v)
		} else {
			f[pairs[i]] = plan.String(v)
		}
	}
	s.records = append(s.records, hub.Seed{ID: plan.RecordID(id), Kind: kind, F: f})
}

// records gives a space as it stands before the first change.
func records(space plan.SpaceID) []hub.Seed {
	s := &seeder{}
	var here []string
	for _, x := range parts {
		if x.space == space {
			id := "p-" + x.name
			here = append(here, id)
			s.add("person", id, "name", x.name, "remark", "about "+x.name)
			s.add("membership", "m-"+x.name, "person", id, "role", string(x.role), "account", string(accountOf(x.name)), "custody", "joint")
		}
	}
	if space == kommun {
		s.add("organisation", string(space), "name", "Kommunen", "country", "DK")
		return s.records
	}
	s.add("case", string(space), "kind", "named", "state", "active", "country", "DK", "title", "Planen", "organisation", string(kommun))
	s.add("child", "child", "name", "Barnet", "remark", "likes trains")
	s.add("tovholder", "tov-1", "person", "p-dorte")
	s.add("contactPerson", "way-1", "sector", "school", "person", "p-hans")
	s.add("goal", "goal-1", "title", "A good morning")
	asked := "[]" // erik sees only the core of a plan, and this meeting where he is in it
	if slices.Contains(here, "p-erik") {
		asked = `["p-erik"]`
	}
	s.add("meeting", "meet-1", "kind", "ansvarsgruppe", "title", "Network", "state", "invited", "place", "Room 4", "purpose", "the morning", "invited", asked)
	for i, p := range here {
		if i%2 == 0 {
			s.add("participant", "at-"+p, "meeting", "meet-1", "person", p, "reply", "no_reply")
		} else {
			s.add("reach", "r-"+p, "person", p, "phone", fmt.Sprint("2012340", i), "address", "Street 1")
		}
		s.add("task", fmt.Sprint("task-", i), "title", fmt.Sprint("Task ", i), "state", "open", "responsible", p,
			"helpers", `["`+here[(i+1)%len(here)]+`"]`)
		if i > 3 {
			s.add("note", fmt.Sprint("note-", i), "about", fmt.Sprint("task-", i), "text", "from the file", "person", p)
		}
	}
	s.add("reach", "r-hidden", "person", here[0], "phone", "88888888", "address", "Hidden Road", "addressProtected", "true")
	return s.records
}

// settleIn puts the spaces on the server and gives every phone its first pull.
func (w *world) settleIn() {
	for _, id := range []plan.SpaceID{malthe, freja, kommun} {
		if err := w.server.core.Seed(id, records(id)); err != nil && w.CrashAt == 0 {
			w.breaks("core", "seed %s: %v", id, err)
		}
	}
	for _, p := range w.phones {
		p.goOnline()
	}
	w.drain()
}
