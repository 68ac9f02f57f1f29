package hub

import (
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"

	"samspor/sync/fault"
	"samspor/sync/models"
	"samspor/sync/plan"
)

// shipped are the models of the program. They are part of it, so they are read once.
var shipped = sync.OnceValues(models.All)

// follow gives the models that new cases follow: those it is given, or the program's.
func follow(given map[plan.ModelID]models.Model) (map[plan.ModelID]models.Model, error) {
	if given != nil {
		return given, nil
	}
	return shipped()
}

// addModels writes the collaboration models of a case into it, in the version of today.
func (d *draft) addModels(c *plan.Record) error {
	all, err := follow(d.st.models)
	if err != nil {
		return err
	}
	for _, id := range plan.Members(c.Get("models")) {
		m, ok := all[plan.ModelID(id)]
		if !ok {
			return fault.RecordMissing
		}
		r, err := modelRecord(m)
		if err != nil {
			return err
		}
		rec := &plan.Record{ID: r.ID, Kind: "model", F: map[string]plan.Stamp{}, By: d.member.Person}
		for name, v := range r.F {
			d.put(rec, name, v)
		}
		d.Put(rec)
	}
	return nil
}

// modelRecord gives a collaboration model as a record of a case.
func modelRecord(m models.Model) (Seed, error) {
	f := map[string]plan.Value{"version": plan.Int(m.Version), "country": plan.String(string(m.Country))}
	for name, part := range map[string]any{
		"name": m.Name, "word": m.Word, "about": m.About, "local": m.Local, "levels": m.Levels, "meetings": m.Meetings,
		"rules": m.Rules, "legal": m.Legal, "concern": m.Concern, "guides": m.Guides, "terms": m.Terms,
	} {
		raw, err := json.Marshal(part, json.Deterministic(true))
		if err != nil {
			return Seed{}, fmt.Errorf("model %s: %s: %w", m.ID, name, err)
		}
		f[name] = raw
	}
	return Seed{ID: plan.RecordID(m.ID), Kind: "model", F: f}, nil
}

// ModelSeeds gives the records of the program's collaboration models, for a case that follows them.
func ModelSeeds(ids []plan.ModelID) ([]Seed, error) {
	return modelSeeds(nil, ids)
}

func modelSeeds(given map[plan.ModelID]models.Model, ids []plan.ModelID) ([]Seed, error) {
	all, err := follow(given)
	if err != nil {
		return nil, err
	}
	seeds := make([]Seed, 0, len(ids))
	for _, id := range ids {
		m, ok := all[id]
		if !ok {
			return nil, fmt.Errorf("no collaboration model %q", id)
		}
		s, err := modelRecord(m)
		if err != nil {
			return nil, err
		}
		seeds = append(seeds, s)
	}
	return seeds, nil
}

// Follow gives records of a new case with their models as this server has them,
// which a municipality may have changed.
func (c *Core) Follow(records []Seed) ([]Seed, error) {
	out := make([]Seed, len(records))
	for i, r := range records {
		if out[i] = r; r.Kind != "model" {
			continue
		}
		s, err := modelSeeds(c.Models, []plan.ModelID{plan.ModelID(r.ID)})
		if err != nil {
			return nil, err
		}
		out[i] = s[0]
	}
	return out, nil
}
