package models

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"samspor/sync/plan"
)

// patch is what a municipality changes in one model. It has the shape of the model
// itself, with levels by their number.
type patch map[string]jsontext.Value

// WithOverrides gives the newest models with a municipality's file laid over them:
//
//	{ "no-bti-0-3": {
//	    "local":  { "consentAge": 16, "closingDays": ["2026-05-15"] },
//	    "levels": { "0": { "sentence": { "nb": "Noen lurer på noe." },
//	                       "deadlines": [ … ] } } } }
//
// A text may be changed in one language alone. A list replaces the whole list.
// What may be changed stands in schema.json, under overrides. Every mistake is
// reported, with its line in the file.
func WithOverrides(file string, raw []byte) (map[plan.ModelID]Model, error) {
	all, err := All()
	if err != nil {
		return nil, err
	}
	src, err := parse(file, raw, "overrides")
	if err != nil {
		return nil, err
	}
	var patches map[plan.ModelID]patch
	if err := src.decode(&patches); err != nil {
		return nil, err
	}
	var refused []error
	for _, id := range slices.Sorted(maps.Keys(patches)) {
		m, ok := all[id]
		if !ok {
			refused = append(refused, src.locate(wrong{{Pointer: inModel(id), What: "is no model; there are " + fmt.Sprint(sorted(all))}}))
			continue
		}
		if err := patches[id].over(&m, src); err != nil {
			refused = append(refused, err)
			continue
		}
		all[id] = m
	}
	if len(refused) > 0 {
		return nil, errors.Join(refused...)
	}
	return all, nil
}

// over changes a model, and refuses what would make it wrong.
func (p patch) over(m *Model, src *source) error {
	levels := p["levels"]
	rest := maps.Clone(p)
	delete(rest, "levels")
	raw, err := json.Marshal(rest)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, m); err != nil {
		return fmt.Errorf("read %s: %w", src.file, err)
	}
	var w wrong
	if levels != nil {
		if w, err = overLevels(m, levels); err != nil {
			return fmt.Errorf("read %s: %w", src.file, err)
		}
	}
	for _, x := range check(*m) {
		x.Pointer = inFile(*m, x.Pointer)
		w = append(w, x)
	}
	return src.locate(w)
}

func overLevels(m *Model, raw jsontext.Value) (wrong, error) {
	var byNumber map[string]patch
	if err := json.Unmarshal(raw, &byNumber); err != nil {
		return nil, err
	}
	var w wrong
	for _, name := range slices.Sorted(maps.Keys(byNumber)) {
		i := slices.IndexFunc(m.Levels, func(l Level) bool { return strconv.Itoa(l.N) == name })
		if i < 0 {
			w.unless(false, string(inModel(m.ID).AppendToken("levels").AppendToken(name)), "is no level of this model")
			continue
		}
		l := &m.Levels[i]
		if byNumber[name]["convenorRole"] != nil {
			l.ConvenorRole = Holder{}
		}
		if byNumber[name]["chairRole"] != nil {
			l.ChairRole = Holder{}
		}
		change, err := json.Marshal(byNumber[name])
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(change, l); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// inFile turns a place in the changed model into the place in the file that changed it.
func inFile(m Model, p jsontext.Pointer) jsontext.Pointer {
	rest, isLevel := strings.CutPrefix(string(p), "/levels/")
	if !isLevel {
		return inModel(m.ID) + p
	}
	index, rest, _ := strings.Cut(rest, "/")
	if i, err := strconv.Atoi(index); err == nil && i < len(m.Levels) {
		index = strconv.Itoa(m.Levels[i].N)
	}
	return inModel(m.ID).AppendToken("levels").AppendToken(index) + jsontext.Pointer("/"+rest)
}

func inModel(id plan.ModelID) jsontext.Pointer { return jsontext.Pointer("").AppendToken(string(id)) }

func sorted(all map[plan.ModelID]Model) []plan.ModelID { return slices.Sorted(maps.Keys(all)) }
