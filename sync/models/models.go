// Package models holds the collaboration models: what each level of working
// together means, who meets, by when, and where it may lead.
//
// Its one rule: the JSON files are what a region changes, never code. A new model
// is a new file here and nothing else; All refuses one that is wrong and says in
// which file, line and field. This folder holds data. It is a package only because
// Go embeds files from the embedding file's own folder and never from a neighbour's.
//
// randers-5x2.json is the newest version of the model randers-5x2, and
// randers-5x2.1.json its version 1: a released version stays, because cases were
// opened with it. To release another, copy the newest file to its own number and
// raise "version" in the newest. What a file may say stands in schema.json, and
// what a schema cannot say in check.go. Where somebody's figures are uncertain,
// the file says so beside them. A municipality changes texts and figures in a file
// of its own, see WithOverrides. Start with randers-5x2.json, then model.go.
package models

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"samspor/sync/plan"
)

//go:embed *.json
var files embed.FS

// schemaFile lies beside the models and is none.
const schemaFile = "schema.json"

// All gives the newest version of every model by its id, read afresh, so that no
// caller changes another's.
func All() (map[plan.ModelID]Model, error) {
	return load(files)
}

// Get gives a model in the version that a case is pinned to.
func Get(id plan.ModelID, version int) (Model, error) {
	newest, err := readFile(files, string(id)+".json")
	if errors.Is(err, fs.ErrNotExist) {
		return Model{}, fmt.Errorf("there is no collaboration model %q", id)
	}
	if err != nil || newest.Version == version {
		return newest, err
	}
	m, err := readFile(files, fmt.Sprintf("%s.%d.json", id, version))
	if errors.Is(err, fs.ErrNotExist) {
		return Model{}, fmt.Errorf("collaboration model %s has no version %d", id, version)
	}
	return m, err
}

// load reads every file of a folder, also the older versions, and reports all mistakes together.
func load(folder fs.FS) (map[plan.ModelID]Model, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	newest, older := map[plan.ModelID]Model{}, map[string]Model{}
	var refused []error
	for _, name := range names {
		if name == schemaFile {
			continue
		}
		m, err := readFile(folder, name)
		switch {
		case err != nil:
			refused = append(refused, err)
		case strings.Contains(strings.TrimSuffix(name, ".json"), "."):
			older[name] = m
		default:
			newest[m.ID] = m
		}
	}
	for name, m := range older {
		if now, ok := newest[m.ID]; ok && now.Version <= m.Version {
			refused = append(refused, fmt.Errorf("%s.json: version %d is not newer than %s", m.ID, now.Version, name))
		}
	}
	if len(refused) > 0 {
		return nil, errors.Join(refused...)
	}
	return newest, nil
}

// readFile reads one model. Two files never share a name, so two models never
// share an id and a version.
func readFile(folder fs.FS, name string) (Model, error) {
	raw, err := fs.ReadFile(folder, name)
	if err != nil {
		return Model{}, fmt.Errorf("read model: %w", err)
	}
	src, err := parse(name, raw, "model")
	if err != nil {
		return Model{}, err
	}
	var m Model
	if err := src.decode(&m); err != nil {
		return Model{}, err
	}
	w := check(m)
	id, number, isOld := strings.Cut(strings.TrimSuffix(name, ".json"), ".")
	w.unless(string(m.ID) == id, "/id", "is %q, but the file is named %q", m.ID, id)
	w.unless(!isOld || number == strconv.Itoa(m.Version), "/version", "is %d, but the file is named %s", m.Version, name)
	return m, src.locate(w)
}
