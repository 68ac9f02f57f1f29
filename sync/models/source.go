package models

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Mistake is one thing that is wrong in a file: where, as an editor counts lines,
// and what, in words that go on after the pointer.
type Mistake struct {
	File    string
	Line    int
	Pointer jsontext.Pointer // "/levels/2/deadlines/0/days"
	What    string           // "must be a whole number"
}

func (m Mistake) Error() string {
	return fmt.Sprintf("%s:%d: %s %s", m.File, m.Line, cmp.Or(string(m.Pointer), "the file"), m.What)
}

// source is one file that has the shape its schema asks for.
type source struct {
	file  string
	raw   []byte
	lines map[jsontext.Pointer]int
}

// parse reads a file and holds it to a part of schema.json. The errors are
// Mistakes, joined: all of them, unless the file is no JSON at all.
func parse(file string, raw []byte, def string) (*source, error) {
	s := &source{file: file, raw: raw, lines: map[jsontext.Pointer]int{}}
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, s.syntax(err)
	}
	if err := s.number(); err != nil {
		return nil, s.syntax(err)
	}
	shape, err := shapes()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", schemaFile, err)
	}
	var invalid *jsonschema.ValidationError
	if err := shape[def].Validate(doc); errors.As(err, &invalid) {
		return nil, s.locate(inWords(invalid))
	} else if err != nil {
		return nil, fmt.Errorf("check %s: %w", file, err)
	}
	return s, nil
}

// number finds the line of every value.
func (s *source) number() error {
	d := jsontext.NewDecoder(bytes.NewReader(s.raw))
	for depth := -1; depth != 0; depth = d.StackDepth() {
		if _, err := d.ReadToken(); err != nil {
			return err
		}
		if p := d.StackPointer(); s.lines[p] == 0 {
			s.lines[p] = s.lineAt(d.InputOffset())
		}
	}
	return nil
}

func (s *source) lineAt(offset int64) int {
	return 1 + bytes.Count(s.raw[:min(offset, int64(len(s.raw)))], []byte("\n"))
}

// syntax tells what keeps a file from being JSON, with the line.
func (s *source) syntax(err error) error {
	var broken *jsontext.SyntacticError
	if !errors.As(err, &broken) {
		return fmt.Errorf("read %s: %w", s.file, err)
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return Mistake{s.file, s.lineAt(broken.ByteOffset), broken.JSONPointer, "stands twice"}
	}
	return Mistake{s.file, s.lineAt(broken.ByteOffset), broken.JSONPointer, "is no JSON from here on: " + broken.Err.Error()}
}

// decode reads the file into its Go type, which knows every field of the schema.
func (s *source) decode(into any) error {
	if err := json.Unmarshal(s.raw, into, json.RejectUnknownMembers(true)); err != nil {
		return fmt.Errorf("read %s: %w", s.file, err)
	}
	return nil
}

// locate gives mistakes their file and line, that of the nearest value that is
// there, in the order of lines.
func (s *source) locate(w wrong) error {
	for i := range w {
		p := w[i].Pointer
		for s.lines[p] == 0 && p != "" {
			p = p.Parent()
		}
		w[i].File, w[i].Line = s.file, max(s.lines[p], 1)
	}
	slices.SortStableFunc(w, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Pointer, b.Pointer))
	})
	located := make([]error, len(w))
	for i, m := range w {
		located[i] = m
	}
	return errors.Join(located...)
}
