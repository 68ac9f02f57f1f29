// Package forms holds the common forms of DOMAIN 4 as data: what each asks for, in
// which order, and where an answer stands in the plan already.
//
// Its one rule: nobody is asked twice. A field with a source is filled in from the
// plan; what was filled in is kept with the form when it is final, so that the paper
// in the archive is what people saw. A version that was used once is never changed:
// a new one is a new file, NAME.VERSION.json. This folder is a package, with one Go
// file, because Go embeds files from the embedding file's own folder only; the phone
// imports the same files. Start with gult-skema.1.json.
package forms

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"samspor/sync/plan"
)

//go:embed *.json
var files embed.FS

// Template is one version of one form.
type Template struct {
	ID       plan.FormTemplate `json:"id"`
	Version  int               `json:"version"`
	Name     Words             `json:"name"`
	Colour   string            `json:"colour"` // green, yellow or none; it never speaks alone
	About    string            `json:"about"`  // what an instance belongs to: meeting, handover or case
	Sections []Section         `json:"sections"`
}

// Section is one part of a form.
type Section struct {
	ID     string  `json:"id"`
	Title  Words   `json:"title"`
	Fields []Field `json:"fields"`
}

// Field is one thing a form asks for. Its answer is the field a.<id> of the instance.
type Field struct {
	ID       string   `json:"id"`
	Type     string   `json:"type"` // line, lines, day or choice
	Label    Words    `json:"label"`
	Required bool     `json:"required"`
	From     string   `json:"from"` // where it stands in the plan; the phone has a drawer for each
	Choices  []Choice `json:"choices"`
}

// Choice is one answer to choose.
type Choice struct {
	Value string `json:"value"`
	Label Words  `json:"label"`
}

// Words is one text in every language of the forms.
type Words struct {
	DA string `json:"da"`
	NB string `json:"nb"`
	EN string `json:"en"`
}

// In gives the words in a language; Danish for one that the forms do not speak.
func (w Words) In(language string) string {
	switch language {
	case "nb":
		return w.NB
	case "en":
		return w.EN
	}
	return w.DA
}

// All gives every version of every form, by the name of its file.
func All() (map[string]Template, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list forms: %w", err)
	}
	all := make(map[string]Template, len(names))
	for _, name := range names {
		t, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("form %s: %w", name, err)
		}
		all[key(t.ID, t.Version)] = t
	}
	return all, nil
}

// Get gives one version of a form; version 0, of an import, is the first.
func Get(id plan.FormTemplate, version int) (Template, error) {
	if !slices.Contains(plan.Kinds["form"].Field("template").Enum, string(id)) {
		return Template{}, errors.New("no such form")
	}
	return read(key(id, max(version, 1)) + ".json")
}

func key(id plan.FormTemplate, version int) string { return fmt.Sprintf("%s.%d", id, version) }

func read(name string) (t Template, err error) {
	raw, err := files.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(raw, &t)
	}
	return t, err
}
