// Package models holds the collaboration models: what each level of working
// together means, and where it may lead.
//
// Its one rule: the JSON files are what a region changes, never code. A new
// model is a new file here and nothing else; All refuses one that is wrong and
// says in which field. This folder holds data. It is a package, with one Go
// file, only because Go embeds files from the embedding file's own folder and
// never from a neighbour's. Start with randers-5x2.json.
package models

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"samspor/sync/plan"
)

//go:embed *.json
var files embed.FS

// maxWords is how long a level's sentence may be: what a tired parent reads at once.
const maxWords = 14

// Model is one collaboration model, in one version.
type Model struct {
	ID      plan.ModelID   `json:"id"`
	Version int            `json:"version"`
	Country plan.Country   `json:"country"`
	Name    Words          `json:"name"`
	Tracks  []plan.TrackID `json:"tracks"`
	Word    Words          `json:"word"` // what a level is called here: niveau, trin
	Levels  []Level        `json:"levels"`
}

// Level is one level of a model.
type Level struct {
	N        int       `json:"n"`
	Name     Words     `json:"name"`
	Sentence Words     `json:"sentence"`
	Purpose  Words     `json:"purpose"`
	Outcomes []Outcome `json:"outcomes"`
}

// Outcome is one way in which a stretch on a level may end.
type Outcome struct {
	Sign Sign  `json:"sign"`
	Text Words `json:"text"`
	Next []int `json:"next"` // empty: no level follows
}

// Sign says whether an outcome is progress.
type Sign string

// The signs of outcomes.
const (
	Progress  Sign = "+"
	TooLittle Sign = "-"
)

// Words is one text in every language that a model must speak.
type Words struct {
	DA string `json:"da"`
	NB string `json:"nb"`
	EN string `json:"en"`
}

// All gives every model by its id, read afresh, so that no caller changes another's.
func All() (map[plan.ModelID]Model, error) {
	return load(files)
}

func load(folder fs.FS) (map[plan.ModelID]Model, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	all := make(map[plan.ModelID]Model, len(names))
	var refused []error
	for _, name := range names {
		m, err := read(folder, name)
		if err != nil {
			refused = append(refused, fmt.Errorf("model %s: %w", name, err))
			continue
		}
		all[m.ID] = m
	}
	if len(refused) > 0 {
		return nil, errors.Join(refused...)
	}
	return all, nil
}

func read(folder fs.FS, name string) (Model, error) {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return Model{}, err
	}
	m, err := decode(data)
	if err != nil {
		return Model{}, err
	}
	// Two files never share a name, so two models never share an id.
	if want := strings.TrimSuffix(name, ".json"); string(m.ID) != want {
		return Model{}, fmt.Errorf("id: got %q, want the file's name %q", m.ID, want)
	}
	return m, check(m)
}

func decode(data []byte) (Model, error) {
	var m Model
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return Model{}, err
	}
	if _, err := d.Token(); err != io.EOF {
		return Model{}, errors.New("something stands after the model")
	}
	return m, nil
}

// check finds every field that is wrong, so that an editor of data sees all mistakes at once.
func check(m Model) error {
	var w wrong
	w.unless(plan.ValidID(string(m.ID)), "id: not an id")
	w.unless(m.Version >= 1, "version: got %d, want 1 or more", m.Version)
	w.unless(slices.Contains(plan.Kinds["case"].Field("country").Enum, string(m.Country)), "country: unknown %q", m.Country)
	w.words("name", m.Name)
	w.words("word", m.Word)
	w.tracks(m.Tracks)
	w.unless(len(m.Levels) > 0, "levels: empty")
	for i, l := range m.Levels {
		w.unless(l.N == m.Levels[0].N+i && l.N >= 0, "levels[%d].n: got %d, out of order", i, l.N)
		w.level(fmt.Sprintf("levels[%d]", i), l, m.has)
	}
	return errors.Join(w...)
}

func (m Model) has(n int) bool {
	return slices.ContainsFunc(m.Levels, func(l Level) bool { return l.N == n })
}

// wrong collects what check finds, each with the path of its field.
type wrong []error

func (w *wrong) unless(right bool, format string, args ...any) {
	if !right {
		*w = append(*w, fmt.Errorf(format, args...))
	}
}

func (w *wrong) tracks(tracks []plan.TrackID) {
	w.unless(len(tracks) > 0, "tracks: empty")
	for i, t := range tracks {
		w.unless(plan.ValidID(string(t)), "tracks[%d]: not an id", i)
		w.unless(!slices.Contains(tracks[:i], t), "tracks[%d]: %q stands twice", i, t)
	}
}

func (w *wrong) level(path string, l Level, has func(int) bool) {
	w.words(path+".name", l.Name)
	w.words(path+".sentence", l.Sentence)
	for _, t := range l.Sentence.byLanguage() {
		n := len(strings.Fields(t.text))
		w.unless(n <= maxWords, "%s.sentence.%s: %d words, want at most %d", path, t.language, n, maxWords)
	}
	w.words(path+".purpose", l.Purpose)
	w.unless(len(l.Outcomes) > 0, "%s.outcomes: empty", path)
	for i, o := range l.Outcomes {
		w.outcome(fmt.Sprintf("%s.outcomes[%d]", path, i), o, has)
	}
}

func (w *wrong) outcome(path string, o Outcome, has func(int) bool) {
	w.unless(o.Sign == Progress || o.Sign == TooLittle, "%s.sign: got %q, want + or -", path, o.Sign)
	w.words(path+".text", o.Text)
	w.unless(o.Next != nil, "%s.next: missing, write [] when no level follows", path)
	for i, n := range o.Next {
		w.unless(has(n), "%s.next[%d]: there is no level %d", path, i, n)
		w.unless(!slices.Contains(o.Next[:i], n), "%s.next[%d]: %d stands twice", path, i, n)
	}
}

func (w *wrong) words(path string, words Words) {
	for _, t := range words.byLanguage() {
		w.unless(strings.TrimSpace(t.text) != "", "%s.%s: empty", path, t.language)
	}
}

type translation struct{ language, text string }

func (w Words) byLanguage() []translation {
	return []translation{{"da", w.DA}, {"nb", w.NB}, {"en", w.EN}}
}
